"""Each change of an entry as a sentence: the item's or field's label, the value before and after."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

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
from tracker.clinic.conditions import conditions
from tracker.core.messages import Message, msg, say, tr
from tracker.core.numbers import show_number
from tracker.scales.model import Scale
from tracker.services.rights import ROLE_NAMES
from tracker.ui import words
from tracker.ui.history.wording import scale_of

if TYPE_CHECKING:
    from tracker.services.histories import Change, Told

ARROW = "\N{RIGHTWARDS ARROW}"
NOTHING = "\N{EN DASH}"

_FIELDS: Mapping[str, Message] = {
    "patient_number": msg("Number"),
    "name": msg("Name"),
    "latin_name": msg("Latin name"),
    "sex": msg("Sex"),
    "birth_date": msg("Birth date"),
    "note": msg("Note"),
    "condition": msg("Condition"),
    "body_site": msg("Site"),
    "side": msg("Side"),
    "onset_date": msg("Onset"),
    "attributes": msg("Attributes"),
    "read_against": msg("Read against"),
    "date": msg("Date"),
    "end_date": msg("End"),
    "product": msg("Product"),
    "cell_source": msg("Cell source"),
    "dose": msg("Dose"),
    "route": msg("Route"),
    "lot": msg("Lot"),
    "is_index": msg("Months counted from it"),
    "timing": msg("On a treatment day"),
    "term": msg("What happened"),
    "grade": msg("Grade"),
    "relatedness": msg("Relation"),
    "treatment_id": msg("Treatment"),
    "mode": msg("How it was asked"),
    "assessor": msg("Assessor"),
    "status": msg("State"),
    "context": msg("Context"),
    "policy": msg("Policy"),
    "scale": msg("Scale"),
    "scale_version": msg("Version of the scale"),
    "value": msg("Value"),
    "role": msg("Role"),
    "disabled": msg("Disabled"),
    "password_digest": msg("Passphrase"),
}
_CODES: Mapping[str, type[StrEnum]] = {
    "sex": Sex,
    "side": Side,
    "timing": VisitTiming,
    "relatedness": Relatedness,
    "mode": EntryMode,
    "status": AssessmentStatus,
    "context": Context,
    "missing": MissingReason,
}
_YES_NO = frozenset({"is_index", "disabled"})
_SECRET = "password_digest"  # noqa: S105 - a column's name
_DEFAULTS = {"side": "none", "timing": "unstated", "mode": "unknown", "context": "unspecified", "is_index": 0}
"""What a new row holds where nobody said anything: not told."""
_IN_HEADING = frozenset({"scale", "scale_version", "context", "status", "policy"})
"""Told of a change only: the heading names what was added or removed."""


def lines(told: "Told", *, scores_first: bool = False) -> list[str]:
    """Return the changes of an entry, a line each; scores last, or first."""
    scale = scale_of(told)
    shown = [change for change in told.changes if not _says_nothing(change)]
    ordered = sorted(shown, key=lambda change: (change.column == "scores") is not scores_first)
    return [_line(change, scale, told) for change in ordered]


def _says_nothing(change: "Change") -> bool:
    if change.column == "deleted_at" or (change.column in _IN_HEADING and None in (change.was, change.now)):
        return True
    if change.was is None and change.column in _DEFAULTS:
        return bool(change.now == _DEFAULTS[change.column])
    return change.was in (None, {}, []) and change.now in (None, {}, [])


def _line(change: "Change", scale: Scale | None, told: "Told") -> str:
    name = _name(change, scale)
    if change.column == _SECRET:
        return name
    now = _value(change, change.now, scale, told)
    if change.was is None:
        return tr("{name}: {now}", name=name, now=now)
    return tr(
        "{name}: {was} {arrow} {now}", name=name, was=_value(change, change.was, scale, told), arrow=ARROW, now=now
    )


def _name(change: "Change", scale: Scale | None) -> str:
    if change.column == "scores":
        return tr("score {name}", name=_score_label(scale, str(change.part)))
    if change.part is not None:
        label = _item_label(scale, change.part)
        text = f"{change.part} {label}" if label and label != change.part else change.part
        return tr("{item}, why it is missing", item=text) if change.column == "missing" else text
    known = _FIELDS.get(change.column)
    return change.column if known is None else say(known)


def _item_label(scale: Scale | None, code: str) -> str:
    found = next((item for item in scale.items if item.code == code), None) if scale is not None else None
    return "" if found is None else str(found.label)


def _score_label(scale: Scale | None, code: str) -> str:
    found = next((one for one in scale.scores if one.code == code), None) if scale is not None else None
    return code if found is None else str(found.label)


def _value(change: "Change", value: Any, scale: Scale | None, told: "Told") -> str:
    if value is None or value in ({}, []):
        return NOTHING
    if change.column == "scores":
        return show_number(value, _decimals(scale, str(change.part)))
    if change.column in _YES_NO:
        return tr("yes") if value else tr("no")
    codes = _CODES.get(change.column)
    if codes is not None and value in set(codes):
        return words.label(codes(value))
    special = _SPECIAL.get(change.column)
    return str(value) if special is None else special(value, told.about)


def _decimals(scale: Scale | None, code: str) -> int:
    found = next((one for one in scale.scores if one.code == code), None) if scale is not None else None
    return 2 if found is None else found.decimals


def _role(value: Any, _about: Mapping[str, Any]) -> str:
    return say(ROLE_NAMES[Role(value)]) if value in set(Role) else str(value)


def _condition(value: Any, _about: Mapping[str, Any]) -> str:
    found = conditions().get(str(value))
    return str(value) if found is None else str(found.label)


def _site(value: Any, about: Mapping[str, Any]) -> str:
    found = conditions().get(str(about.get("condition")))
    return str(value) if found is None else found.site_label(str(value)) or str(value)


def _attributes(value: Any, about: Mapping[str, Any]) -> str:
    return ", ".join(_attribute(str(code), chosen, about) for code, chosen in value.items())


def _attribute(code: str, chosen: Any, about: Mapping[str, Any]) -> str:
    condition = conditions().get(str(about.get("condition")))
    attribute = next((one for one in condition.attributes if one.code == code), None) if condition else None
    if attribute is None:
        return f"{code} {chosen}"
    choice = next((one.label for one in attribute.choices if one.code == chosen), chosen)
    return f"{attribute.label} {choice}"


def _grade(value: Any, _about: Mapping[str, Any]) -> str:
    return words.grade(value) if value in range(1, 6) else str(value)


def _joined(value: Any, _about: Mapping[str, Any]) -> str:
    return ", ".join(map(str, value))


_SPECIAL: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "condition": _condition,
    "body_site": _site,
    "attributes": _attributes,
    "read_against": _joined,
    "grade": _grade,
    "role": _role,
}


_DETAILS: Mapping[str, Message] = {
    "what": msg("What"),
    "format": msg("Format"),
    "folder": msg("Folder"),
    "file": msg("File"),
    "rows": msg("Rows"),
    "patients": msg("Patients"),
    "deidentified": msg("De-identified"),
    "created": msg("Made at"),
    "entries": msg("Audit entries"),
    "found": msg("Problems found"),
    "facts": msg("Settings"),
    "by": msg("By"),
    "name": msg("Name"),
    "at": msg("When"),
    "count": msg("Count"),
}


def details(told: "Told") -> Iterator[str]:
    """Yield what is to be known of an act that changed no row, a line each."""
    for name, value in told.about.items():
        if value is None:
            continue
        known = _DETAILS.get(name)
        shown = value
        if isinstance(value, dict):
            shown = ", ".join(f"{key} {inner}" for key, inner in value.items())
        elif isinstance(value, bool):
            shown = tr("yes") if value else tr("no")
        yield tr("{name}: {now}", name=name.replace("_", " ") if known is None else say(known), now=shown)
