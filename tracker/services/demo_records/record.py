"""One invented patient with everything that is recorded of them; scores are computed as for any patient."""

import datetime
from collections.abc import Mapping
from random import Random

from tracker.clinic.codes import AssessmentStatus, Context, EntryMode, MissingReason, Relatedness, Side, VisitTiming
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, StoredScore, Treatment, Visit
from tracker.core.dates import PartialDate
from tracker.core.keys import derived_key
from tracker.scales.catalogue import scale as find_scale
from tracker.scales.model import About, Answer, Score
from tracker.scales.scoring import score
from tracker.services.demo_records.people import Person

NOTE = "Synthetic record of the demo file"
_ASSESSORS = ("Assessor A (synthetic)", "Assessor B (synthetic)", "评估员丙（合成）")
_MODES = {
    "whoqol-bref": EntryMode.SELF,
    "isncsci": EntryMode.OBSERVED,
    "asia-totals": EntryMode.OBSERVED,
    "scim-iii": EntryMode.OBSERVED,
}


class Record:
    """Collects the records of one patient; keys are derived, so that the same arguments give the same file."""

    def __init__(self, random: Random, seed: int, number: str, person: Person) -> None:
        self.random = random
        self.chinese = person.chinese
        self._parts = ("demo", str(seed), number)
        self.patient = Patient(
            id=self._key("patient"),
            patient_number=number,
            name=person.name,
            latin_name=person.latin_name,
            sex=person.sex,
            birth_date=person.birth_date,
            note=NOTE,
        )
        self.episodes: list[Episode] = []
        self.treatments: list[Treatment] = []
        self.visits: dict[datetime.date, Visit] = {}
        self.assessments: dict[str, tuple[Assessment, tuple[StoredScore, ...]]] = {}
        self.events: list[AdverseEvent] = []

    def _key(self, *parts: str) -> str:
        return derived_key(*self._parts, *parts)

    def add_episode(
        self,
        condition: str,
        body_site: str | None,
        side: Side,
        onset: PartialDate | None,
        attributes: Mapping[str, str],
        read_against: tuple[str, ...] = (),
    ) -> Episode:
        """Add an episode of care."""
        episode = Episode(
            id=self._key("episode", str(len(self.episodes))),
            patient_id=self.patient.id,
            condition=condition,
            body_site=body_site,
            side=side,
            onset_date=onset,
            attributes=attributes,
            read_against=read_against,
        )
        self.episodes.append(episode)
        return episode

    def add_treatment(
        self, episode: Episode, day: datetime.date, given: tuple[str, str | None, str, str], *, is_index: bool
    ) -> Treatment:
        """Add a treatment: product, cell source, dose and route."""
        product, cell_source, dose, route = given
        treatment = Treatment(
            id=self._key("treatment", str(len(self.treatments))),
            episode_id=episode.id,
            date=day,
            product=product,
            cell_source=cell_source,
            dose=dose,
            route=route,
            lot=f"SYN-{self.random.randint(1000, 99999):05d}",
            is_index=is_index,
        )
        self.treatments.append(treatment)
        return treatment

    def visit_on(self, day: datetime.date, timing: VisitTiming, note: str | None = None) -> Visit:
        """Return the visit of *day*, added if there is none."""
        known = self.visits.get(day)
        if known is not None:
            return known
        visit = Visit(
            id=self._key("visit", day.isoformat()), patient_id=self.patient.id, date=day, timing=timing, note=note
        )
        self.visits[day] = visit
        return visit

    def assess(
        self,
        visit: Visit,
        scale_id: str,
        episode: Episode,
        context: Context,
        responses: Mapping[str, Answer],
        missing: Mapping[str, MissingReason] | None,
    ) -> None:
        """Add an assessment and its scores, once a visit; *missing* None: it stays a draft."""
        scale = find_scale(scale_id)
        episode_id = episode.id if scale.about is About.EPISODE else None
        key = self._key("assessment", visit.id, scale_id, context.value, episode_id or "")
        if key in self.assessments:
            return
        draft = missing is None
        hour = datetime.time(self.random.randint(1, 9), self.random.randint(0, 59))
        assessment = Assessment(
            id=key,
            visit_id=visit.id,
            scale=scale.id,
            scale_version=scale.version,
            policy=scale.policies[0].id,
            episode_id=episode_id,
            context=context,
            status=AssessmentStatus.DRAFT if draft else AssessmentStatus.COMPLETE,
            responses=responses,
            missing=missing or {},
            mode=_MODES.get(scale_id, EntryMode.INTERVIEW),
            assessor=self.random.choice(_ASSESSORS),
            completed_at=None if draft else datetime.datetime.combine(visit.date, hour, datetime.UTC),
        )
        self.assessments[key] = (assessment, () if draft else stored_scores(assessment))

    def add_event(
        self, day: datetime.date, days: int | None, found: tuple[str, int, Relatedness], treatment: Treatment | None
    ) -> None:
        """Add an adverse event: term, grade and relatedness; *days* None: it goes on."""
        term, grade, relatedness = found
        self.events.append(
            AdverseEvent(
                id=self._key("event", str(len(self.events))),
                patient_id=self.patient.id,
                date=day,
                term=term,
                grade=grade,
                relatedness=relatedness,
                episode_id=treatment.episode_id if treatment else None,
                treatment_id=treatment.id if treatment else None,
                end_date=None if days is None else day + datetime.timedelta(days=days),
            )
        )


def stored_scores(assessment: Assessment) -> tuple[StoredScore, ...]:
    """Return the scores of a complete assessment as they are kept."""
    scale = find_scale(assessment.scale, assessment.scale_version)
    outcomes = score(scale, assessment.responses, assessment.policy)
    return tuple(
        StoredScore(
            code=definition.code,
            series=definition.series,
            value=outcome.value if isinstance(outcome := outcomes[definition.code], Score) else None,
            reason=None if isinstance(outcome, Score) else outcome.reason,
            imputed_items=outcome.imputed_items if isinstance(outcome, Score) else 0,
        )
        for definition in scale.scores
    )
