"""What an import is held to: each record fits the others, each answer its scale, nothing is there twice."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.conditions import conditions
from tracker.clinic.lifetime import check_after_birth
from tracker.clinic.records import AdverseEvent, Assessment, Episode, InvalidRecordError, Patient, Treatment, Visit
from tracker.core.messages import Message, msg
from tracker.exchange.importing import Imported
from tracker.scales import catalogue
from tracker.scales.errors import InvalidResponseError, UnknownPolicyError, UnknownScaleError
from tracker.scales.model import About, Scale
from tracker.scales.scoring import find_policy, score
from tracker.services.answers import check_complete
from tracker.services.policies import policy_in_force

if TYPE_CHECKING:
    from tracker.store.reading import Reader

Refuse = Callable[[str, str, Message], None]
"""Notes a problem: the record's key, the column, what is wrong."""


def check(found: Imported, reader: "Reader") -> Mapping[str, str]:
    """Note every problem of *found* beside what the file holds; returns the policies to choose, by scale."""

    def refuse(key: str, column: str, message: Message) -> None:
        file, line = found.lines[key]
        found.problems.add(file, line, column, message)

    _check_new(found, reader, refuse)
    _check_links(found, refuse)
    _check_births(found, refuse)
    _check_assessments(found, refuse)
    return _policies(found, reader, refuse)


def _check_new(found: Imported, reader: "Reader", refuse: Refuse) -> None:
    tables: tuple[tuple[type, Iterable[Patient | Episode | Treatment | Visit | Assessment | AdverseEvent]], ...] = (
        (Patient, found.patients),
        (Episode, found.episodes),
        (Treatment, found.treatments),
        (Visit, found.visits),
        (Assessment, found.assessments),
        (AdverseEvent, found.events),
    )
    there: set[str] = set()
    for kind, records in tables:
        keys = reader.keys_there(kind, [record.id for record in records])
        there.update(keys)
        if len(keys) == 1:
            refuse(min(keys), "", msg("is in the file already (or was and is removed)"))
        elif keys:  # a folder imported twice is one mistake a table, not one a row
            message = msg(
                "is the first of {count} rows that are in the file already (or were and are removed)", count=len(keys)
            )
            refuse(min(keys, key=lambda one: found.lines[one]), "", message)
    numbers: set[str] = set()
    for patient in found.patients:
        if patient.id in there:
            continue
        if patient.patient_number in numbers or reader.patients_numbered(patient.patient_number):
            refuse(patient.id, "patient_number", msg("this patient number is already in use: give another one"))
        numbers.add(patient.patient_number)


def _check_links(found: Imported, refuse: Refuse) -> None:
    patients = {patient.id for patient in found.patients}
    episodes = {episode.id: episode.patient_id for episode in found.episodes}
    treated = {treatment.id: treatment.episode_id for treatment in found.treatments}
    for episode in found.episodes:
        if episode.condition not in conditions():
            refuse(episode.id, "condition", msg("no condition {id} is known", id=episode.condition))
    owned_records: tuple[Episode | Visit | AdverseEvent, ...] = (*found.episodes, *found.visits, *found.events)
    for owned in owned_records:
        if owned.patient_id not in patients:
            refuse(owned.id, "patient_id", msg("is of no patient in patients.csv"))
    flagged: set[str] = set()
    for treatment in found.treatments:
        if treatment.episode_id not in episodes:
            refuse(treatment.id, "episode_id", msg("is of no episode in episodes.csv"))
        elif treatment.is_index and treatment.episode_id in flagged:
            refuse(treatment.id, "is_index", msg("another treatment of the episode is flagged as the index treatment"))
        if treatment.is_index:
            flagged.add(treatment.episode_id)
    for event in found.events:
        _check_event(event, episodes, treated, refuse)


def _check_births(found: Imported, refuse: Refuse) -> None:
    patients = {patient.id: patient for patient in found.patients}
    of_episode = {episode.id: episode.patient_id for episode in found.episodes}
    dated: list[tuple[str, str | None, date]] = [(one.id, one.patient_id, one.date) for one in found.visits]
    dated += [(one.id, one.patient_id, one.date) for one in found.events]
    dated += [(one.id, of_episode.get(one.episode_id), one.date) for one in found.treatments]
    for key, patient_id, day in dated:
        patient = patients.get(patient_id or "")
        if patient is None:
            continue
        try:
            check_after_birth(patient, day)
        except InvalidRecordError as error:
            refuse(key, error.field, error.message)


def _check_event(event: AdverseEvent, episodes: Mapping[str, str], treated: Mapping[str, str], refuse: Refuse) -> None:
    if event.episode_id is not None and episodes.get(event.episode_id) != event.patient_id:
        refuse(event.id, "episode_id", msg("this episode belongs to another patient"))
    if event.treatment_id is None:
        return
    episode_id = treated.get(event.treatment_id)
    if episode_id is None or episodes.get(episode_id) != event.patient_id:
        refuse(event.id, "treatment_id", msg("this treatment belongs to another patient"))
    elif event.episode_id not in {None, episode_id}:
        refuse(event.id, "treatment_id", msg("this treatment belongs to another episode"))


def _check_assessments(found: Imported, refuse: Refuse) -> None:
    episodes = {episode.id: episode.patient_id for episode in found.episodes}
    visits = {visit.id: visit.patient_id for visit in found.visits}
    places: set[tuple[str, str, str, str | None]] = set()
    for one in found.assessments:
        place = (one.visit_id, one.scale, one.context.value, one.episode_id)
        if place in places:
            refuse(one.id, "", msg("the same scale stands twice at this visit"))
        places.add(place)
        if one.visit_id not in visits:
            refuse(one.id, "visit_id", msg("is of no visit in visits.csv"))
        elif one.episode_id is not None and episodes.get(one.episode_id) != visits[one.visit_id]:
            refuse(one.id, "episode_id", msg("this episode belongs to another patient"))
        _check_form(one, refuse)


def _check_form(one: Assessment, refuse: Refuse) -> None:
    try:
        scale = catalogue.scale(one.scale, one.scale_version)
        find_policy(scale, one.policy)
    except UnknownScaleError as error:
        refuse(one.id, "scale", error.message)
        return
    except UnknownPolicyError as error:
        refuse(one.id, "policy", error.message)
        return
    if (scale.about is About.EPISODE) is (one.episode_id is None):
        refuse(one.id, "episode_id", msg("is given where the scale is about an episode, and nowhere else"))
    if one.context.value not in scale.contexts:
        refuse(
            one.id,
            "context",
            msg("{scale} is not asked in the context {context}", scale=scale.short_title, context=one.context),
        )
    _check_answers(one, scale, refuse)


def _check_answers(one: Assessment, scale: Scale, refuse: Refuse) -> None:
    try:
        if one.status is AssessmentStatus.COMPLETE:
            check_complete(scale, one.responses, one.missing)
        else:
            score(scale, one.responses, one.policy)
    except InvalidResponseError as error:
        refuse(one.id, "", error.message)


def _policies(found: Imported, reader: "Reader", refuse: Refuse) -> Mapping[str, str]:
    """Return the policy of each scale that is not the one in force; a file keeps to one policy a scale."""
    facts, chosen = reader.facts(), dict[str, str]()
    in_use = reader.scales_in_use()
    for scale_id, scored in _scored_by(found.assessments).items():
        in_force = policy_in_force(catalogue.catalogue()[scale_id], facts).id
        wanted = in_force
        if scale_id not in in_use:  # what most are scored by: the others are named, however the rows are ordered
            wanted = max(scored, key=lambda policy: (len(scored[policy]), policy == in_force))
        if wanted != in_force:
            chosen[scale_id] = wanted
        message = msg(
            "{scale} is scored by “{policy}” in this file: choose one policy first", scale=scale_id, policy=wanted
        )
        for one in (one for policy, those in scored.items() if policy != wanted for one in those):
            refuse(one.id, "policy", message)
    return chosen


def _scored_by(assessments: Iterable[Assessment]) -> Mapping[str, Mapping[str, list[Assessment]]]:
    """Return the complete assessments by scale and policy; what is not known is refused on its own."""
    found: dict[str, dict[str, list[Assessment]]] = {}
    for one in assessments:
        scale = catalogue.catalogue().get(one.scale)
        known = scale is not None and one.policy in {policy.id for policy in scale.policies}
        if known and one.status is AssessmentStatus.COMPLETE:
            found.setdefault(one.scale, {}).setdefault(one.policy, []).append(one)
    return found
