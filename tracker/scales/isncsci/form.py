"""The exam as a scale: its items, the columns its totals add up, and whole exams written row by row."""

from collections.abc import Iterator, Mapping

from tracker.core.messages import Text, msg
from tracker.scales.fields import Table
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import (
    CELLS,
    COLUMNS,
    CONTRACTION,
    NON_KEY,
    NON_KEY_CELLS,
    PRESSURE,
    InvalidExamError,
    parse_exam,
)
from tracker.scales.isncsci.grades import ANSWERS, NOT_TESTABLE
from tracker.scales.isncsci.levels import KEY_LEVELS, SIDES
from tracker.scales.isncsci.record import (
    ANAL_CELLS,
    ASSUME,
    COMMENT,
    REASON,
    REASON_TEXT,
    Assume,
    StarReason,
    exam_from_responses,
    normal_grade,
    responses_from_exam,
)
from tracker.scales.isncsci.words import level_name
from tracker.scales.model import Answer, Item, Responses

_SIDES = {"right": Text("right", "右侧"), "left": Text("left", "左侧")}
_COLUMNS = {
    "motor": Text("motor", "运动"),
    "lightTouch": Text("light touch", "轻触觉"),
    "pinPrick": Text("pin prick", "针刺觉"),
}
_ANAL = {
    CONTRACTION: Text("voluntary anal contraction", "肛门自主收缩"),
    PRESSURE: Text("deep anal pressure", "肛门深压觉"),
}
_NON_KEY = Text("lowest non-key muscle", "最低非关键肌")
_COMMENT = Text("comment", "备注")
_STAR_PARTS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    (ASSUME, Text("impairment not due to the injury, taken as", "非本次损伤所致，视为"), tuple(Assume)),
    (REASON, Text("reason of the star", "星号原因"), tuple(StarReason)),
    (REASON_TEXT, Text("reason of the star in words", "星号原因说明"), ()),
)

_GROUPS = {"motor": "motor", "lightTouch": "light_touch", "pinPrick": "pin_prick"}
_ARMS = KEY_LEVELS[:5]


def _cells(column: str, levels: tuple[str, ...] | None = None) -> tuple[str, ...]:
    return tuple(f"{side}.{column}.{level}" for side in SIDES for level in levels or COLUMNS[column])


TOTAL_CELLS: Mapping[str, tuple[str, ...]] = {
    "motor": _cells("motor"),
    "light_touch": _cells("lightTouch"),
    "pin_prick": _cells("pinPrick"),
    "uems": _cells("motor", _ARMS),
    "lems": _cells("motor", KEY_LEVELS[5:]),
}
"""What a score of the scale file may be made of: the cells of a column on both sides."""


def items() -> tuple[Item, ...]:
    """Return every item: each cell with what is said about its star, the anal findings, non-key muscles, comment."""
    return tuple(_items())


def _items() -> Iterator[Item]:
    for cell in CELLS:
        if cell in ANAL_CELLS:
            yield _coded(cell, _ANAL[cell], tuple(ANSWERS), optional=False)
            continue
        side, column, level = cell.split(".")
        label = _joined(" ", _joined(" ", _SIDES[side], _COLUMNS[column]), Text(level_name(level), level_name(level)))
        highest = normal_grade(cell)
        yield Item(
            code=cell,
            label=label,
            group=_GROUPS[column],
            allowed=tuple(range(highest + 1)),
            minimum=0,
            maximum=highest,
            unit=None,
            optional=False,
            codes=(NOT_TESTABLE,),
        )
        for part, name, codes in _STAR_PARTS:
            yield _coded(f"{cell}.{part}", _joined(": ", label, name), codes, optional=True)
    for cell in NON_KEY_CELLS:
        side = cell.removesuffix(f".{NON_KEY}")
        yield _coded(cell, _joined(" ", _SIDES[side], _NON_KEY), KEY_LEVELS, optional=True)
    yield _coded(COMMENT, _COMMENT, (), optional=True)


def _coded(code: str, label: Text, codes: tuple[str, ...], *, optional: bool) -> Item:
    """Return an item without numbers: a few codes, or (none given) any text."""
    return Item(
        code=code,
        label=label,
        group=None,
        allowed=(),
        minimum=0,
        maximum=0,
        unit=None,
        optional=optional,
        codes=tuple(str(each) for each in codes),
        free_text=not codes,
    )


def _joined(mark: str, first: Text, second: Text) -> Text:
    chinese = {" ": "" if second.zh_CN[0] > "z" else " ", ": ": "："}[mark]
    return Text(f"{first.en}{mark}{second.en}", f"{first.zh_CN}{chinese}{second.zh_CN}")


def read_exam(table: Table) -> dict[str, Answer]:
    """Read a whole exam of a scale file: a side's columns as codes from head to foot, and the two anal findings."""
    form: dict[str, object] = {cell: table.text(cell) for cell in ANAL_CELLS}
    for side in SIDES:
        columns = table.table(side)
        cells: dict[str, object] = {column: _column(columns, column) for column in COLUMNS}
        form[side] = cells | {NON_KEY: columns.optional_text(NON_KEY)}
        columns.finish()
    table.finish()
    try:
        return dict(responses_from_exam(parse_exam(form)))
    except InvalidExamError as error:
        raise table.refuse(error.item, error.message) from error


def _column(columns: Table, column: str) -> dict[str, str]:
    codes, levels = columns.text(column).split(), COLUMNS[column]
    if len(codes) != len(levels):
        raise columns.refuse(
            column, msg("holds {count} grades instead of {wanted}", count=len(codes), wanted=len(levels))
        )
    return dict(zip(levels, codes, strict=True))


def results(responses: Responses) -> dict[str, str]:
    """Return each field of the classification as written on the form; raises InvalidExamError."""
    return {field: str(finding) for field, finding in classify(exam_from_responses(responses)).findings.items()}
