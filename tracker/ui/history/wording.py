"""An entry of the audit in words: what was done, to what, by whom and when."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tracker.clinic.codes import Context, Side
from tracker.clinic.conditions import conditions
from tracker.core.messages import Message, msg, say, tr
from tracker.scales import catalogue
from tracker.scales.errors import UnknownScaleError
from tracker.scales.model import Scale
from tracker.ui import words

if TYPE_CHECKING:
    from tracker.services.histories import Told

DOT = " \N{MIDDLE DOT} "

_DONE: Mapping[str, Message] = {
    "create": msg("{what} added"),
    "complete": msg("{what} completed"),
    "amend": msg("{what} changed"),
    "change": msg("{what} changed"),
    "rescore": msg("{what} scored again by another policy"),
    "delete": msg("{what} removed"),
    "restore": msg("{what} brought back"),
    "password": msg("{what}: new passphrase"),
}
_ACTS: Mapping[str, Message] = {
    "create_file": msg("file made"),
    "export": msg("export"),
    "import": msg("import"),
    "report": msg("report made"),
    "unlock": msg("file unlocked"),
    "failed unlock": msg("unlocking failed"),
    "sign in": msg("signed in"),
    "failed sign in": msg("signing in failed"),
    "backup": msg("backup made"),
    "restore": msg("backup put back"),
    "verify": msg("file verified"),
    "encrypt": msg("file encrypted"),
    "decrypt": msg("encryption taken away"),
    "change passphrase": msg("passphrase changed"),
    "new recovery key": msg("new recovery key"),
}
_SUBJECTS: Mapping[str, Message] = {
    "visit": msg("visit of {date}"),
    "treatment": msg("treatment {product} of {date}"),
    "adverse_event": msg("adverse event “{term}”"),
    "patient": msg("patient {name}"),
    "app_user": msg("user {name}"),
}


def who_when(told: "Told") -> str:
    """Return who did it and when, by this computer's clock zone."""
    if not told.intact:
        return ""
    return DOT.join((when(told.at), told.actor))


def when(moment: datetime.datetime) -> str:
    """Return a moment to the minute, in this computer's zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def heading(told: "Told") -> str:
    """Return in one line what was done to what."""
    if not told.intact:
        return tr("this entry was changed past the program: verify the file")
    if told.entity is None:
        act = _ACTS.get(told.action)
        return told.action if act is None else say(act)
    done = _DONE.get(told.action)
    what = subject(told)
    return f"{what}: {told.action}" if done is None else say(Message(done.text, {"what": what}))


def subject(told: "Told") -> str:
    """Return what an entry is about: the visit of a day, the scale of a visit, the person."""
    about = told.about
    if told.entity == "assessment":
        return _assessment(told)
    if told.entity == "episode":
        return _episode(about)
    named = _SUBJECTS.get(told.entity or "")
    if named is None:
        return tr("setting “{name}” of the file", name=told.entity_id or "")
    return say(Message(named.text, {name: about.get(name, "") for name in ("date", "product", "term", "name")}))


def scale_of(told: "Told") -> Scale | None:
    """Return the scale of an assessment's entry; None for another entry, or a scale that is not known here."""
    if told.entity != "assessment":
        return None
    try:
        return catalogue.scale(str(told.about.get("scale")), str(told.about.get("scale_version")))
    except UnknownScaleError:
        return None


def scale_name(told: "Told") -> str:
    """Return the short name of an assessment's scale."""
    scale = scale_of(told)
    return str(told.about.get("scale", "")) if scale is None else str(scale.short_title)


def _assessment(told: "Told") -> str:
    name = scale_name(told)
    context = str(told.about.get("context", Context.UNSPECIFIED))
    if context != Context.UNSPECIFIED and context in set(Context):
        name = tr("{scale}, {context}", scale=name, context=words.label(Context(context)))
    if told.visit_date is None:
        return name
    return tr("{scale} of {date}", scale=name, date=told.visit_date)


def _episode(about: Mapping[str, Any]) -> str:
    condition = conditions().get(str(about.get("condition")))
    if condition is None:
        return tr("episode of care")
    site = condition.site_label(about.get("body_site"))
    side = about.get("side")
    place = words.site_and_side(site, Side(side)) if side in set(Side) else site
    return tr("episode {condition} ({place})", condition=str(condition.label), place=place or words.label(Side.NONE))
