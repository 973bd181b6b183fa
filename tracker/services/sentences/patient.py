"""What is said to the patient under a panel: plain short words, what was measured, and what that cannot show.

No rank in the worst tenth, no interval from fewer people than a number needs, no advice, no word of the trade.
"""

from collections.abc import Iterator, Mapping, Sequence

from tracker.core.messages import Message, msg
from tracker.core.numbers import plain_number, show_number
from tracker.reference.basis import Refusal
from tracker.reference.codes import value_of
from tracker.reference.model import Study
from tracker.reference.place import Place, Statement
from tracker.scales.change import AgainstError, Cell, Change, Trend
from tracker.services.comparison import CohortComparison, CohortPoint, Comparison, PanelComparison, PointComparison
from tracker.services.sentences.parts import State, chosen, each_once, scored, share_range, show, state_of
from tracker.services.sentences.places import told_point
from tracker.services.sentences.quantities import is_edss, quantity_of
from tracker.services.sentences.steps import category, single_item

BY_ITSELF = msg(
    "In the first year after this kind of injury many people regain something by themselves; this picture cannot tell"
    " that from the treatment."
)
NOT_THE_CAUSE = msg("These results show what was measured, not what caused it.")


def patient(panel: PanelComparison, comparison: Comparison) -> tuple[Message, ...]:
    """Return the sentences under *panel* in the patient's voice."""
    return each_once(_sentences(panel, comparison))


def _sentences(panel: PanelComparison, comparison: Comparison) -> Iterator[Message]:
    state, latest = state_of(panel, comparison), panel.latest
    if latest is None:
        yield _no_result(panel)
        return
    since = latest.since_baseline if state is State.FOLLOWED else None
    if since is not None:
        yield _change(panel, latest, since)
        if since.trend is not Trend.SAME and single_item(panel) is None:
            yield from size_sentences(latest.cells)
    else:
        yield _result(panel, latest)
        yield _not_compared(panel, comparison, state)
    if latest.after is not None:
        yield msg("Before this result there was a further treatment, on {date}.", date=latest.after.date.isoformat())
    read = [cohort for cohort in chosen(panel, comparison) if cohort.usable and cohort.points]
    if state is not State.NOT_FOLLOWED:
        yield from _places(panel, read)
    yield from study_sentences([cohort.study for cohort in read])
    if panel.natural_recovery is not None:
        yield BY_ITSELF
    if since is not None:
        yield NOT_THE_CAUSE


def size_sentences(cells: Sequence[Cell]) -> Iterator[Message]:
    """Yield how large a change is to people, and whether it may be chance; the most doubtful error counts."""
    if cells:
        yield _matter(cells[0])
        yield _CHANCE[most_doubtful(cells)]


def most_doubtful(cells: Sequence[Cell]) -> AgainstError:
    """Return the most doubtful of what the published errors say of a change."""
    return min((cell.error for cell in cells), key=list(_CHANCE).index)


def study_sentences(studies: Sequence[Study]) -> Iterator[Message]:
    """Yield what each study was, once, and what it cannot show."""
    for study in {study.id: study for study in studies}.values():
        n, controlled = value_of(study.passport.n), value_of(study.passport.controlled)
        values: dict[str, object] = {"study": study.short_name}
        if controlled is None:
            yield msg("Whether the study ({study}) had a comparison group is not known.", **values)
        elif controlled:
            yield msg("The study ({study}) had a comparison group.", **values)
        elif n is None:
            yield msg(
                "The study ({study}) had no comparison group, so it cannot show what the treatment itself did.",
                **values,
            )
        else:
            yield msg(
                "The study ({study}) followed {n} treated people and had no comparison group, so it cannot show what"
                " the treatment itself did.",
                **values,
                n=n,
            )


def _no_result(panel: PanelComparison) -> Message:
    what = quantity_of(panel).noun
    if panel.points:
        return msg("No result could be worked out for {what} so far.", what=what)
    return msg("No result for {what} yet.", what=what)


def _ends(panel: PanelComparison) -> Message:
    score = panel.score
    if is_edss(panel):  # its upper end is death: no anchor to tell a patient
        return msg("on a scale where lower is better")
    if score.open_ended:
        return msg("in {unit}, where more is better", unit=score.unit)
    return msg(
        "on a scale from {low} ({low_end}) to {high} ({high_end})",
        low=plain_number(score.minimum),
        low_end=score.low_anchor,
        high=plain_number(score.maximum),
        high_end=score.high_anchor,
    )


def _change(panel: PanelComparison, latest: PointComparison, since: Change) -> Message:
    words, item = quantity_of(panel), single_item(panel)
    values: dict[str, object] = {"date": latest.date.isoformat(), "what": words.noun}
    if since.trend is not Trend.SAME:
        values["trend"] = words.better if since.trend is Trend.BETTER else words.worse
        del values["what"]
    if item is not None and item.allowed is not None:
        before, after = category(panel, item, since.reference), category(panel, item, since.value)
        if since.trend is Trend.SAME:
            return msg(
                "The answer on {what} is the same as before the treatment: {after} ({date}).", **values, after=after
            )
        return msg(
            "{trend} than before the treatment: the answer moved from {before} to {after} of {count} steps ({date}).",
            **values,
            before=before,
            after=after,
            count=len(item.allowed),
        )
    values |= {"after": show(panel, since.value), "ends": _ends(panel)}
    if since.trend is Trend.SAME:
        return msg("The result for {what} is the same as before the treatment: {after} on {date}, {ends}.", **values)
    return msg(
        "{trend} than before the treatment: {after} on {date}, {before} before, {ends}.",
        **values,
        before=show(panel, since.reference),
    )


def _result(panel: PanelComparison, latest: PointComparison) -> Message:
    assert latest.value is not None
    words, item = quantity_of(panel), single_item(panel)
    values: dict[str, object] = {"what": words.noun, "date": latest.date.isoformat()}
    if item is not None and item.allowed is not None:
        return msg(
            "The answer on {what} on {date} is {value} of {count} steps.",
            **values,
            value=category(panel, item, latest.value),
            count=len(item.allowed),
        )
    return msg(
        "The result for {what} on {date} is {value}, {ends}.",
        **values,
        value=show(panel, latest.value),
        ends=_ends(panel),
    )


def _not_compared(panel: PanelComparison, comparison: Comparison, state: State) -> Message:
    if state is State.NOT_FOLLOWED:
        return msg("No result is known to be from after the treatment yet, so nothing can be said of a change.")
    if comparison.course.index_treatment is None:
        return msg("No treatment is recorded, so a change since a treatment cannot be given.")
    if len(scored(panel)) == 1:
        return msg(
            "It is the only result so far, and not known to be from before the treatment: no change can be seen."
        )
    return msg("No result is known to be from before the treatment, so a change since then cannot be given.")


def _matter(cell: Cell) -> Message:
    if not cell.limits:
        return msg("How large a change has to be to matter to people is not known for this score.")
    if cell.reached == cell.limits:
        return msg("Other patients called a change of this size important.")
    if cell.reached:
        return msg("By some published limits patients call a change of this size important, by others not.")
    return msg("The changes that other patients called important were larger.")


_CHANCE: Mapping[AgainstError, Message] = {
    AgainstError.WITHIN: msg("It may be no more than the usual ups and downs of measuring."),
    AgainstError.UNKNOWN: msg("The usual ups and downs of this score are not known, so chance cannot be ruled out."),
    AgainstError.BEYOND: msg("It is larger than the usual ups and downs of measuring."),
}
"""The most doubtful first."""


def _places(panel: PanelComparison, cohorts: Sequence[CohortComparison]) -> Iterator[Message]:
    """Yield the places; why there is none only for a study that gives none in any of its groups."""
    told = {cohort.key: told_point(cohort) for cohort in cohorts}
    placed = {cohort.study.id for cohort in cohorts if told[cohort.key].place is not None}
    for cohort in cohorts:
        point = told[cohort.key]
        if point.place is not None and point.visit is not None:
            yield from _told(panel, point, point.place, point.visit.point.date.isoformat())
        elif cohort.study.id not in placed:
            yield from _not_placed(cohort, point)


def _not_placed(cohort: CohortComparison, point: CohortPoint) -> Iterator[Message]:
    if point.refused is not None and point.refused.code is Refusal.STARTED_OUTSIDE:
        yield msg(
            "The result before the treatment was outside what the study ({study}) saw, so the two are not compared.",
            study=cohort.study.short_name,
        )
    elif point.visit is None:
        yield msg("No result fits the times of the study ({study}) after treatment.", study=cohort.study.short_name)
    else:
        yield msg("This result cannot be compared with the study ({study}).", study=cohort.study.short_name)


def _told(panel: PanelComparison, point: CohortPoint, place: Place, date: str) -> Iterator[Message]:
    if place.statement is Statement.INTERVAL_ONLY:
        yield msg("The study is too small to say where this result stands in it ({n} people).", n=place.n)
        return
    if place.in_worst_tenth:
        return
    values: dict[str, object] = {
        "better": quantity_of(panel).better,
        "date": date,
        "n": place.n,
        "months": plain_number(point.drawn.months),
        "range": share_range(place.better_than_lower, place.better_than_upper),
    }
    if place.statement is Statement.NUMBER:
        yield msg(
            "{better} on {date} than about {number} of 100 people like the {n} studied, {months} months after"
            " treatment; it could be {range}.",
            **values,
            number=show_number(place.better_than),
        )
    else:
        yield msg(
            "{better} on {date} than most people like the {n} studied, {months} months after treatment: than {range}"
            " of 100.",
            **values,
        )
