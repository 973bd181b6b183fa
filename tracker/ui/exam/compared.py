"""Two exams of a patient set side by side, in words: what changed and what the change rests on. No Qt."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.core.messages import Message, msg, ntr, say, tr
from tracker.core.numbers import show_number
from tracker.scales.isncsci.compare import (
    CellChange,
    CellEffect,
    Change,
    Comparison,
    FieldChange,
    compare_exams,
    single_cell_effects,
)
from tracker.scales.isncsci.exam import CELLS
from tracker.scales.isncsci.findings import FIELDS
from tracker.scales.isncsci.record import exam_from_responses
from tracker.scales.isncsci.words import cell_name
from tracker.ui.exam.looks import MARKS, shown_code
from tracker.ui.exam.reading import finding_words, total_lines
from tracker.ui.exam.session import Dated
from tracker.ui.exam.written import Responses

_AIS_FIRST = ("ais", "nli", "complete", *FIELDS)


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier exam against the open one."""

    before: Dated
    after: Responses
    cells: Mapping[str, CellChange]
    comparison: Comparison | None
    """None while the open exam has blank cells."""
    effects: tuple[CellEffect, ...]


def compare_with(before: Dated, after: Responses, *, documented: bool) -> Compared:
    """Set the open exam against *before*; with blank cells left only the filled ones are compared.

    Raises InvalidExamError for an exam that is wrong in itself.
    """
    first = exam_from_responses(before.responses)
    blank = [cell for cell in CELLS if cell not in after]
    filled = dict(after) | {cell: before.responses[cell] for cell in blank}
    second = exam_from_responses(filled)
    comparison = compare_exams(first, second, documented_injury=documented)
    cells = {change.cell: change for change in comparison.cells}
    if blank:
        return Compared(before, after, cells, None, ())
    effects = single_cell_effects(second, documented_injury=documented)
    return Compared(before, after, cells, comparison, effects)


def as_html(found: Compared) -> str:
    """Return what the comparison panel says; names of cells are links to them."""
    parts = [_cells(found)]
    if found.comparison is None:
        parts.append(_paragraph(tr("Levels and grade are compared once no cell of this exam is blank.")))
        return "".join(parts)
    parts.append(_fields(found.comparison.fields, found.cells))
    parts.append(_totals(found))
    parts.append(_effects(found.effects))
    return "".join(parts)


def _cells(found: Compared) -> str:
    counts = {kind: sum(change.change is kind for change in found.cells.values()) for kind in Change}
    lines = [f"{MARKS[kind]} {_counted(kind, counts[kind])}" for kind in Change if counts[kind]]
    return _section(tr("Cells"), lines or [tr("every cell is the same")])


def _counted(kind: Change, count: int) -> str:
    if kind is Change.GAINED:
        return ntr("{count} cell gained", "{count} cells gained", count)
    if kind is Change.LOST:
        return ntr("{count} cell lost", "{count} cells lost", count)
    if kind is Change.REREAD:
        return ntr("{count} cell with another star", "{count} cells with another star", count)
    return ntr("{count} cell not testable in one exam", "{count} cells not testable in one exam", count)


def _fields(fields: tuple[FieldChange, ...], cells: Mapping[str, CellChange]) -> str:
    title = tr("Levels, completeness, grade, zones")
    if not fields:
        return _section(title, [tr("all the same")])
    ordered = sorted(fields, key=lambda change: _AIS_FIRST.index(change.field))
    return _heading(title) + "".join(_field(change, cells) for change in ordered)


def _field(change: FieldChange, cells: Mapping[str, CellChange]) -> str:
    name = say(FIELDS[change.field])
    values = tr(
        "{before} \N{RIGHTWARDS ARROW} {after}",
        before=finding_words(change.field, change.before),
        after=finding_words(change.field, change.after),
    )
    steps = "" if change.steps is None else f" ({_steps(change.field, change.steps)})"
    rests = [_rests(words, names, cells) for words, names in _what_it_rests_on(change) if names]
    lines = "".join(f"<p style='margin:0 0 0 10px'>{line}</p>" for line in rests)
    return f"<p style='margin:5px 0 0 0'>{_plain(name)}: <b>{_plain(values)}</b>{_plain(steps)}</p>{lines}"


def _steps(field: str, steps: int) -> str:
    if field == "ais":
        return ntr("{number} grade", "{number} grades", abs(steps), number=show_number(steps, signed=True))
    return ntr("{number} level", "{number} levels", abs(steps), number=show_number(steps, signed=True))


def _what_it_rests_on(change: FieldChange) -> tuple[tuple[Message, tuple[str, ...]], ...]:
    single = (
        msg("rests on one cell: {cells}")
        if len(change.single_cells) == 1
        else msg("rests on each of these cells alone: {cells}")
    )
    return (
        (single, change.single_cells),
        (msg("rests on not testable: {cells}"), change.not_testable),
        (msg("rests on a star: {cells}"), change.starred),
    )


def _rests(words: Message, names: tuple[str, ...], cells: Mapping[str, CellChange]) -> str:
    links = [_link(cell) + (f" {_plain(_both(cells[cell]))}" if cell in cells else "") for cell in names]
    return _plain(say(words)).format(cells=", ".join(links))


def _both(change: CellChange) -> str:
    return f"{shown_code(change.cell, change.before)}\N{RIGHTWARDS ARROW}{shown_code(change.cell, change.after)}"


def _totals(found: Compared) -> str:
    before = total_lines(found.before.responses, None)
    after = total_lines(found.after, found.before.responses)
    rows = "".join(
        f"<tr><td>{_plain(say(now.name))}</td><td align='right'>{then.both}</td>"
        f"<td align='right'>{now.both}</td><td align='right'><b>{now.change}</b></td></tr>"
        for then, now in zip(before, after, strict=True)
    )
    heads = "".join(f"<td align='right'>{_plain(words)}</td>" for words in (tr("before"), tr("now"), tr("change")))
    table = f"<table cellspacing='0' cellpadding='3' width='100%'><tr><td></td>{heads}</tr>{rows}</table>"
    return _heading(tr("Totals")) + table


def _effects(effects: tuple[CellEffect, ...]) -> str:
    title = tr("What one grade would change now")
    if not effects:
        return _section(title, [tr("no single grade would change the class")])
    ordered = sorted(effects, key=lambda effect: min(map(_AIS_FIRST.index, effect.fields)))
    lines = [_effect(effect) for effect in ordered]
    return _heading(title) + "".join(f"<p style='margin:0 0 4px 0'>{line}</p>" for line in lines)


def _effect(effect: CellEffect) -> str:
    both = f"{shown_code(effect.cell, effect.code)}\N{RIGHTWARDS ARROW}{shown_code(effect.cell, effect.other)}"
    fields = sorted(effect.fields, key=_AIS_FIRST.index)
    results = [
        tr("{field}: {result}", field=say(FIELDS[field]), result=finding_words(field, effect.fields[field]))
        for field in fields
    ]
    return f"{_link(effect.cell)} {_plain(both)}<br>{_plain('; '.join(results))}"


def _link(cell: str) -> str:
    return f"<a href='{html.escape(cell)}'>{_plain(say(cell_name(cell)))}</a>"


def _section(title: str, lines: list[str]) -> str:
    return _heading(title) + "".join(map(_paragraph, lines))


def _heading(title: str) -> str:
    return f"<p style='margin:10px 0 2px 0'><b>{_plain(title)}</b></p>"


def _paragraph(text: str) -> str:
    return f"<p style='margin:0 0 3px 0'>{_plain(text)}</p>"


def _plain(text: str) -> str:
    return html.escape(text)
