"""What each role may do, and which right each verb of the services asks for: the one table of permissions.

A file without users knows no roles: whoever opens it may do everything. A new verb needs a line in ``VERBS``; a test
fails without one.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import wraps
from inspect import getmembers, isfunction
from typing import Any

from tracker.clinic.codes import Role
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg


class Right(StrEnum):
    """What a verb may ask for."""

    ANYBODY = "anybody"
    """Needs nobody to be signed in: signing in itself."""
    SEE = "see"
    RECORD = "record"
    """Enter and change patients, visits, treatments, events and answers; give up one's own drafts; undo."""
    REMOVE = "remove"
    """Remove what was recorded: a patient, an episode, a visit with answers, a complete form."""
    JUDGE = "judge"
    """Choose what scores and charts are read by: policies for missing items, responder rules, cohorts."""
    TRANSFER = "transfer"
    """Let data out of the file (export, report, print, pictures, a backup where one likes), or many in at once."""
    ADMINISTER = "administer"
    """Users, the key of the file, restoring a backup."""


_VIEWER = frozenset({Right.ANYBODY, Right.SEE})
_DATA_ENTRY = _VIEWER | {Right.RECORD}
_CLINICIAN = _DATA_ENTRY | {Right.REMOVE, Right.JUDGE, Right.TRANSFER}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: _VIEWER,
    Role.DATA_ENTRY: _DATA_ENTRY,
    Role.CLINICIAN: _CLINICIAN,
    Role.ADMINISTRATOR: _CLINICIAN | {Right.ADMINISTER},
}

_RECORDS = {Right.SEE: "of get", Right.RECORD: "add change check", Right.REMOVE: "remove"}
VERBS: Mapping[str, Mapping[Right, str]] = {
    "Patients": {Right.SEE: "search get find", Right.RECORD: "add change", Right.REMOVE: "remove"},
    "Episodes": {**_RECORDS, Right.SEE: "of get index_treatment", Right.JUDGE: "choose_cohorts"},
    "Treatments": {**_RECORDS, Right.RECORD: "add change check make_index"},
    "Visits": {**_RECORDS, Right.RECORD: "add change check forget_empty"},
    "AdverseEvents": _RECORDS,
    "Assessments": {
        Right.SEE: "of_visit get previous preview seen",
        Right.RECORD: "start save_draft complete discard_draft",
        Right.REMOVE: "remove",
    },
    "Policies": {Right.SEE: "current preview", Right.JUDGE: "choose"},
    "ResponderRules": {
        Right.SEE: "in_force omeract_oarsi edss_worsening",
        Right.JUDGE: "change_omeract_oarsi change_edss_worsening",
    },
    "Flowsheets": {Right.SEE: "of"},
    "Courses": {Right.SEE: "of"},
    "Comparisons": {Right.SEE: "of"},
    "Exams": {Right.SEE: "of get compare reasons"},
    "UndoHistory": {Right.ANYBODY: "next_undo next_redo clear", Right.RECORD: "undo redo forget_redo doing"},
    "Histories": {Right.SEE: "of_patient of_assessment of_file as_it_was"},
    "ChangeReasons": {Right.SEE: "asking", Right.ADMINISTER: "choose"},
    "Reviews": {Right.SEE: "last", Right.JUDGE: "mark"},
    "Backups": {Right.ANYBODY: "last due make listed checked"},
    "Reports": {Right.TRANSFER: "release pass_on"},
    "People": {
        Right.SEE: "all change_own_passphrase",
        Right.ADMINISTER: "add change_role rename disable enable set_passphrase turn_on turn_off",
    },
}
"""Class of the services -> right -> its verbs."""

FUNCTIONS: Mapping[str, Mapping[Right, str]] = {
    "audit_document": {Right.SEE: "open_entries"},
    "backups": {Right.ANYBODY: "check opens_like way_back", Right.TRANSFER: "back_up", Right.ADMINISTER: "restore"},
    "chart_data": {Right.ANYBODY: "write_chart_data"},
    "demo": {Right.ANYBODY: "write_demo"},
    "entering": {Right.ANYBODY: "enter leave names"},
    "export": {Right.TRANSFER: "export_csv"},
    "imports": {Right.TRANSFER: "import_folder"},
    "opening": {Right.ANYBODY: "first_look is_encrypted is_free is_unlocked search_file"},
    "own_files": {Right.ANYBODY: "choose scales_folder studies_folder use_scales use_studies"},
    "proving": {Right.ANYBODY: "administrator_of key_from_administrator"},
    "recovery_files": {Right.ANYBODY: "read_recovery_file recovery_text save_recovery_file"},
    "remembered": {Right.ANYBODY: "forget remember unlock_remembered"},
    "security": {
        Right.ANYBODY: "add_person change_passphrase check check_encrypted check_plain create decrypt encrypt "
        "is_locked is_unlocked lock people plain_copies record_unlocks rekey remove_person seconds_to_wait unlock",
    },
    "session": {Right.ANYBODY: "has_users require require_if_readable sign_in_to user_id user_names"},
    "signed_in": {Right.ANYBODY: "forget name_at remember user_of"},
    "verification": {Right.SEE: "verify_file"},
}
"""Module of the services -> right -> its functions on a file. Those of ``security`` are given the passphrase of an
administrator, or the recovery key, which is the proof."""

_NEEDED: Mapping[Right, Message] = {
    Right.SEE: msg("see the records"),
    Right.RECORD: msg("enter or change records"),
    Right.REMOVE: msg("remove what was recorded"),
    Right.JUDGE: msg("choose how scores are computed and read"),
    Right.TRANSFER: msg("export, print, copy or import data"),
    Right.ADMINISTER: msg("manage users, keys and restoring"),
}
ROLE_NAMES: Mapping[Role, Message] = {
    Role.ADMINISTRATOR: msg("administrator"),
    Role.CLINICIAN: msg("clinician"),
    Role.DATA_ENTRY: msg("data entry"),
    Role.VIEWER: msg("viewer"),
}


class NotAllowedError(TrackerError):
    """The role of who is signed in does not include this."""


class NotSignedInError(TrackerError):
    """The file has users and nobody is signed in."""


def not_allowed(role: Role, right: Right) -> NotAllowedError:
    """Return the error for a verb beyond the role."""
    return NotAllowedError(why_not(role, right))


def why_not(role: Role, right: Right) -> Message:
    """Say that the role does not include the right, and who can help."""
    return msg(
        "your role here ({role}) does not allow you to {what}: ask an administrator of the file",
        role=ROLE_NAMES[role],
        what=_NEEDED[right],
    )


def not_signed_in() -> NotSignedInError:
    """Return the error for a verb before anybody has signed in."""
    return NotSignedInError(msg("this file has users: sign in with your name and passphrase first"))


def rules(table: Mapping[str, Mapping[Right, str]]) -> Iterator[tuple[str, str, Right]]:
    """Yield every rule of *table*: class or module, verb, right."""
    for owner, by_right in table.items():
        for right, verbs in by_right.items():
            for verb in verbs.split():
                yield owner, verb, right


def guard(service: object, check: Callable[[Right], None]) -> None:
    """Have each verb of *service* call *check* with the right it asks for; one without a rule is an administrator's."""
    needed = {verb: right for right, verbs in VERBS[type(service).__name__].items() for verb in verbs.split()}
    for verb in verbs_of(type(service)):
        setattr(service, verb, _checked(getattr(service, verb), needed.get(verb, Right.ADMINISTER), check))


def verbs_of(service: type) -> Iterator[str]:
    """Yield the names of a service's public methods."""
    for name, _ in getmembers(service, isfunction):
        if not name.startswith("_"):
            yield name


def _checked(verb: Callable[..., Any], right: Right, check: Callable[[Right], None]) -> Callable[..., Any]:
    @wraps(verb)
    def run(*arguments: Any, **named: Any) -> Any:
        check(right)
        return verb(*arguments, **named)

    return run
