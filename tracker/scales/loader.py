"""One TOML file -> one :class:`Scale`; a file that contradicts itself or fails its own examples is refused."""

import re
import tomllib
from pathlib import Path

from tracker.core.messages import Text, msg
from tracker.core.numbers import Number
from tracker.scales.checks import KINDS, SIGNS, check_scale
from tracker.scales.errors import InvalidScaleError
from tracker.scales.exams import EXAMS
from tracker.scales.fields import Table
from tracker.scales.model import About, Direction, Example, Item, Policy, Scale, ScoreDefinition, Threshold
from tracker.scales.rules import RULES

LARGEST_FILE = 256 * 1024
"""Bytes; the longest questionnaire in use stays far below."""

FILE_NAME = re.compile(r"(?P<id>[a-z0-9]+(-[a-z0-9]+)*)@(?P<version>[0-9]+(\.[0-9]+)*(-[a-z0-9]+)*)\.toml")
"""``<id>@<version>.toml``; a clinic's own version of a shipped scale may be ``1-clinic``."""


def load_scale(path: Path) -> Scale:
    """Read the file at *path*; raises InvalidScaleError."""
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InvalidScaleError(
            path.name, "", msg("cannot be read: {why}", why=error.strerror or type(error).__name__)
        ) from error
    if len(data) > LARGEST_FILE:
        raise InvalidScaleError(path.name, "", msg("is larger than {most} kB", most=LARGEST_FILE // 1024))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidScaleError(path.name, "", msg("is not UTF-8 text (byte {place})", place=error.start)) from error
    return parse_scale(text, path.name)


def parse_scale(text: str, file: str) -> Scale:
    """Return the scale that *text*, the content of a file named *file*, defines; raises InvalidScaleError."""
    try:
        root = Table(tomllib.loads(text), file)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InvalidScaleError(file, "", msg("is not valid TOML: {why}", why=str(error))) from error
    name = FILE_NAME.fullmatch(file)
    if name is None:
        raise InvalidScaleError(file, "", msg("the file's name must be {pattern}", pattern="id@version.toml"))
    for key in ("id", "version"):
        if root.text(key) != name[key]:
            raise root.refuse(key, msg("is not the one of the file's name, {name}", name=name[key]))
    scale = _scale(root)
    check_scale(scale, file)
    return scale


def _scale(root: Table) -> Scale:
    scale_id = root.text("id")
    exam = root.choice("exam", tuple(EXAMS)) if root.has("exam") else None
    scale = Scale(
        id=scale_id,
        version=root.text("version"),
        title=root.words("title"),
        short_title=root.words("short_title"),
        about=About(root.choice("about", tuple(About))),
        contexts=root.texts("contexts"),
        items=EXAMS[exam].items if exam else tuple(_item(table) for table in root.tables("items", "code")),
        scores=tuple(_score(table, scale_id, exam) for table in root.tables("scores", "code")),
        policies=tuple(_policy(table) for table in root.tables("policies", "id")),
        thresholds=tuple(_threshold(table) for table in root.tables("thresholds", "id"))
        if root.has("thresholds")
        else (),
        recall=root.words("recall"),
        licence=root.words("licence"),
        loinc=root.optional_text("loinc"),
        source=root.text("source"),
        notes=tuple(_note(table) for table in root.tables("notes", "")) if root.has("notes") else (),
        examples=tuple(_example(table, exam) for table in root.tables("examples", "id")),
        exam=exam,
    )
    root.finish()
    return scale


def _note(table: Table) -> Text:
    text = Text(table.text("en"), table.text("zh_CN"))
    table.finish()
    return text


def _item(table: Table) -> Item:
    allowed = table.number_set("allowed") if table.has("allowed") else None
    not_typed, why = _not_typed(table, allowed) if table.has("not_typed") else (None, None)
    noted = table.flag("noted", default=False)
    low: Number = allowed[0] if allowed else table.number("minimum")
    high: Number = allowed[-1] if allowed else table.number("maximum")
    if not low < high:
        raise table.refuse("maximum", msg("must be greater than {name}", name="minimum"))
    item = Item(
        code=table.text("code"),
        label=table.words("label"),
        group=table.optional_text("group"),
        allowed=allowed,
        minimum=low,
        maximum=high,
        unit=table.optional_text("unit"),
        optional=table.flag("optional", default=noted),
        noted=noted,
        not_typed=not_typed,
        not_typed_why=why,
    )
    table.finish()
    return item


def _not_typed(table: Table, allowed: tuple[Number, ...] | None) -> tuple[Number, Text]:
    given = table.table("not_typed")
    value, why = given.number("value"), given.words("why")
    given.finish()
    if value not in (allowed or ()):
        raise given.refuse("value", msg("is not one of the allowed values"))
    return value, why


def _score(table: Table, scale_id: str, exam: str | None) -> ScoreDefinition:
    code = table.text("code")
    rule = table.choice("rule", tuple(RULES))
    options = {name: table.texts(name) for name in sorted(RULES[rule].options) if table.has(name)}
    low, high = table.number("minimum"), table.number("maximum")
    if not low < high:
        raise table.refuse("maximum", msg("must be greater than {name}", name="minimum"))
    score = ScoreDefinition(
        code=code,
        label=table.words("label"),
        rule=rule,
        items=_parts(table, exam),
        options=options,
        minimum=low,
        maximum=high,
        direction=Direction(table.choice("direction", tuple(Direction))),
        unit=table.optional_text("unit"),
        low_anchor=table.words("low_anchor"),
        high_anchor=table.words("high_anchor"),
        decimals=table.whole("decimals"),
        series=table.optional_text("series") or f"{scale_id}.{code}",
        percent_change=table.flag("percent_change"),
        charted=table.flag("charted"),
        open_ended=table.flag("open_ended", default=False),
    )
    table.finish()
    return score


def _parts(table: Table, exam: str | None) -> tuple[str, ...]:
    names = table.texts("of")
    if exam is None:
        return names
    columns = EXAMS[exam].columns
    for name in names:
        if name not in columns:
            raise table.refuse("of", msg("must be one of: {choices}", choices=", ".join(columns)))
    return tuple(cell for name in names for cell in columns[name])


def _policy(table: Table) -> Policy:
    limits = table.table("missing_allowed")
    policy = Policy(
        id=table.text("id"),
        label=table.words("label"),
        verified=table.flag("verified"),
        note=table.words("note"),
        missing_allowed={code: limits.whole(code) for code in limits.names()},
        form_missing_allowed=table.whole("form_missing_allowed") if table.has("form_missing_allowed") else None,
    )
    table.finish()
    return policy


def _threshold(table: Table) -> Threshold:
    threshold = Threshold(
        id=table.text("id"),
        score=table.text("score"),
        kind=table.choice("kind", KINDS),
        value=table.number("value"),
        upper=table.number("upper") if table.has("upper") else None,
        relative=table.flag("relative", default=False),
        sign=table.choice("sign", SIGNS),
        population=table.words("population"),
        citation=table.text("citation"),
        verified=table.flag("verified"),
        offered_where=_offered_where(table) if table.has("offered_where") else {},
    )
    table.finish()
    return threshold


def _offered_where(table: Table) -> dict[str, tuple[str, ...]]:
    facts = table.table("offered_where")
    return {name: facts.texts(name) for name in facts.names()}


def _example(table: Table, exam: str | None) -> Example:
    expected: dict[str, Number | None] = {**_numbers(table, "scores")}
    for code in table.texts("not_scored") if table.has("not_scored") else ():
        if code in expected:
            raise table.refuse("not_scored", msg("names {code}, which has a value too", code=code))
        expected[code] = None
    example = Example(
        id=table.text("id"),
        policy=table.optional_text("policy"),
        responses=_numbers(table, "responses") if exam is None else EXAMS[exam].read_example(table.table("exam")),
        expected=expected,
        source=table.text("source"),
        classification={} if exam is None else _findings(table.table("classification")),
    )
    table.finish()
    return example


def _numbers(table: Table, name: str) -> dict[str, Number]:
    given = table.table(name)
    return {code: given.number(code) for code in given.names()}


def _findings(table: Table) -> dict[str, str]:
    return {field: table.text(field) for field in table.names()}
