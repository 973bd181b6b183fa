"""The library in words: what is not known, spreads with their kind, how a value may be drawn."""

from collections.abc import Mapping

from tracker.core.messages import Message, msg, say, tr
from tracker.core.numbers import DASH, Number, plain_number
from tracker.reference.codes import (
    Absent,
    Centre,
    Given,
    NKind,
    Origin,
    PlotPolicy,
    PointKind,
    SpreadKind,
    StudyKind,
)
from tracker.reference.flags import MEANINGS
from tracker.reference.model import Point, Study

_ABSENT: Mapping[Absent, Message] = {
    Absent.NOT_REPORTED: msg("not reported by the source"),
    Absent.NOT_SEEN: msg("not seen: the full source could not be read"),
    Absent.NOT_APPLICABLE: msg("does not apply"),
}

_KINDS: Mapping[StudyKind, Message] = {
    StudyKind.CASE_SERIES: msg("case series"),
    StudyKind.SINGLE_ARM: msg("single-arm study"),
    StudyKind.RANDOMISED: msg("randomised trial"),
    StudyKind.REVIEW: msg("review"),
    StudyKind.META_ANALYSIS: msg("meta-analysis"),
    StudyKind.REGISTRY: msg("registry"),
    StudyKind.RETROSPECTIVE: msg("retrospective study"),
    StudyKind.GUIDELINE: msg("guideline"),
}

_PLOTS: Mapping[PlotPolicy, Message] = {
    PlotPolicy.BAND: msg("mean and band"),
    PlotPolicy.LINE: msg("centre and dashed link, no band"),
    PlotPolicy.MARKER: msg("single mark"),
    PlotPolicy.AS_PRINTED: msg("only on request, hollow and unjoined"),
    PlotPolicy.TEXT: msg("text only"),
    PlotPolicy.NEVER: msg("never drawn on a chart"),
}

_SPREADS: Mapping[SpreadKind, Message] = {
    SpreadKind.SD: msg("SD {spread}"),
    SpreadKind.SE: msg("SE {spread}"),
    SpreadKind.CI95: msg("95 % CI {spread}"),
    SpreadKind.IQR: msg("IQR {spread}"),
    SpreadKind.RANGE: msg("range {spread}"),
    SpreadKind.NONE: msg("no spread given"),
    SpreadKind.UNCLEAR: msg("± {spread}, kind not clear"),
}

_ORIGINS: Mapping[Origin, Message] = {
    Origin.SEED: msg("seed document"),
    Origin.PAPER: msg("paper or registry"),
    Origin.SUPPLEMENTARY: msg("supplementary study"),
}

_N_KINDS: Mapping[NKind, Message] = {
    NKind.ASSESSED: msg("{n}"),
    NKind.ENROLLED: msg("{n} (enrolled)"),
    NKind.IMPLIED: msg("{n} (worked out)"),
    NKind.UNCLEAR: msg("{n} (unclear)"),
}


def given(value: Given[object]) -> str:
    """Return a field of a passport, or why it holds nothing."""
    if isinstance(value, Absent):
        return say(_ABSENT[value])
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return str(value)


def short(value: Given[object]) -> str:
    """Return a cell of a table: the value, or in few words why there is none."""
    if value is Absent.NOT_REPORTED:
        return tr("not reported")
    if value is Absent.NOT_SEEN:
        return tr("not seen")
    return given(value)


def control(value: Given[bool]) -> str:
    """Say whether there was a control group."""
    if isinstance(value, Absent):
        return tr("control group: {why}", why=short(value))
    return tr("controlled") if value else tr("uncontrolled")


def study_kind(study: Study) -> str:
    """Return what sort of publication a study is."""
    return say(_KINDS[study.passport.kind])


def origin(value: Origin) -> str:
    """Return where a number was read."""
    return say(_ORIGINS[value])


def time(point: Point) -> str:
    """Return the month, or the time in the study's own words."""
    if point.months is None:
        return str(point.time_label or "")
    month = tr("month {months}", months=plain_number(point.months))
    return f"{month} ({point.time_label})" if point.time_label else month


def value(point: Point) -> str:
    """Return the centre as printed, saying what it is where it is no plain mean of a level."""
    number = plain_number(point.value)
    if point.kind is PointKind.PROPORTION:
        shown = tr("{value} %", value=number)
        return f"{shown} ({point.count}/{point.of})" if point.count is not None and point.of is not None else shown
    if point.kind is PointKind.PERCENT:
        return tr("{value} % change", value=number)
    if point.kind is PointKind.CHANGE:
        return tr("change {value}", value=number if point.value < 0 else f"+{number}")
    return tr("median {value}", value=number) if point.centre is Centre.MEDIAN else number


def spread(point: Point) -> str:
    """Return the spread under the name of its kind."""
    if point.spread is None:
        return say(_SPREADS[SpreadKind.NONE])
    text = say(Message(_SPREADS[point.spread_kind].text, {"spread": _span(point.spread)}))
    return tr("{spread} (kind inferred)", spread=text) if point.spread_inferred else text


def _span(given_spread: Number | tuple[Number, Number]) -> str:
    if isinstance(given_spread, tuple):
        return DASH.join(plain_number(end) for end in given_spread)
    return plain_number(given_spread)


def number_of_people(point: Point) -> str:
    """Return n as printed, and whose number it is."""
    return say(Message(_N_KINDS[point.n_kind].text, {"n": point.n_text or tr("not given")}))


def plot(point: Point) -> str:
    """Return how a value may be drawn on a patient's chart."""
    text = say(_PLOTS[point.plot])
    drawn = point.plot not in (PlotPolicy.TEXT, PlotPolicy.NEVER)
    return tr("{plot}; not compared", plot=text) if drawn and not point.comparable else text


def flags(codes: tuple[str, ...]) -> str:
    """Return what the flags of a value mean, in words."""
    return tr("; ").join(say(MEANINGS[code]) for code in codes)
