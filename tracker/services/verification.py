"""Verify a file: pages, owners, audit chain, rows against a replay of the audit, scores against new ones.

Opens the file for reading only; what was found, and that it was looked for, is then entered in the audit if it can be.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.places import Place, ServerAddress
from tracker.services.checked_scores import ScoreCheck
from tracker.services.rights import Right
from tracker.services.session import require_if_readable
from tracker.services.signed_in import name_at
from tracker.store.anchor import Anchor, anchor_path
from tracker.store.anchor import read as read_anchors
from tracker.store.audit import Head
from tracker.store.backup_names import is_backup
from tracker.store.checking.chain import ChainWalk
from tracker.store.checking.finding import Finding
from tracker.store.checking.pages import check_owners, check_pages, check_seal
from tracker.store.checking.replay import Replay
from tracker.store.checking.untrusted import reading_as_it_is
from tracker.store.connect import Connection, check_there, explained, reading, schema_of
from tracker.store.errors import DamagedFileError
from tracker.store.migrate import check_known
from tracker.store.server import explained_server

MOST_KEPT = 1000
"""Findings kept; the others are counted."""
Progress = Callable[[int, int], None]


class StoppedError(TrackerError):
    """The user stopped the verification."""


@dataclass(slots=True, kw_only=True)
class Verification:
    """What was looked at and what was found."""

    place: Place
    findings: list[Finding] = field(default_factory=list)
    """The first of them, in the order of the checks."""
    found: int = 0
    notes: list[Message] = field(default_factory=list)
    """What is to be known and is no damage."""
    entries: int = 0
    rows: int = 0
    assessments: int = 0
    head: Head | None = None
    """Where the audit ends: noted down elsewhere it proves later that nothing was cut off."""

    def take(self, findings: Iterator[Finding] | list[Finding]) -> None:
        """Take what a check yields, to its end."""
        for finding in findings:
            self.found += 1
            if len(self.findings) < MOST_KEPT:
                self.findings.append(finding)


class Ticker:
    """Tells the progress and asks whether to stop, now and then."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._total, self._progress, self._cancelled = total, progress, cancelled
        self._done = 0

    def __call__(self, rows: int) -> None:
        """Count *rows*; raises StoppedError."""
        self._done += rows
        if self._done % 500:
            return
        if self._cancelled is not None and self._cancelled():
            raise StoppedError(msg("the verification was stopped before its end"))
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


def verify_file(
    place: Place,
    *,
    heads: tuple[Anchor, ...] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Verification:
    """Look at everything in *place*; *heads* are ends of the audit that were noted down elsewhere.

    Raises StoreError for a file that is not ours or cannot be opened; what is wrong inside it is a finding.
    """
    require_if_readable(place, Right.SEE)
    made = Verification(place=place)
    anchors = list(heads)
    if not isinstance(place, ServerAddress):
        check_there(place)
        seals, notes = check_seal(place)
        made.take(seals)
        made.notes += notes
        anchors += _own_anchors(place, made)
    with reading_as_it_is(place) as connection:
        check_connection(connection, made, anchors, progress, cancelled)
    return made


def check_connection(
    connection: Connection,
    made: Verification,
    anchors: list[Anchor],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Make every check that plain SQL can make, one after the other; a check that breaks off is a finding."""
    tick = Ticker(_amount(connection, made.place), progress, cancelled)
    walk, replay = ChainWalk(connection, anchors, tick), Replay(connection, tick)
    scores = ScoreCheck(connection, tick)
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (walk.findings, replay.findings, scores.findings)
    if not isinstance(made.place, ServerAddress):  # a server looks after its pages and owners itself
        checks = (partial(check_pages, connection), partial(check_owners, connection), *checks)
    for check in checks:
        made.take(_to_its_end(check(), made.place))
    made.entries, made.rows, made.head = walk.entries, replay.rows, walk.head
    made.assessments = scores.assessments
    made.notes += _notes(walk, replay, scores)


def _to_its_end(findings: Iterator[Finding], place: Place) -> Iterator[Finding]:
    try:
        with _explained(place):
            yield from findings
    except DamagedFileError as error:
        yield Finding(table="file", message=msg("a check broke off: {problem}", problem=str(error)))


def _explained(place: Place) -> AbstractContextManager[None]:
    return explained_server(place) if isinstance(place, ServerAddress) else explained(place)


def _own_anchors(path: Path, made: Verification) -> list[Anchor]:
    anchors = read_anchors(path)
    if not anchors:
        made.notes.append(
            msg(
                "there is no {file} beside the file: whether its newest entries were cut off is known from "
                "the file alone",
                file=anchor_path(path).name,
            )
        )
    return anchors


def _amount(connection: Connection, place: Place) -> int:
    try:
        with _explained(place):
            entries = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
            assessments = connection.execute("SELECT count(*) FROM assessment").fetchone()[0]
    except DamagedFileError:
        return 1
    return max(2 * int(entries) + int(assessments), 1)


def _notes(walk: ChainWalk, replay: Replay, scores: ScoreCheck) -> list[Message]:
    notes: list[Message] = []
    if walk.set_backs:
        notes.append(
            msg(
                "the clock was set back: {count} audit entries have an earlier stamp than the one before, the first is "
                "{sequence}; their order is proven all the same",
                count=walk.set_backs,
                sequence=walk.set_back[0],
            )
        )
    notes += [
        msg("rows of the kind “{kind}” are of another version and were not compared", kind=kind)
        for kind in sorted(replay.unknown)
    ]
    notes += [
        msg("{scale} is not known here: its scores were compared with the audit only", scale=scale)
        for scale in sorted(scores.unknown)
    ]
    return notes


def enter(made: Verification, actor: str | None = None) -> None:
    """Enter in the audit that the file was verified and what was found; a file that takes no entry stays as it is."""
    from tracker.store.lease import Access  # noqa: PLC0415
    from tracker.store.store import Store  # noqa: PLC0415 - SQLAlchemy comes late

    details = {"entries": made.entries, "rows": made.rows, "found": made.found}
    try:
        with reading(made.place) as connection:
            current = check_known(made.place, schema_of(connection, made.place) or "")
        if not current:
            return  # opening an older file would upgrade it, and nobody asked for that
        if isinstance(made.place, Path) and is_backup(made.place):
            made.notes.append(msg("this is a backup: it stays as it is, the verification was not entered in its audit"))
            return
        store = Store(made.place, actor=name_at(made.place) or actor, access=Access.VISIT)
        try:
            with store.acting("verify", details):
                pass
        finally:
            store.close()
    except TrackerError as error:
        made.notes.append(msg("the verification was not entered in the audit: {why}", why=str(error)))
