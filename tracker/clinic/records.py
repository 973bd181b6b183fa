"""The records of the clinic as frozen dataclasses; ``version`` counts the changes of a row (0 = not yet stored)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.clinic.codes import (
    AssessmentStatus,
    Context,
    EntryMode,
    MissingReason,
    Relatedness,
    Role,
    Sex,
    Side,
    VisitTiming,
)
from tracker.core.dates import PartialDate
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales.model import Answer

LONGEST_USER_NAME = 80


class InvalidRecordError(TrackerError):
    """A record that cannot be, and which field says so."""

    def __init__(self, field_name: str, message: Message) -> None:
        super().__init__(message)
        self.field = field_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One person; ``patient_number`` is the clinic's own, unique and searchable."""

    id: str
    patient_number: str
    name: str
    latin_name: str | None = None
    sex: Sex = Sex.UNKNOWN
    birth_date: PartialDate | None = None
    note: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not self.patient_number.strip():
            raise InvalidRecordError("patient_number", msg("the patient number is empty: give the clinic's own number"))
        if not self.name.strip():
            raise InvalidRecordError("name", msg("the name is empty: give a name or initials"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode of care: one condition at one site, with its onset and what the study passports ask about."""

    id: str
    patient_id: str
    condition: str
    """Id of a condition file."""
    body_site: str | None = None
    side: Side = Side.NONE
    onset_date: PartialDate | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Condition's own attributes, by the codes of its file (``level``, ``ais``, ``grade`` ...)."""
    read_against: tuple[str, ...] = ()
    """Cohorts chosen to be drawn, as ``study/cohort``; the clinician's choice, kept."""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One treatment of an episode; ``is_index`` flags the one months are counted from."""

    id: str
    episode_id: str
    date: datetime.date
    product: str
    cell_source: str | None = None
    dose: str | None = None
    """As given, with its unit: ``5 mL``, ``50 million cells``."""
    route: str | None = None
    lot: str | None = None
    is_index: bool = False
    note: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not self.product.strip():
            raise InvalidRecordError("product", msg("the product is empty: say what was given"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of a patient on a local date."""

    id: str
    patient_id: str
    date: datetime.date
    timing: VisitTiming = VisitTiming.UNSTATED
    note: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One scale at one visit: answers exactly as given, missing reasons apart."""

    id: str
    visit_id: str
    scale: str
    scale_version: str
    policy: str
    episode_id: str | None = None
    """Set where the scale is about an episode, None where it is about the person."""
    context: Context = Context.UNSPECIFIED
    status: AssessmentStatus = AssessmentStatus.DRAFT
    responses: Mapping[str, Answer] = field(default_factory=dict)
    missing: Mapping[str, MissingReason] = field(default_factory=dict)
    mode: EntryMode = EntryMode.UNKNOWN
    assessor: str | None = None
    completed_at: datetime.datetime | None = None
    note: str | None = None
    version: int = 0

    @property
    def numbers(self) -> dict[str, Number]:
        """The answers that are numbers: all of them, but for codes and texts of an exam."""
        return {item: value for item, value in self.responses.items() if not isinstance(value, str)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScore:
    """A cached score, or the reason there is none (a message whose values are texts and numbers only)."""

    code: str
    series: str
    value: Number | None
    reason: Message | None
    imputed_items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent:
    """Something untoward that happened to a patient; grade 1-5."""

    id: str
    patient_id: str
    date: datetime.date
    term: str
    grade: int
    relatedness: Relatedness = Relatedness.UNKNOWN
    episode_id: str | None = None
    treatment_id: str | None = None
    end_date: datetime.date | None = None
    note: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not self.term.strip():
            raise InvalidRecordError("term", msg("the event has no name: say what happened"))
        if self.grade not in range(1, 6):
            raise InvalidRecordError("grade", msg("grade {grade} does not exist: grades are 1 to 5", grade=self.grade))
        if self.end_date is not None and self.end_date < self.date:
            raise InvalidRecordError("end_date", msg("the event ends before it starts: check both dates"))


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who works with the file under a name of their own; what proves it is kept beside, never shown."""

    id: str
    name: str
    role: Role
    disabled: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecordError("name", msg("the user has no name: give the name they sign in with"))
        if len(self.name) > LONGEST_USER_NAME:
            raise InvalidRecordError(
                "name", msg("the name is too long: give at most {most} characters", most=LONGEST_USER_NAME)
            )


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment with its visit and its cached scores (none while it is a draft)."""

    assessment: Assessment
    visit: Visit
    scores: tuple[StoredScore, ...]
