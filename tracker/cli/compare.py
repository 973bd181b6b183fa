"""``compare``: what the charts of one patient say, as data and sentences."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.cli.main import DONE
from tracker.cli.own_files import use_own_scales, use_own_studies
from tracker.core.messages import say, tr
from tracker.core.numbers import Number, plain_number, show_number
from tracker.core.places import read_place

if TYPE_CHECKING:
    from tracker.reference.place import Place
    from tracker.scales.change import Verdict
    from tracker.services.comparison import (
        CohortComparison,
        CohortPoint,
        Comparison,
        PanelComparison,
        PointComparison,
    )

HELP = tr("say what the charts of one patient say, as data and sentences")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file the patient is in"))
    parser.add_argument("--patient", metavar="P", required=True, help=tr("the patient's number or id"))
    parser.add_argument("--json", action="store_true", help=tr("write JSON"))
    parser.add_argument(
        "--language", choices=["en", "zh_CN"], default=argparse.SUPPRESS, help=tr("language of the sentences")
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the comparison of every episode of the patient to stdout."""
    from tracker.services.comparison_document import document
    from tracker.services.workspace import Access, Workspace

    use_own_scales()
    use_own_studies()
    workspace = Workspace.open(read_place(arguments.db), access=Access.VISIT)
    try:
        patient = workspace.patients.find(arguments.patient)
        found = [workspace.comparisons.of(episode.id) for episode in workspace.episodes.of(patient.id)]
        synthetic = workspace.kind == "demo"
    finally:
        workspace.close()
    if arguments.json:
        data = {
            "patient": patient.patient_number,
            "synthetic": synthetic,
            "episodes": [document(comparison) for comparison in found],
        }
        json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return DONE
    mark = " " + tr("(synthetic)") if synthetic else ""
    sys.stdout.write(f"{patient.patient_number}{mark}\n")
    for comparison in found:
        sys.stdout.writelines(f"{line}\n" for line in _episode(comparison))
    return DONE


def _episode(comparison: "Comparison") -> Iterator[str]:
    from tracker.services.comparison_document import joined

    course = comparison.course
    yield str(course.condition.label)
    index = course.index_treatment
    if index is not None:
        yield "  " + tr("index treatment: {date}, {product}", date=index.date.isoformat(), product=index.product)
    for treatment in comparison.further:
        yield "  " + tr(
            "further treatment: {date}, {product}", date=treatment.date.isoformat(), product=treatment.product
        )
    yield from _cohorts(comparison)
    for panel in comparison.panels:
        if panel.points:
            yield from _panel(panel)
    for response in comparison.responses:
        answer = _answer(response.met) + ("" if response.verified else " " + tr("(unverified)"))
        reason = f" ({say(response.reason)})" if response.reason else ""
        yield f"  {response.date.isoformat()}  {say(response.name)}: {answer}{reason}"
    if comparison.paragraph:
        yield "  " + tr("for the patient: {text}", text=joined(comparison.paragraph))
    for name in comparison.unknown_cohorts:
        yield "  " + tr("the library has no cohort “{name}” any more", name=name)


def _cohorts(comparison: "Comparison") -> Iterator[str]:
    """Yield each cohort once, with why it fits the episode or does not."""
    from tracker.services.comparison_document import cohort_name

    named = {cohort.key: cohort for panel in comparison.panels for cohort in panel.cohorts}
    for cohort in named.values():
        reasons = () if cohort.fit is None else cohort.fit.reasons
        name = cohort_name(cohort.study, cohort.cohort)
        yield f"  {name}: " + (
            "; ".join(say(reason) for reason in reasons) if reasons else tr("studied another condition")
        )


def _panel(panel: "PanelComparison") -> Iterator[str]:
    context = "" if panel.course.context == "unspecified" else f", {_context(panel.course.context)}"
    unit = f" {panel.score.unit}" if panel.score.unit else ""
    yield f"  {panel.scale.short_title} · {panel.score.label}{unit}{context}"
    for note in (panel.no_baseline, panel.baseline_note):
        if note is not None:
            yield f"    {say(note)}"
    for point in panel.points:
        yield _point(panel, point)
    if panel.latest is not None and panel.latest.verdicts:
        yield "    " + tr("published limits, at the last visit")
        for verdict in panel.latest.verdicts:
            yield "      " + _verdict(verdict)
    for cohort in panel.cohorts:
        if cohort.overlay.drawable and (cohort.usable or cohort.chosen):
            yield from _cohort(cohort)
    for voice, sentences in (
        (tr("clinician"), panel.sentences.clinician),
        (tr("patient"), panel.sentences.patient),
    ):
        for sentence in sentences:
            yield f"    {voice}: {say(sentence)}"


def _point(panel: "PanelComparison", point: "PointComparison") -> str:
    when = tr("{date} (month {months})", date=point.date.isoformat(), months=show_number(point.months, 1))
    if point.value is None:
        return f"    {when}  " + tr("no score: {reason}", reason=say(point.reason) if point.reason else "-")
    parts = [show_number(point.value, panel.score.decimals)]
    if point.is_baseline:
        parts.append(tr("baseline"))
    if point.change_from_baseline is not None:
        change = _signed(point.change_from_baseline, panel.score.decimals)
        parts.append(tr("{change} since baseline", change=change))
    if point.percent_change is not None:
        parts.append(f"{_signed(point.percent_change, 1)} %")
    if point.since_last is not None:
        parts.append(tr("{change} since the last visit", change=_signed(point.since_last.change, panel.score.decimals)))
    if point.after is not None:
        parts.append(tr("after further treatment on {date}", date=point.after.date.isoformat()))
    return f"    {when}  " + " · ".join(parts)


def _verdict(verdict: "Verdict") -> str:
    threshold = verdict.threshold
    reason = f" ({say(verdict.reason)})" if verdict.reason else ""
    mark = "" if threshold.verified else " " + tr("(unverified)")
    limit = _limit(threshold.value, threshold.upper, relative=threshold.relative)
    return (
        f"{say(verdict.name)} [{limit}]: {_answer(verdict.met)}{reason}{mark}"
        f" · {threshold.population} · {threshold.citation}"
    )


def _cohort(cohort: "CohortComparison") -> Iterator[str]:
    from tracker.services.comparison_document import cohort_name

    yield "    " + tr("against {cohort}", cohort=cohort_name(cohort.study, cohort.cohort))
    for point in cohort.points:
        yield "      " + _cohort_point(point)


def _cohort_point(point: "CohortPoint") -> str:
    drawn = point.drawn
    parts = [
        tr("month {month}", month=show_number(drawn.months, 1)),
        show_number(drawn.value, 1),
        f"n {drawn.n_text}",
    ]
    if drawn.band is not None:
        parts.append(f"{drawn.band.kind} {show_number(drawn.band.lower, 1)}-{show_number(drawn.band.upper, 1)}")
    if point.visit is not None:
        days = show_number(point.visit.days_off, signed=True)
        parts.append(tr("visit of {date} ({days} days)", date=point.visit.point.date.isoformat(), days=days))
    if point.place is not None:
        parts.append(place_words(point.place))
    if point.refused_reason is not None:
        parts.append(say(point.refused_reason))
    return " · ".join(parts)


def place_words(place: "Place") -> str:
    """Return a place in words: never a bare percentile, and as much of the figure as the study bears."""
    low, high = show_number(place.better_than_lower), show_number(place.better_than_upper)
    if place.statement == "number":
        return tr(
            "better than about {percent} of 100 people like those studied ({low} to {high}, from {n} people)",
            percent=show_number(place.better_than),
            low=low,
            high=high,
            n=place.n,
        )
    if place.statement == "interval_only":
        return tr(
            "better than {low} to {high} of 100 people like those studied (from {n} people)",
            low=low,
            high=high,
            n=place.n,
        )
    if place.statement == "lowest_tenth":
        return tr("a value among the lowest tenth of people like those studied (from {n} people)", n=place.n)
    return tr("a value among the highest tenth of people like those studied (from {n} people)", n=place.n)


def _context(code: str) -> str:
    from tracker.exchange.columns import layout

    return str(layout().codes["context"][code])


def _answer(met: bool | None) -> str:
    if met is None:
        return tr("cannot be told")
    return tr("reached") if met else tr("not reached")


def _limit(value: Number, upper: Number | None, *, relative: bool) -> str:
    text = plain_number(value) if upper is None else f"{plain_number(value)}-{plain_number(upper)}"
    return f"{text} %" if relative else text


def _signed(value: Number, decimals: int) -> str:
    return show_number(value, decimals, signed=True)
