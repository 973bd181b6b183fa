"""What the invented episodes of each condition look like: sites, products, onset, severity, adverse events."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tracker.clinic.codes import Relatedness, Side
from tracker.clinic.conditions import Condition
from tracker.reference.fit import EpisodeFacts, Verdict, fits
from tracker.reference.fit_reasons import readable
from tracker.services import references

Given = tuple[str, str | None, str, str]
"""Product, cell source, dose and route."""
Found = tuple[str, str, int, Relatedness]
"""Adverse event in English and Chinese, grade, relatedness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How the patients of one condition are invented."""

    prefix: str
    share: float
    ages: tuple[int, int]
    severity: float
    sides: tuple[Side, ...]
    given: tuple[Given, ...]
    events: tuple[Found, ...]


_ARMS = (Side.LEFT, Side.RIGHT)
_LOCAL: tuple[Found, ...] = (
    ("Pain at the injection site", "注射部位疼痛", 1, Relatedness.PROBABLE),
    ("Swelling at the injection site", "注射部位肿胀", 1, Relatedness.PROBABLE),
    ("Bruise", "瘀斑", 1, Relatedness.POSSIBLE),
    ("Fall at home", "家中跌倒", 2, Relatedness.NOT_RELATED),
)
_PRP: Given = ("Platelet-rich plasma (PRP)", "blood, autologous", "5 mL", "injection")
_MARROW: Given = ("Bone-marrow MSC", "bone marrow, autologous", "40 million cells", "injection")

PROFILES: Mapping[str, Profile] = {
    "knee-oa": Profile(
        prefix="KOA",
        share=0.38,
        ages=(46, 84),
        severity=0.52,
        sides=_ARMS,
        given=(
            ("Bone-marrow MSC", "bone marrow, autologous", "40 million cells", "intra-articular"),
            ("Adipose-derived MSC", "fat, autologous", "50 million cells", "intra-articular"),
            ("Platelet-rich plasma (PRP)", "blood, autologous", "5 mL", "intra-articular"),
            ("Hyaluronic acid", None, "2 mL", "intra-articular"),
        ),
        events=(
            *_LOCAL,
            ("Joint effusion", "关节积液", 2, Relatedness.POSSIBLE),
            ("Septic arthritis, admitted", "化脓性关节炎（住院）", 3, Relatedness.PROBABLE),
        ),
    ),
    "sci": Profile(
        prefix="SCI",
        share=0.22,
        ages=(18, 66),
        severity=0.5,
        sides=(Side.NONE,),
        given=(
            (
                "Bone-marrow MSC and Schwann cells",
                "bone marrow and sural nerve, autologous",
                "2 x 15 million cells",
                "intrathecal",
            ),
            ("Umbilical-cord MSC", "umbilical cord, allogeneic", "100 million cells", "intrathecal"),
        ),
        events=(
            ("Headache after lumbar puncture", "腰穿后头痛", 2, Relatedness.DEFINITE),
            ("Urinary tract infection", "尿路感染", 2, Relatedness.UNLIKELY),
            ("Fever", "发热", 1, Relatedness.POSSIBLE),
            ("More spasticity", "痉挛加重", 2, Relatedness.POSSIBLE),
            ("Pressure injury", "压力性损伤", 2, Relatedness.NOT_RELATED),
            ("Deep vein thrombosis", "深静脉血栓", 3, Relatedness.UNLIKELY),
            ("Respiratory failure, ventilated", "呼吸衰竭（机械通气）", 4, Relatedness.NOT_RELATED),
        ),
    ),
    "tendinopathy": Profile(
        prefix="TEN",
        share=0.14,
        ages=(22, 66),
        severity=0.5,
        sides=_ARMS,
        given=(
            _PRP,
            ("Tenocyte-like cells", "skin, autologous", "10 million cells", "intratendinous"),
            ("Adipose-derived MSC", "fat, allogeneic", "1 million cells", "intratendinous"),
        ),
        events=_LOCAL,
    ),
    "lumbar-disc": Profile(
        prefix="LDD",
        share=0.11,
        ages=(25, 70),
        severity=0.55,
        sides=(Side.NONE,),
        given=(
            ("Bone-marrow MSC", "bone marrow, autologous", "20 million cells", "intradiscal"),
            ("Platelet-rich plasma (PRP)", "blood, autologous", "2 mL", "intradiscal"),
        ),
        events=(
            ("Back pain flare", "腰痛加重", 2, Relatedness.PROBABLE),
            ("Discitis, admitted", "椎间盘炎（住院）", 3, Relatedness.PROBABLE),
            ("Common cold", "感冒", 1, Relatedness.NOT_RELATED),
        ),
    ),
    "ms": Profile(
        prefix="MS",
        share=0.06,
        ages=(21, 62),
        severity=0.45,
        sides=(Side.NONE,),
        given=(
            ("Bone-marrow MSC", "bone marrow, autologous", "1 million cells per kg", "intrathecal"),
            ("Bone-marrow MSC", "bone marrow, autologous", "1 million cells per kg", "intravenous"),
        ),
        events=(
            ("Headache", "头痛", 1, Relatedness.PROBABLE),
            ("Relapse", "复发", 2, Relatedness.UNLIKELY),
            ("Urinary tract infection", "尿路感染", 2, Relatedness.NOT_RELATED),
        ),
    ),
    "hip-surgery": Profile(
        prefix="HIP",
        share=0.05,
        ages=(48, 86),
        severity=0.55,
        sides=_ARMS,
        given=(
            ("Placental mesenchymal-like cells", "placenta, allogeneic", "150 million cells", "intramuscular"),
            ("Saline (placebo)", None, "4 mL", "intramuscular"),
        ),
        events=(*_LOCAL, ("Wound infection", "切口感染", 2, Relatedness.UNLIKELY)),
    ),
    "other": Profile(
        prefix="OTH",
        share=0.04,
        ages=(20, 80),
        severity=0.5,
        sides=(*_ARMS, Side.NONE),
        given=(_PRP, _MARROW),
        events=_LOCAL,
    ),
}


def counts(patients: int) -> dict[str, int]:
    """Return how many patients each condition gets: each one at least, as far as they go; the knees get the rest."""
    conditions = list(PROFILES)
    if patients < len(conditions):
        return {name: int(place < patients) for place, name in enumerate(conditions)}
    shared = {name: max(1, int(patients * profile.share)) for name, profile in PROFILES.items()}
    shared["knee-oa"] += patients - sum(shared.values())
    return shared


def attributes(condition: Condition, random: Random) -> dict[str, str]:
    """Return invented attributes by the condition's own lists (not for the spinal cord, where they depend)."""
    chosen = {}
    for attribute in condition.attributes:
        if random.random() < 0.93:
            chosen[attribute.code] = random.choice(attribute.choices[-4:]).code
    return chosen


def cohorts(condition: Condition, site: str | None, known: Mapping[str, str], random: Random) -> tuple[str, ...]:
    """Return a cohort the clinician chose to read against, for some: one that fits and prints something to draw."""
    offered = [offer.cohort for offer in condition.cohorts if offer.site in (None, site)]
    if not offered or random.random() >= 0.3:
        return ()
    chosen = random.choice(offered)
    facts = EpisodeFacts(
        condition=condition.id,
        site=site,
        course=known.get("course"),
        ais=known.get("ais"),
        level=known.get("level"),
        phase=known.get("phase"),
        months_from_onset=None,
        products=(),
    )
    drawn = {
        fit.name
        for fit in fits(facts, references.studies())
        if fit.verdict is not Verdict.DOES_NOT_FIT and readable(fit.cohort)
    }
    return (chosen,) if chosen in drawn else ()
