"""A sentence appears where its condition holds and nowhere else: in courses made by hand and in a whole demo."""

from collections.abc import Callable

import pytest

from tests.services.sentences.cases import CASES
from tracker.clinic.codes import VisitTiming
from tracker.core.messages import Message
from tracker.reference.basis import Refusal
from tracker.reference.codes import Absent, ArmRole
from tracker.reference.place import Statement
from tracker.scales.change import AgainstError, Trend
from tracker.scales.held import Holding
from tracker.scales.responders import Confirmation, edss_worsening
from tracker.services.sentences.clinician import clinician
from tracker.services.sentences.paragraph import paragraph
from tracker.services.sentences.patient import patient


def latest(panel):
    valued = [point for point in panel.points if point.value is not None]
    return valued[-1] if valued else None


def is_after(point, comparison):
    index = comparison.course.index_treatment
    if point is None or index is None:
        return False
    return point.date > index.date or (point.date == index.date and point.point.timing is VisitTiming.AFTER)


def change(panel, comparison):
    last = latest(panel)
    return last.since_baseline if is_after(last, comparison) else None


def few_steps(panel):
    return panel.scale.id == "whoqol-bref" and panel.score.code in {"overall_qol", "general_health"}


def in_steps(panel):
    return few_steps(panel) or panel.scale.id == "edss"


def moved(panel, comparison):
    since = change(panel, comparison)
    return since is not None and since.trend is not Trend.SAME


def cells(panel, comparison, error, *, limits=None, reached=None):
    """Whether the change lies in a cell that is told."""
    if not moved(panel, comparison) or in_steps(panel):
        return False
    return any(
        cell.error is error
        and (limits is None or bool(cell.limits) is limits)
        and (reached is None or bool(cell.reached) is reached)
        for cell in latest(panel).cells
    )


def read(panel, comparison):
    if comparison.course.index_treatment is None or latest(panel) is None:
        return []
    return [cohort for cohort in panel.cohorts if cohort.chosen and cohort.usable and cohort.points]


def told(cohort):
    """The last month after the start with a visit, else None."""
    visited = [point for point in cohort.points if point.drawn.months > 0 and point.visit is not None]
    return max(visited, key=lambda point: point.drawn.months, default=None)


def places(panel, comparison):
    points = [told(cohort) for cohort in read(panel, comparison)]
    return [point.place for point in points if point is not None and point.place is not None]


def placed(panel, comparison, statement):
    return any(place.statement is statement for place in places(panel, comparison))


def kinds_kept(panel):
    """The last run of each limit that is told: MCIDs whose derivation was checked, if any."""
    last = {held.threshold.id: held for held in panel.held}.values()
    important = [held for held in last if held.threshold.kind == "mcid" and held.threshold.verified]
    return important or list(last)


def held(panel, holding, *, over):
    return latest(panel) is not None and any(
        one.holding is holding and (one.visits > 1) is over for one in kinds_kept(panel)
    )


def total_with(panel, comparison, met):
    last = latest(panel)
    if last is None or not panel.scale.id.startswith("womac") or panel.score.code != "total":
        return False
    return any(one.met is met for one in comparison.responses if one.date == last.date)


NO_RULE = object()


def rule_found(panel, comparison):
    """What the rule for EDSS finds by hand: NO_RULE where it has nothing to say."""
    if panel.scale.id != "edss" or change(panel, comparison) is None or comparison.course.condition.id != "ms":
        return NO_RULE
    visits = [(one.date, one.value) for one in panel.points if one.since_baseline is not None]
    found = edss_worsening(panel.baseline.value, visits, panel.worsening.rule)
    return None if found is None else found.confirmation


BEYOND, WITHIN, UNKNOWN = AgainstError.BEYOND, AgainstError.WITHIN, AgainstError.UNKNOWN
CLINICIAN: dict[str, Callable] = {
    "No visit with this score yet": lambda p, c: not p.points,
    "No score at any visit so far": lambda p, c: bool(p.points) and latest(p) is None,
    "Single score so far": lambda p, c: (
        sum(point.value is not None for point in p.points) == 1 and change(p, c) is None
    ),
    "Last score ": lambda p, c: p.baseline is None and sum(point.value is not None for point in p.points) > 1,
    "Baseline {value}": lambda p, c: (
        p.baseline is not None and change(p, c) is None and sum(point.value is not None for point in p.points) > 1
    ),
    "Unchanged": lambda p, c: change(p, c) is not None and not moved(p, c) and not in_steps(p),
    "{trend}: {before}": lambda p, c: moved(p, c) and not in_steps(p),
    "No percentage": lambda p, c: change(p, c) is not None and p.score.percent_change and change(p, c).reference == 0,
    "Moved from category": lambda p, c: moved(p, c) and few_steps(p),
    "Stayed in category": lambda p, c: change(p, c) is not None and not moved(p, c) and few_steps(p),
    "No worsening by rule": lambda p, c: rule_found(p, c) is None,
    "Worsening by rule (a rise of {needed} or more) since {since}, confirmed": lambda p, c: (
        rule_found(p, c) is Confirmation.CONFIRMED
    ),
    "Worsening by rule (a rise of {needed} or more) since {since}, not": lambda p, c: (
        rule_found(p, c) is Confirmation.UNCONFIRMED
    ),
    "The rule defines worsening only": lambda p, c: (
        moved(p, c) and p.scale.id == "edss" and change(p, c).trend is Trend.BETTER
    ),
    "The figures of the rule": lambda p, c: rule_found(p, c) is not NO_RULE and p.worsening.rule.days == 100,
    "EDSS moved": lambda p, c: moved(p, c) and p.scale.id == "edss",
    "As large as the change patients called important ({limits}), and": lambda p, c: cells(p, c, BEYOND, reached=True),
    "As large as the change patients called important ({limits}), but": lambda p, c: cells(p, c, WITHIN, reached=True),
    "As large as the change patients called important ({limits});": lambda p, c: cells(p, c, UNKNOWN, reached=True),
    "Beyond measurement error ({error}), but": lambda p, c: cells(p, c, BEYOND, limits=True, reached=False),
    "Within measurement error ({error}), and": lambda p, c: cells(p, c, WITHIN, limits=True, reached=False),
    "Smaller than the change": lambda p, c: cells(p, c, UNKNOWN, limits=True, reached=False),
    "Beyond measurement error ({error});": lambda p, c: cells(p, c, BEYOND, limits=False),
    "Within measurement error ({error});": lambda p, c: cells(p, c, WITHIN, limits=False),
    "Measurement error: no published figure": lambda p, c: cells(p, c, UNKNOWN, limits=False),
    "Reached at month {months}, the last visit so far": lambda p, c: held(p, Holding.ONCE, over=False),
    "Reached at month {months}, kept at month {kept}:": lambda p, c: held(p, Holding.KEPT, over=True),
    "Reached at month {months}, not held": lambda p, c: held(p, Holding.LOST, over=False),
    "Reached at month {months}, kept at month {kept}, not held": lambda p, c: held(p, Holding.LOST, over=True),
    "Reached at month {months}; no score": lambda p, c: held(p, Holding.UNKNOWN, over=False),
    "Reached at month {months}, kept at month {kept}; no score": lambda p, c: held(p, Holding.UNKNOWN, over=True),
    "No score at the last visit": lambda p, c: latest(p) is not None and p.points[-1].value is None,
    "Missing items of the last score": lambda p, c: latest(p) is not None and latest(p).point.imputed_items > 0,
    "The last score is after further treatment": lambda p, c: (
        latest(p) is not None and any(is_after_other(latest(p), one) for one in c.further)
    ),
    "The total is the sum of three parts": lambda p, c: (
        latest(p) is not None and p.scale.id.startswith("womac") and p.score.code == "total"
    ),
    "Responder criteria met": lambda p, c: total_with(p, c, met=True),
    "Not decided": lambda p, c: total_with(p, c, met=None),
    "No responder criterion": lambda p, c: total_with(p, c, met=False) and not total_with(p, c, met=True),
    "No reference chosen": lambda p, c: unchosen(p, c) and any(cohort.usable for cohort in p.cohorts),
    "No reference: no cohort": lambda p, c: unchosen(p, c) and not any(cohort.usable for cohort in p.cohorts),
    "No reference from": lambda p, c: (
        c.course.index_treatment is not None
        and latest(p) is not None
        and any(cohort.chosen and cohort not in read(p, c) for cohort in p.cohorts)
    ),
    "{better} than about {number}": lambda p, c: placed(p, c, Statement.NUMBER),
    "{better} than {range} of 100 people like those in {study} at {when} (from {n} people: too few": lambda p, c: (
        placed(p, c, Statement.INTERVAL_ONLY)
    ),
    "With care": lambda p, c: any(place.flags for place in places(p, c)),
    "Uncontrolled study": lambda p, c: any(one.study.passport.controlled is False for one in read(p, c)),
    "Whether this study had": lambda p, c: any(isinstance(one.study.passport.controlled, Absent) for one in read(p, c)),
    "{study} is a control arm": lambda p, c: any(one.cohort.role is ArmRole.CONTROL for one in read(p, c)),
    "People with complete neck injuries": lambda p, c: latest(p) is not None and p.natural_recovery is not None,
}
PATIENT: dict[str, Callable] = {
    "No result for": lambda p, c: not p.points,
    "No result could be worked out": lambda p, c: bool(p.points) and latest(p) is None,
    "{trend} than before the treatment": moved,
    "The result for {what} is the same": lambda p, c: change(p, c) is not None and not moved(p, c) and not few_steps(p),
    "Other patients called a change of this size": lambda p, c: size(
        p, c, lambda cell: cell.reached == cell.limits > 0
    ),
    "By some published limits": lambda p, c: size(p, c, lambda cell: 0 < cell.reached < cell.limits),
    "The changes that other patients called important": lambda p, c: size(
        p, c, lambda cell: cell.limits > 0 == cell.reached
    ),
    "How large a change has to be": lambda p, c: size(p, c, lambda cell: cell.limits == 0),
    "It may be no more than": lambda p, c: chance(p, c) is WITHIN,
    "The usual ups and downs of this score": lambda p, c: chance(p, c) is UNKNOWN,
    "It is larger than the usual": lambda p, c: chance(p, c) is BEYOND,
    "Before this result there was": CLINICIAN["The last score is after further treatment"],
    "{better} on {date} than about {number}": lambda p, c: (
        followed(p, c)
        and any(
            place.statement is Statement.NUMBER and place.n >= 20 and place.better_than >= 10 for place in places(p, c)
        )
    ),
    "{better} on {date} than most": lambda p, c: (
        followed(p, c)
        and any(
            place.statement in {Statement.LOWEST_TENTH, Statement.HIGHEST_TENTH}
            and place.n >= 20
            and place.better_than > 90
            for place in places(p, c)
        )
    ),
    "The study is too small": lambda p, c: followed(p, c) and any(place.n < 20 for place in places(p, c)),
    "The result before the treatment was outside": lambda p, c: followed(p, c) and outside(p, c),
    "In the first year after": lambda p, c: latest(p) is not None and p.natural_recovery is not None,
    "These results show what was measured": lambda p, c: change(p, c) is not None,
    "No treatment is recorded": lambda p, c: latest(p) is not None and c.course.index_treatment is None,
    "The study ({study}) had a comparison group": lambda p, c: any(
        one.study.passport.controlled is True for one in read(p, c)
    ),
}


def is_after_other(point, treatment):
    marked = point.date == treatment.date and point.point.timing is VisitTiming.AFTER
    return point.date > treatment.date or marked


def unchosen(panel, comparison):
    return (
        latest(panel) is not None
        and comparison.course.index_treatment is not None
        and not any(cohort.chosen for cohort in panel.cohorts)
    )


def followed(panel, comparison):
    return panel.baseline is None or change(panel, comparison) is not None


def size(panel, comparison, holds):
    return moved(panel, comparison) and not few_steps(panel) and any(holds(cell) for cell in latest(panel).cells[:1])


def chance(panel, comparison):
    if not moved(panel, comparison) or few_steps(panel):
        return None
    errors = {cell.error for cell in latest(panel).cells}
    return next((error for error in (WITHIN, UNKNOWN, BEYOND) if error in errors), None)


def outside(panel, comparison):
    cohorts = read(panel, comparison)
    placed_studies = {one.study.id for one in cohorts if told(one) is not None and told(one).place is not None}
    return any(
        told(one) is not None
        and told(one).refused is not None
        and told(one).refused.code is Refusal.STARTED_OUTSIDE
        and one.study.id not in placed_studies
        for one in cohorts
    )


@pytest.fixture(scope="module")
def panels(demo_comparisons):
    """Every panel of the demo and of the courses made by hand, with what is said under it."""
    comparisons = [*demo_comparisons, *(make() for make in CASES.values())]
    return [
        (comparison, panel, clinician(panel, comparison), patient(panel, comparison))
        for comparison in comparisons
        for panel in comparison.panels
    ]


def appears(start, messages):
    return any(message.text.startswith(start) for message in messages)


@pytest.mark.parametrize("start", CLINICIAN)
def test_a_sentence_for_the_clinician_appears_where_its_condition_holds_and_nowhere_else(panels, start):
    answers = set()
    for comparison, panel, said, _ in panels:
        holds = bool(CLINICIAN[start](panel, comparison))
        answers.add(holds)
        assert appears(start, said) is holds, (panel.series, [str(message) for message in said])
    assert answers == {True, False}


@pytest.mark.parametrize("start", PATIENT)
def test_a_sentence_for_the_patient_appears_where_its_condition_holds_and_nowhere_else(panels, start):
    answers = set()
    for comparison, panel, _, said in panels:
        holds = bool(PATIENT[start](panel, comparison))
        answers.add(holds)
        assert appears(start, said) is holds, (panel.series, [str(message) for message in said])
    assert answers == {True, False}


def test_nothing_is_said_twice(panels):
    for _comparison, _panel, *voices in panels:
        for said in voices:
            assert len({str(message) for message in said}) == len(said)


def test_a_patient_in_the_worst_tenth_is_told_no_rank(panels):
    seen = 0
    for comparison, panel, _, said in panels:
        worst = [place for place in places(panel, comparison) if place.better_than < 10 and place.n >= 20]
        if worst and len(worst) == len(places(panel, comparison)):
            seen += 1
            assert not any("{better}" in message.text for message in said)
    assert seen


def test_where_lower_is_better_a_place_names_what_there_is_less_of(panels):
    for _comparison, panel, *voices in panels:
        for message in (one for said in voices for one in said):
            if "better" in message.values and "{better}" in message.text:
                better = message.values["better"]
                assert isinstance(better, Message)
                assert str(better).startswith(("Less", "Fewer", "More", "Better"))
                assert (panel.score.direction == "lower_better") is str(better).startswith(("Less", "Fewer"))


def test_the_paragraph_sorts_every_score_once(demo_comparisons):
    for comparison in demo_comparisons:
        said = paragraph(comparison)
        trends = [message for message in said if message.text.startswith(("Better than", "Worse than", "The same as"))]
        changed = [
            panel
            for panel in comparison.panels
            if change(panel, comparison) is not None
            and not (panel.scale.id.startswith("womac") and panel.score.code == "total")
            and not (panel.scale.id == "scim-iii" and panel.score.code != "total")
        ]
        assert bool(trends) is bool(changed)
        assert appears("These results show what was measured", said) is bool(changed)
        assert appears("Further treatment", said) is (
            bool(comparison.further) and any(panel.latest is not None for panel in comparison.panels)
        )
