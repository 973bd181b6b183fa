"""Every cut-off of a comparison as a named, visible setting with the sentence it rests on.

A cut-off that no publication fixes is a judgement and says so: it can be read, shown and argued with, never buried.
"""

from dataclasses import dataclass

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One cut-off: its value, what it decides and where it comes from."""

    code: str
    value: Number
    unit: Message | None
    decides: Message
    source: Message
    judgement: bool
    """True: ours, informed by simulation where ``source`` says so; False: taken from the publication named."""


_PERCENT = msg("%")
_PEOPLE = msg("people")
_MONTHS = msg("months")
_DAYS = msg("days")
_SIMULATED = msg("our judgement, informed by simulation of normal, skewed and bounded scores")
_OURS = msg("our judgement")

CONFIDENCE = Setting(
    code="confidence",
    value=95,
    unit=_PERCENT,
    decides=msg("confidence of the interval around a place in the cohort, and share held by the default band"),
    source=msg("Crawford and Howell 1998; Crawford and Garthwaite 2002, Neuropsychologia 40:1196-1208"),
    judgement=False,
)
FEWEST_FOR_A_BAND = Setting(
    code="fewest_for_a_band",
    value=10,
    unit=_PEOPLE,
    decides=msg("below this number a cohort is drawn as marks: no band, no place in the cohort"),
    source=_SIMULATED,
    judgement=True,
)
FEWEST_FOR_A_NUMBER = Setting(
    code="fewest_for_a_number",
    value=20,
    unit=_PEOPLE,
    decides=msg("below this number a place in the cohort is given as an interval only"),
    source=_SIMULATED,
    judgement=True,
)
LARGEST_STEP = Setting(
    code="largest_step",
    value=0.25,
    unit=msg("standard deviations"),
    decides=msg("a scale whose steps are larger than this is too coarse for a place in the cohort"),
    source=_SIMULATED,
    judgement=True,
)
TAIL_FLAGGED = Setting(
    code="tail_flagged",
    value=1,
    unit=_PERCENT,
    decides=msg("from this share of a normal curve beyond an end of the scale on, a place in the cohort is flagged"),
    source=_SIMULATED,
    judgement=True,
)
TAIL_IN_WORDS = Setting(
    code="tail_in_words",
    value=5,
    unit=_PERCENT,
    decides=msg("from this share of a normal curve beyond an end of the scale on, there are words and no percentile"),
    source=_SIMULATED,
    judgement=True,
)
PRINTED_FROM = Setting(
    code="printed_from",
    value=10,
    unit=_PERCENT,
    decides=msg("below this percentile a value is called among the lowest tenth"),
    source=_OURS,
    judgement=True,
)
PRINTED_TO = Setting(
    code="printed_to",
    value=90,
    unit=_PERCENT,
    decides=msg("above this percentile a value is called among the highest tenth"),
    source=_OURS,
    judgement=True,
)
WORDS_BEYOND = Setting(
    code="words_beyond",
    value=1,
    unit=msg("standard deviations"),
    decides=msg("in words, a value further from the mean than this is called above or below it"),
    source=_OURS,
    judgement=True,
)
NATURAL_RECOVERY = Setting(
    code="natural_recovery",
    value=12,
    unit=_MONTHS,
    decides=msg("a spinal cord injury treated before this time is still recovering by itself, and the chart says so"),
    source=msg("Steeves 2011, PubMed 20714334: recovery in the first year after injury"),
    judgement=False,
)
WINDOW_MONTHS = (1, 3, 6, 12, 24)
_WINDOW_DAYS = (14, 30, 45, 45, 90)
WINDOWS = tuple(
    Setting(
        code=f"window_month_{months}",
        value=days,
        unit=_DAYS,
        decides=msg("how many days off month {months} a visit may be to be read against it", months=months),
        source=_OURS,
        judgement=True,
    )
    for months, days in zip(WINDOW_MONTHS, _WINDOW_DAYS, strict=True)
)

SETTINGS = (
    CONFIDENCE,
    FEWEST_FOR_A_BAND,
    FEWEST_FOR_A_NUMBER,
    LARGEST_STEP,
    TAIL_FLAGGED,
    TAIL_IN_WORDS,
    PRINTED_FROM,
    PRINTED_TO,
    WORDS_BEYOND,
    NATURAL_RECOVERY,
    *WINDOWS,
)
"""All of them, in the order shown."""
