"""``references``: the studies, their cohorts and points with source, flags and plot policy."""

import argparse
import json
import sys
from collections.abc import Iterator

from tracker.cli.main import DONE
from tracker.cli.own_files import use_own_studies
from tracker.core.messages import tr
from tracker.core.numbers import MINUS, Number, plain_number
from tracker.reference.codes import Absent, Centre, PointKind
from tracker.reference.model import Cohort, EventFigure, Point, Study

HELP = tr("list the studies: cohorts and points with source, flags and plot policy, doubts and counter-evidence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--json", action="store_true", help=tr("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Write the library to stdout."""
    from tracker.reference.document import document
    from tracker.services import references

    use_own_studies()
    studies = references.studies()
    if arguments.json:
        json.dump([document(study) for study in studies], sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for study in studies for line in _study(study))
    return DONE


def _study(study: Study) -> Iterator[str]:
    yield f"{study.short_name} [{study.id}]"
    yield f"  {study.title}"
    yield f"  {study.citation}" + ("" if isinstance(study.doi, Absent) else f" · doi {study.doi}")
    yield "  " + str(study.passport.design)
    yield "  n " + _n(study.passport.n)
    for cohort in study.cohorts:
        yield from _cohort(cohort)
    for figure in study.adverse_events:
        yield "  " + tr("adverse event: {event}", event=_event(figure))
    for statement in study.statements:
        yield f"  “{statement.text}”"
    for doubt in study.doubts:
        yield "  " + tr("doubt {type}: {text}", type=doubt.type, text=doubt.text)
    for evidence in study.counter_evidence:
        yield "  " + tr("against it: {text}", text=evidence.text)
    yield ""


def _n(n: int | Absent) -> str:
    return _absent(n) if isinstance(n, Absent) else str(n)


def _absent(absent: Absent) -> str:
    return {
        Absent.NOT_REPORTED: tr("not reported"),
        Absent.NOT_SEEN: tr("not seen"),
        Absent.NOT_APPLICABLE: tr("not applicable"),
    }[absent]


def _cohort(cohort: Cohort) -> Iterator[str]:
    yield f"  {cohort.id} ({cohort.label}), n {cohort.n_text}"
    for point in cohort.points:
        yield "    " + _point(point)


def _point(point: Point) -> str:
    time = tr("month {month}", month=plain_number(point.months)) if point.months is not None else str(point.time_label)
    parts = [str(point.measure.label), time, _value(point), f"n {point.n_text}"]
    if not isinstance(point.p, Absent):
        parts.append(f"p {point.p}")
    parts.append(f"[{point.plot}; {' '.join(point.flags)}]")
    return " · ".join(parts)


def _value(point: Point) -> str:
    value = plain_number(point.value)
    if point.kind is PointKind.PROPORTION:
        return tr("{count} of {total}", count=point.count, total=point.of)
    if point.kind is PointKind.PERCENT:
        value = f"{value} %"
    if point.kind is PointKind.CHANGE:
        value = tr("change {value}", value=_signed(point.value))
    if point.centre is Centre.MEDIAN:
        value = tr("median {value}", value=value)
    if isinstance(point.spread, tuple):
        low, high = (plain_number(end) for end in point.spread)
        return f"{value} ({point.spread_kind.upper()} {low}-{high})"
    if point.spread is None:
        return value
    return f"{value} ± {plain_number(point.spread)} ({point.spread_kind.upper()})"


def _signed(value: Number) -> str:
    return f"{'+' if value > 0 else MINUS}{plain_number(abs(value))}"


def _event(figure: EventFigure) -> str:
    count = _absent(figure.count) if isinstance(figure.count, Absent) else str(figure.count)
    return f"{figure.term}: {count} ({figure.denominator})"
