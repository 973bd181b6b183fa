"""One opened file or server and everything a user can do with it."""

from pathlib import Path
from typing import Literal, cast

from tracker.core.places import Place
from tracker.services.adverse_events import AdverseEvents
from tracker.services.assessments import Assessments
from tracker.services.backups import Backups
from tracker.services.change_reasons import ChangeReasons
from tracker.services.comparisons import Comparisons
from tracker.services.courses import Courses
from tracker.services.episodes import Episodes
from tracker.services.exams import Exams
from tracker.services.flowsheets import Flowsheets
from tracker.services.histories import Histories
from tracker.services.patients import Patients
from tracker.services.people import People
from tracker.services.policies import Policies
from tracker.services.reports import Reports
from tracker.services.responder_rules import ResponderRules
from tracker.services.reviews import Reviews
from tracker.services.rights import Right, guard
from tracker.services.scored import scores_of
from tracker.services.security import record_unlocks
from tracker.services.session import Session
from tracker.services.signed_in import name_at
from tracker.services.treatments import Treatments
from tracker.services.undo import UndoHistory
from tracker.services.visits import Visits
from tracker.store.backup_names import is_backup
from tracker.store.lease import Access, said

__all__ = ["Access", "FileKind", "Workspace"]

FileKind = Literal["clinic", "demo"]


class Workspace:
    """The services over one file or server, and the session's undo history."""

    def __init__(
        self,
        place: Place,
        *,
        create: bool = False,
        kind: FileKind = "clinic",
        actor: str | None = None,
        access: Access = Access.SHARE,
    ) -> None:
        from tracker.store.store import Store  # noqa: PLC0415 - SQLAlchemy comes after the first paint

        actor = name_at(place) or actor  # who has signed in, also in the lease
        self.store = Store.create(place, kind=kind, actor=actor) if create else Store(place, actor=actor, access=access)
        self.place = place
        self.session = Session(self.store)
        self.held_by = said(self.store.held_by) if self.store.held_by else None
        record_unlocks(self.store)
        with self.store.read() as reader:
            self.kind: FileKind = cast("FileKind", reader.facts().get("kind", "clinic"))
        self.undo = UndoHistory(self.store, scores_of)
        self.episodes = Episodes(self.store, self.undo)
        self.patients = Patients(self.store, self.undo, self.episodes)
        self.treatments = Treatments(self.store, self.undo)
        self.visits = Visits(self.store, self.undo)
        self.events = AdverseEvents(self.store, self.undo)
        self.assessments = Assessments(self.store, self.undo)
        self.policies = Policies(self.store, self.undo)
        self.flowsheets = Flowsheets(self.store)
        self.courses = Courses(self.store)
        self.responder_rules = ResponderRules(self.store, self.undo)
        self.comparisons = Comparisons(self.courses, self.responder_rules)
        self.exams = Exams(self.store)
        self.reviews = Reviews(self.store)
        self.backups = Backups(self.store)
        self.histories = Histories(self.store)
        self.change_reasons = ChangeReasons(self.store, self.undo)
        self.reports = Reports(self.store)
        self.people = People(self.store, self.session)
        self._guard()

    @property
    def path(self) -> Path:
        """The file; raises NotAFileError on a server."""
        return self.store.path

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        create: bool = False,
        kind: FileKind = "clinic",
        actor: str | None = None,
        access: Access = Access.SHARE,
    ) -> "Workspace":
        """Open a file or server (*create*: make it if there is none); raises StoreError that says what to do."""
        return cls(place, create=create, kind=kind, actor=actor, access=access)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here: by the file, or by the role of who is signed in."""
        return self.store.read_only or not self.session.may(Right.RECORD)

    @property
    def is_backup(self) -> bool:
        """Whether this is one of the backups, which can only be read."""
        return isinstance(self.place, Path) and is_backup(self.place)

    @property
    def actor(self) -> str:
        """Whose name the audit gives each change."""
        return self.store.actor

    def sign_as(self, actor: str) -> None:
        """Write *actor* into the audit of every change from now on; where the file has users, signing in does that."""
        if not self.session.has_users:
            self.store.actor = actor

    def sign_in(self, name: str, secret: str) -> None:
        """Sign a user in; what somebody else did before can no longer be undone."""
        self.session.sign_in(name, secret)
        self.undo.clear()

    def come_in(self) -> None:
        """Go on under the name of who has signed in to the file meanwhile."""
        before = self.session.user
        self.session.refresh()
        if self.session.user != before:
            self.undo.clear()

    def _guard(self) -> None:
        # Every verb asks first whether who is signed in may do it; a service without rules is a bug.
        for service in list(vars(self).values()):
            if type(service).__module__.startswith("tracker.services.") and service is not self.session:
                guard(service, self.session.check)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()
