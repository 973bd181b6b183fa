"""The rows of ``codebook.csv``: every table, column and code of an export, in English and Chinese."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from tracker.clinic.codes import Context, MissingReason
from tracker.clinic.conditions import conditions
from tracker.core.messages import Text
from tracker.core.numbers import Number
from tracker.exchange.columns import layout
from tracker.exchange.text import number_cell, text_cell
from tracker.exchange.wide import ScoreKey
from tracker.scales.model import Item, Policy, Scale, ScoreDefinition

_REASONS = " ".join(reason.value for reason in MissingReason)
_RANGES: Mapping[tuple[str, str], tuple[int | None, int | None]] = {
    ("visits", "age_years"): (0, None),
    ("visits", "age_years_oldest"): (0, None),
    ("visits", "months_since_first_visit"): (0, None),
    ("scores", "imputed_items"): (0, None),
    ("adverse_events", "grade"): (1, 5),
}
NOT_INSTALLED = Text("its definition is not installed here", "本机未安装其定义")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row, its fields in column order."""

    table: str = ""
    column: str = ""
    code: str = ""
    kind: str
    type: str = ""
    meaning: Text
    unit: str | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    direction: str = ""
    allowed_values: str = ""
    missing_reasons: str = ""
    scale: str = ""
    scale_version: str = ""
    licence: str = ""

    def line(self) -> str:
        """Return the row as a line of the file."""
        cells = []
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Text):
                cells += [text_cell(value.en), text_cell(value.zh_CN)]
            else:
                cells.append(text_cell(value) if isinstance(value, str) else number_cell(value))
        return ",".join(cells) + "\n"


def codebook_entries(
    scales: Iterable[Scale], wide: Mapping[ScoreKey, str], unknown: Iterable[tuple[str, str]]
) -> Iterator[Entry]:
    """Yield all rows: *scales* in every version used, the score columns, and the scales nobody here defines."""
    known = list(scales)
    yield from _tables()
    yield from _wide_columns(known, wide)
    yield from _closed_codes()
    yield from _condition_codes()
    for scale in known:
        yield from _scale(scale)
    for scale_id, version in unknown:
        yield Entry(
            column="scale", code=scale_id, kind="scale", meaning=NOT_INSTALLED, scale=scale_id, scale_version=version
        )


def _tables() -> Iterator[Entry]:
    codes = layout().codes
    for table in layout().tables.values():
        yield Entry(table=table.name, kind="table", meaning=table.meaning)
        for column in table.columns:
            low, high = _RANGES.get((table.name, column.name), (None, None))
            yield Entry(
                table=table.name,
                column=column.name,
                kind="column",
                type=column.type.value,
                meaning=column.meaning,
                unit=column.unit,
                minimum=low,
                maximum=high,
                allowed_values=" ".join(codes.get(column.codes or "", ())),
                missing_reasons=_REASONS if (table.name, column.name) == ("responses", "value") else "",
            )


def _wide_columns(scales: list[Scale], wide: Mapping[ScoreKey, str]) -> Iterator[Entry]:
    definitions = {(scale.id, score.code): (scale, score) for scale in scales for score in scale.scores}
    for (scale_id, code, context), name in wide.items():
        found = definitions.get((scale_id, code))
        if found is None:
            yield Entry(
                table="scores_wide", column=name, kind="column", type="number", meaning=NOT_INSTALLED, scale=scale_id
            )
            continue
        scale, score = found
        named = _joined(": ", scale.title, score.label)
        meaning = named if context == Context.UNSPECIFIED else _joined(", ", named, layout().codes["context"][context])
        yield _score_entry("scores_wide", name, "", "column", meaning, (scale, score))


def _score_entry(
    table: str, column: str, code: str, kind: str, meaning: Text, found: tuple[Scale, ScoreDefinition]
) -> Entry:
    scale, score = found
    return Entry(
        table=table,
        column=column,
        code=code,
        kind=kind,
        type="number",
        meaning=meaning,
        unit=score.unit,
        minimum=score.minimum,
        maximum=score.maximum,
        direction=score.direction.value,
        scale=scale.id,
        scale_version=scale.version,
        licence=scale.licence.en,
    )


def _closed_codes() -> Iterator[Entry]:
    for name, codes in layout().codes.items():
        for code, meaning in codes.items():
            yield Entry(column=name, code=code, kind="code", meaning=meaning)


def _condition_codes() -> Iterator[Entry]:
    for condition in conditions().values():
        yield Entry(column="condition", code=condition.id, kind="code", meaning=condition.label)
        for site in condition.sites:
            meaning = _joined(": ", condition.label, site.label)
            yield Entry(column="body_site", code=site.code, kind="code", meaning=meaning)
        for attribute in condition.attributes:
            for choice in attribute.choices:
                meaning = _joined(": ", attribute.label, choice.label)
                yield Entry(column=attribute.code, code=choice.code, kind="code", meaning=meaning)


def _scale(scale: Scale) -> Iterator[Entry]:
    yield Entry(
        column="scale",
        code=scale.id,
        kind="scale",
        meaning=scale.title,
        scale=scale.id,
        scale_version=scale.version,
        licence=scale.licence.en,
    )
    yield from (_policy(scale, policy) for policy in scale.policies)
    yield from (_item(scale, item) for item in scale.items)
    series: dict[str, ScoreDefinition] = {}
    for score in scale.scores:
        series.setdefault(score.series, score)
        yield _score_entry("scores", "score", score.code, "score", score.label, (scale, score))
    for code, score in series.items():
        yield _score_entry("scores", "series", code, "series", _joined(": ", scale.title, score.label), (scale, score))


def _policy(scale: Scale, policy: Policy) -> Entry:
    return Entry(
        column="policy",
        code=policy.id,
        kind="policy",
        meaning=_joined(". ", policy.label, policy.note),
        scale=scale.id,
        scale_version=scale.version,
    )


def _item(scale: Scale, item: Item) -> Entry:
    score = next((score for score in scale.scores if item.code in score.items), None)
    return Entry(
        table="responses",
        column="item",
        code=item.code,
        kind="item",
        type=_answer_type(item),
        meaning=item.label,
        unit=item.unit,
        minimum=item.minimum if item.numeric else None,
        maximum=item.maximum if item.numeric else None,
        direction=_item_direction(item, score),
        allowed_values=" ".join((*map(number_cell, item.allowed or ()), *item.codes)),
        missing_reasons=_REASONS,
        scale=scale.id,
        scale_version=scale.version,
        licence=scale.licence.en,
    )


def _answer_type(item: Item) -> str:
    if item.free_text:
        return "text"
    if not item.numeric:
        return "code"
    return "number or code" if item.codes else "number"


def _item_direction(item: Item, score: ScoreDefinition | None) -> str:
    """Return which way of the raw answer is better: against the score's where the rule reverses the item."""
    if score is None:
        return ""
    reverse = score.options.get("reversed", ())
    if isinstance(reverse, tuple) and item.code in reverse:
        return "lower_better" if score.direction.value == "higher_better" else "higher_better"
    return score.direction.value


def _joined(mark: str, first: Text, second: Text) -> Text:
    return Text(f"{first.en}{mark}{second.en}", f"{first.zh_CN}{_CHINESE.get(mark, mark)}{second.zh_CN}")


_CHINESE = {": ": "：", ", ": "，", ". ": "。"}
