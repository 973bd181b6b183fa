"""What a score measures, in plain words: how it is named within a sentence, and what a better or worse value means.

A place in a cohort is never told by the bare score: "less pain than", not "lower than".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.clinic.codes import Context
from tracker.core.messages import Message, Text, msg
from tracker.services.comparison import PanelComparison


@dataclass(frozen=True, slots=True)
class Quantity:
    """The words for one score; ``better`` and ``worse`` begin a sentence, ``noun`` stands within one."""

    noun: Message | Text
    better: Message
    worse: Message


_PAIN = msg("Less pain"), msg("More pain")
_STRENGTH = msg("More muscle strength"), msg("Less muscle strength")
_QUALITY = msg("Better quality of life"), msg("Poorer quality of life")

_BY_SERIES: Mapping[str, Quantity] = {
    "vas-pain.pain": Quantity(msg("pain (0 to 100)"), *_PAIN),
    "nrs-pain.pain": Quantity(msg("pain (0 to 10)"), *_PAIN),
    "asia.motor": Quantity(msg("muscle strength"), *_STRENGTH),
    "asia.light_touch": Quantity(
        msg("feeling of light touch"), msg("Better feeling of light touch"), msg("Poorer feeling of light touch")
    ),
    "asia.pin_prick": Quantity(
        msg("feeling of pin prick"), msg("Better feeling of pin prick"), msg("Poorer feeling of pin prick")
    ),
    "scim-iii.total": Quantity(msg("independence in daily life"), msg("More independence"), msg("Less independence")),
    "scim-iii.self_care": Quantity(
        msg("independence in self-care"), msg("More independence in self-care"), msg("Less independence in self-care")
    ),
    "scim-iii.respiration_sphincter": Quantity(
        msg("independence with breathing, bladder and bowel"),
        msg("More independence with breathing, bladder and bowel"),
        msg("Less independence with breathing, bladder and bowel"),
    ),
    "scim-iii.mobility": Quantity(
        msg("independence in moving about"),
        msg("More independence in moving about"),
        msg("Less independence in moving about"),
    ),
    "whoqol-bref.overall_qol": Quantity(msg("quality of life as a whole"), *_QUALITY),
    "whoqol-bref.general_health": Quantity(
        msg("satisfaction with health"), msg("More satisfied with health"), msg("Less satisfied with health")
    ),
    "whoqol-bref.physical": Quantity(
        msg("physical wellbeing"), msg("Better physical wellbeing"), msg("Poorer physical wellbeing")
    ),
    "whoqol-bref.psychological": Quantity(
        msg("mental wellbeing"), msg("Better mental wellbeing"), msg("Poorer mental wellbeing")
    ),
    "whoqol-bref.social": Quantity(
        msg("social relationships"), msg("Better social relationships"), msg("Poorer social relationships")
    ),
    "whoqol-bref.environment": Quantity(
        msg("living conditions"), msg("Better living conditions"), msg("Poorer living conditions")
    ),
}
_TASKS = msg("Less difficulty with daily activities"), msg("More difficulty with daily activities")
_SPORT = msg("Less difficulty with sport"), msg("More difficulty with sport")
_JOINT = Quantity(msg("joint complaints"), msg("Fewer joint complaints"), msg("More joint complaints"))
_WOMAC: Mapping[str, Quantity] = {
    "pain": Quantity(msg("joint pain"), msg("Less joint pain"), msg("More joint pain")),
    "stiffness": Quantity(msg("joint stiffness"), msg("Less joint stiffness"), msg("More joint stiffness")),
    "function": Quantity(msg("daily activities"), *_TASKS),
    "total": _JOINT,
}
"""The same parts in every version of the form."""

_KNEE_PAIN = Quantity(msg("knee pain"), msg("Less knee pain"), msg("More knee pain"))
_NEIGHBOURS: Mapping[str, Quantity] = {
    "koos.pain": _KNEE_PAIN,
    "koos.symptoms": Quantity(msg("knee symptoms"), msg("Fewer knee symptoms"), msg("More knee symptoms")),
    "koos.adl": Quantity(msg("daily activities"), *_TASKS),
    "koos.sport_rec": Quantity(msg("sport and recreation"), *_SPORT),
    "koos.qol": Quantity(msg("quality of life with the knee"), *_QUALITY),
    "lequesne-knee.pain": _KNEE_PAIN,
    "lequesne-knee.walking": Quantity(
        msg("walking"), msg("Less difficulty with walking"), msg("More difficulty with walking")
    ),
    "lequesne-knee.adl": Quantity(msg("daily activities"), *_TASKS),
    "lequesne-knee.total": _JOINT,
    "lysholm.total": Quantity(msg("knee function"), msg("Better knee function"), msg("Poorer knee function")),
    "odi.total": Quantity(
        msg("disability from back pain"), msg("Less disability from back pain"), msg("More disability from back pain")
    ),
    "fri.total": Quantity(msg("daily activities"), *_TASKS),
    "quickdash.quickdash": Quantity(
        msg("use of arm and hand"),
        msg("Less difficulty with arm and hand"),
        msg("More difficulty with arm and hand"),
    ),
    "quickdash.work": Quantity(msg("work"), msg("Less difficulty at work"), msg("More difficulty at work")),
    "quickdash.sport": Quantity(msg("sport"), *_SPORT),
    "prtee.pain": Quantity(msg("elbow pain"), msg("Less elbow pain"), msg("More elbow pain")),
    "prtee.function": Quantity(
        msg("use of the arm"), msg("Less difficulty using the arm"), msg("More difficulty using the arm")
    ),
    "prtee.total": Quantity(msg("elbow complaints"), msg("Fewer elbow complaints"), msg("More elbow complaints")),
    "edss.edss": Quantity(msg("disability"), msg("Less disability"), msg("More disability")),
    "sane.sane": Quantity(
        msg("percent of normal"),
        msg("Nearer to normal by own rating"),
        msg("Farther from normal by own rating"),
    ),
    "patient-global.global": Quantity(
        msg("the joint all in all"), msg("The joint all in all better"), msg("The joint all in all worse")
    ),
    "walk-distance.metres": Quantity(
        msg("walking distance"), msg("A longer walking distance"), msg("A shorter walking distance")
    ),
}

_WHEN: Mapping[Context, Message] = {
    Context.REST: msg("at rest"),
    Context.MOVEMENT: msg("on movement"),
    Context.NIGHT: msg("at night"),
    Context.MEAN: msg("on average"),
    Context.WORST: msg("at worst"),
}


def is_womac(panel: PanelComparison) -> bool:
    """Whether a panel shows a score of WOMAC, in any version."""
    return panel.scale.id.startswith("womac-")


def is_edss(panel: PanelComparison) -> bool:
    """Whether a panel shows EDSS, which is read by its steps."""
    return panel.scale.id == "edss"


def quantity_of(panel: PanelComparison) -> Quantity:
    """Return the words for the score of *panel*; a score without words of its own gets its label and "better"."""
    found = _known(panel) or Quantity(panel.score.label, msg("Better"), msg("Worse"))
    when = _WHEN.get(panel.course.context)
    if when is None:
        return found
    return Quantity(msg("{what} {when}", what=found.noun, when=when), found.better, found.worse)


def _known(panel: PanelComparison) -> Quantity | None:
    if is_womac(panel):
        return _WOMAC.get(panel.score.code)
    return _BY_SERIES.get(panel.series) or _NEIGHBOURS.get(panel.series)
