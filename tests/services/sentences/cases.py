"""One course for each thing that can be said; ``said.toml`` holds all that is said of it, in both languages."""

from dataclasses import replace

from tests.services.sentences.making import (
    CERVICAL,
    SCI,
    WHOLE,
    compared,
    course,
    few_people,
    plain,
    point,
    series,
    spinal,
    vas,
    with_cohort,
    with_place,
    with_refusal,
    with_study,
)
from tracker.clinic.codes import Context, VisitTiming
from tracker.core.dates import PartialDate
from tracker.core.messages import Text, msg
from tracker.reference.basis import Position
from tracker.reference.codes import Absent, ArmRole
from tracker.scales.catalogue import catalogue, scale
from tracker.scales.model import Direction
from tracker.scales.responders import EdssWorsening
from tracker.services.comparisons import compare
from tracker.services.responder_rules import SHIPPED, RulesInForce

OWN_RULE = RulesInForce(edss=EdssWorsening(step=2, days=100))
ELBOW = {"condition": "tendinopathy", "site": "lateral-elbow"}


def nrs(*visits):
    return compared(series("nrs-pain", "pain", *visits), **ELBOW)


def womac(part, *visits, scale_id="womac-lk31", **more):
    return compared(series(scale_id, part, *visits), **more)


def womac_form(*visits):
    """Pain, stiffness, function and their total at each visit; None: that part has no score."""
    parts = ("pain", "stiffness", "function")
    panels = [
        series("womac-lk31", part, *((days, values[place]) for days, *values in visits))
        for place, part in enumerate(parts)
    ]
    total = series(
        "womac-lk31", "total", *((days, None if None in values else sum(values)) for days, *values in visits)
    )
    return compared(total, *panels)


def whoqol(code, *visits, **more):
    return compared(series("whoqol-bref", code, *visits), **more)


def multiple_sclerosis(*visits, rules=SHIPPED):
    return compare(course(series("edss", "edss", *visits), condition="ms", site=None), rules=rules)


def knee(scale_id, score, *visits):
    return compared(series(scale_id, score, *visits))


def back(*visits):
    return compared(series("odi", "total", *visits), condition="lumbar-disc", site="lumbar")


def elbow(scale_id, score, *visits):
    return compared(series(scale_id, score, *visits), **ELBOW)


def _early():
    made = spinal("motor", (-5, 20), (365, 30), phase="subacute")
    episode = replace(made.course.episode, onset_date=PartialDate(2024, 10))
    return compare(replace(made.course, episode=episode))


def _with_error_limits(*kinds_and_values):
    """VAS with published measurement errors, which it lacks."""
    found = scale("vas-pain")
    errors = tuple(
        replace(found.thresholds[0], id=f"own_{kind}", kind=kind, value=value) for kind, value in kinds_and_values
    )
    own = replace(found, thresholds=(*found.thresholds, *errors))
    return compared(series(own, "pain", (-7, 62), (182, 40)))


def _range_of_limits():
    found = scale("vas-pain")
    limit = replace(found.thresholds[0], upper=22)
    own = replace(found, thresholds=(limit,))
    return compared(series(own, "pain", (-7, 62), (182, 40)))


def _whole_episode():
    return compared(
        series("womac-lk31", "pain", (-7, 10), (182, 5)),
        series("womac-lk31", "stiffness", (-7, 4), (182, 4)),
        series("womac-lk31", "function", (-7, 40), (182, 20)),
        series("womac-lk31", "total", (-7, 54), (182, 29)),
        series("vas-pain", "pain", (-7, 40), (182, 55)),
        series("vas-pain", "pain", (182, 55), context=Context.REST),
        series("vas-pain", "pain", (-7, 55), context=Context.NIGHT),
        series("vas-pain", "pain", (-7, None), context=Context.WORST),
        series("nrs-pain", "pain"),
        series("whoqol-bref", "general_health", (-7, 25), (182, 50)),
        further=(90, 120),
        events=(-30, 5, 40),
    )


CASES = {
    # -- how much there is -------------------------------------------------------------------------------------------
    "nothing": vas,
    "all_missing": lambda: vas((-7, None), (182, None)),
    "no_reason": lambda: vas(replace(point(182, None), reason=None)),
    "single_baseline": lambda: vas((-7, 62)),
    "two_before": lambda: vas((-30, 70), (-7, 62)),
    "treatment_day_unmarked": lambda: vas((-7, 62), (0, 40)),
    "treatment_day_after": lambda: vas((-7, 62), point(0, 40, timing=VisitTiming.AFTER)),
    "single_no_baseline": lambda: vas((182, 35)),
    "no_baseline": lambda: vas((182, 35), (365, 40)),
    "no_treatment": lambda: vas((-7, 62), (182, 35), treated=False, chosen=(WHOLE,)),
    "last_visit_missing": lambda: vas((-7, 62), (182, 35), (365, None)),
    "imputed": lambda: womac("function", (-7, 40), point(182, 36.5, imputed=2)),
    # -- change ------------------------------------------------------------------------------------------------------
    "unchanged": lambda: vas((-7, 62), (182, 62)),
    "baseline_of_nought": lambda: vas((-7, 0), (182, 12)),
    "half_points": lambda: vas((-7, 31.5), (182, 6.2)),
    "since_last": lambda: vas((-7, 62), (91, 50), (182, 55)),
    "since_last_same": lambda: vas((-7, 62), (91, 55), (182, 55)),
    "further_treatment": lambda: vas((-7, 62), (182, 35), further=(90, 120)),
    "further_treatment_later": lambda: vas((-7, 62), (182, 35), further=(200,)),
    "own_scale_better": lambda: compared(series(plain(), "mark", (-7, 20), (182, 30))),
    "own_scale_worse": lambda: compared(series(plain(), "mark", (-7, 30), (182, 20), context=Context.MEAN)),
    # -- six cells ---------------------------------------------------------------------------------------------------
    "reached_unknown": lambda: vas((-7, 62), (182, 30)),
    "reached_one_of_two": lambda: vas((-7, 62), (182, 40)),
    "reached_beyond": lambda: nrs((-7, 8), (182, 3)),
    "reached_within": lambda: womac("function", (-7, 19), (182, 13)),
    "not_reached_unknown": lambda: vas((-7, 62), (182, 60)),
    "not_reached_beyond": lambda: womac("function", (-7, 60), (182, 50)),
    "not_reached_within": lambda: nrs((-7, 8), (182, 7)),
    "no_limit_unknown": lambda: vas((-7, 40), (182, 55)),
    "no_limit_beyond": lambda: womac("function", (-7, 20), (182, 40)),
    "no_limit_within": lambda: womac("function", (-7, 20), (182, 22)),
    "two_errors": lambda: _with_error_limits(("mdc90", 20), ("mdc95", 24.5)),
    "range_of_limits": _range_of_limits,
    # -- what was kept -----------------------------------------------------------------------------------------------
    "kept": lambda: vas((-7, 62), (182, 30), (365, 25)),
    "lost": lambda: vas((-7, 62), (182, 30), (365, 60)),
    "kept_then_lost": lambda: vas((-7, 62), (91, 30), (182, 30), (365, 60)),
    "reached_then_missing": lambda: vas((-7, 62), (182, 30), (365, None)),
    "kept_then_missing": lambda: vas((-7, 62), (91, 30), (182, 30), (365, None)),
    "small_change": lambda: compared(series("scim-iii", "total", (-7, 30), (182, 35)), **SCI),
    "responder_limits": lambda: vas((-7, 60), (182, 25), condition="tendinopathy", site="other-tendon"),
    # -- WOMAC -------------------------------------------------------------------------------------------------------
    "womac_met": lambda: womac_form((-7, 10, 4, 40), (182, 4, 2, 15)),
    "womac_not_met": lambda: womac_form((-7, 10, 4, 40), (182, 10, 4, 39)),
    "womac_undecided": lambda: womac_form((-7, 10, 4, 40), (182, 7.8, 4, 40)),
    "stiffness_worse": lambda: womac("stiffness", (-7, 2), (182, 5)),
    # -- steps -------------------------------------------------------------------------------------------------------
    "category_moved": lambda: whoqol("overall_qol", (-7, 25), (365, 50)),
    "category_stayed": lambda: whoqol("general_health", (-7, 75), (365, 75)),
    "category_no_baseline": lambda: whoqol("general_health", (182, 75), (365, 75)),
    "category_in_study": lambda: spinal("overall_qol", (-7, 25), (365, 50), scale_id="whoqol-bref"),
    "edss_better": lambda: multiple_sclerosis((-7, 4), (182, 3.5)),
    "edss_same": lambda: multiple_sclerosis((-7, 4), (182, 4)),
    "edss_worse": lambda: multiple_sclerosis((-7, 4), (91, 4), (182, 5)),
    "edss_own_rule": lambda: multiple_sclerosis((-7, 4), (182, 5), rules=OWN_RULE),
    "edss_from_high": lambda: multiple_sclerosis((-7, 6), (182, 6.5)),
    "edss_worse_confirmed": lambda: multiple_sclerosis((-7, 4), (91, 5), (182, 5.5)),
    # -- the neighbour scales ----------------------------------------------------------------------------------------
    "koos_better": lambda: knee("koos", "pain", (-7, 50), (182, 69.44444444444444)),
    "lequesne_better": lambda: knee("lequesne-knee", "total", (-7, 12.5), (182, 8)),
    "lysholm_worse": lambda: knee("lysholm", "total", (-7, 69), (182, 60)),
    "odi_within": lambda: back((-7, 44), (182, 38)),
    "odi_beyond": lambda: back((-7, 44), (182, 20)),
    "quickdash_better": lambda: elbow("quickdash", "quickdash", (-7, 52.27272727272727), (182, 13.636363636363637)),
    "prtee_better": lambda: elbow("prtee", "total", (-7, 55.5), (182, 30)),
    "sane_better": lambda: knee("sane", "sane", (-7, 40), (182, 70)),
    "walking_farther": lambda: knee("walk-distance", "metres", (-7, 310), (182, 412)),
    "walking_same": lambda: knee("walk-distance", "metres", (-7, 310), (182, 310)),
    # -- studies -----------------------------------------------------------------------------------------------------
    "place": lambda: spinal("light_touch", (-7, 58), (365, 70)),
    "place_visit_late": lambda: spinal("light_touch", (-7, 58), (375, 70)),
    "place_visit_early": lambda: spinal("light_touch", (-7, 58), (355, 70)),
    "lowest_tenth": lambda: spinal("light_touch", (-7, 20), (365, 18)),
    "highest_tenth": lambda: spinal("light_touch", (-7, 90), (365, 100)),
    "far_out": lambda: with_place(
        spinal("light_touch", (-7, 90), (365, 100)), better_than_lower=99.2, better_than_upper=99.9
    ),
    "far_out_below": lambda: with_place(
        spinal("light_touch", (-7, 20), (365, 18)), better_than_lower=0.2, better_than_upper=3.6
    ),
    "over_99": lambda: with_place(
        spinal("light_touch", (-7, 90), (365, 100)), better_than_lower=98.7, better_than_upper=99.9
    ),
    "under_1": lambda: with_place(
        spinal("light_touch", (-7, 20), (365, 18)), better_than_lower=0.1, better_than_upper=0.7
    ),
    "few_people": lambda: few_people(spinal("light_touch", (-7, 58), (365, 70))),
    "two_cohorts": lambda: spinal(
        "total", (-7, 30), (365, 33), scale_id="scim-iii", chosen=(CERVICAL, WHOLE), site="cervical", level="C5"
    ),
    "started_outside": lambda: spinal("light_touch", (-7, 110), (365, 111)),
    "study_without_baseline": lambda: spinal("light_touch", (365, 70)),
    "no_visit_in_window": lambda: spinal("light_touch", (-7, 58), (182, 70)),
    "position_above": lambda: _position(Position.ABOVE),
    "position_within": lambda: _position(Position.WITHIN),
    "position_below": lambda: _position(Position.BELOW, direction=Direction.LOWER_BETTER),
    "refused_by_doubt": lambda: with_refusal(
        spinal("light_touch", (-7, 110), (365, 111)),
        reason=msg("no percentile: not used for comparison. {doubt}", doubt=Text("It is doubtful.", "存疑。")),
    ),
    "not_fitting": lambda: spinal("light_touch", (-7, 58), (365, 70), ais="C"),
    "score_not_reported": lambda: spinal("self_care", (-7, 8), (365, 9), scale_id="scim-iii", chosen=(WHOLE, CERVICAL)),
    "none_chosen": lambda: spinal("light_touch", (-7, 58), (365, 70), chosen=()),
    "control_arm": lambda: with_cohort(spinal("light_touch", (-7, 58), (365, 70)), role=ArmRole.CONTROL),
    "controlled": lambda: with_study(spinal("light_touch", (-7, 58), (365, 70)), controlled=True),
    "control_unknown": lambda: with_study(spinal("light_touch", (-7, 58), (365, 70)), controlled=Absent.NOT_SEEN),
    "number_unknown": lambda: with_study(spinal("light_touch", (-7, 58), (365, 70)), n=Absent.NOT_SEEN),
    "natural_recovery": _early,
    # -- the whole episode -------------------------------------------------------------------------------------------
    "whole_episode": _whole_episode,
}


def _position(position, direction=Direction.HIGHER_BETTER):
    made = with_refusal(spinal("light_touch", (-7, 110), (365, 111)), position=position)
    panel = made.panels[0]
    course = replace(panel.course, score=replace(panel.score, direction=direction))
    return replace(made, panels=(replace(panel, course=course), *made.panels[1:]))


def every_score():
    """Each score that has a chart, better, worse and the same, in every circumstance its scale asks about."""
    for found in catalogue().values():
        for score in (one for one in found.scores if one.charted):
            low, high = sorted((score.minimum, score.maximum))
            for context in found.contexts:
                for start, end in ((low, high), (high, low), (low, low)):
                    yield compared(
                        series(found, score.code, (-7, start), (182, end), context=Context(context)), condition="other"
                    )
