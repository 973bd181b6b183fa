"""What the role of who is signed in does not allow stays visible, cannot be used, and says why."""

from typing import TYPE_CHECKING

from tracker.core.messages import say, tr
from tracker.services.rights import Right
from tracker.ui import deeds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.services.workspace import Workspace
    from tracker.ui.patient_page import PatientPage


def allow(workspace: "Workspace", right: Right, *widgets: "QWidget") -> None:
    """Let *widgets* be used if who is signed in has *right* and the file can be changed; their hint says why not."""
    refused = workspace.session.why_not(right)
    for widget in widgets:
        widget.setEnabled(refused is None and not workspace.read_only)
        if not widget.isEnabled():
            widget.setToolTip(tr("read-only: nothing can be changed") if refused is None else say(refused))


def rights_of(workspace: "Workspace") -> frozenset[str]:
    """Return the rights of who is signed in, as the deeds name them."""
    return frozenset(right.value for right in Right if workspace.session.may(right))


def refusals(workspace: "Workspace | None") -> dict[str, str]:
    """Return the rights that who is signed in does not have, each with the sentence that says so."""
    if workspace is None:
        return {}
    refused = {right: workspace.session.why_not(right) for right in Right}
    found = {right.value: say(why) for right, why in refused.items() if why is not None}
    if Right.RECORD.value in found:
        found[deeds.WRITE] = found[Right.RECORD.value]
    elif workspace.read_only:
        found[deeds.WRITE] = tr("read-only: nothing can be changed")
    return found


def there(workspace: "Workspace | None", page: "PatientPage | None", *, guarded: bool) -> frozenset[str]:
    """Return what the deeds may need and is there."""
    if workspace is None:
        return frozenset()
    found = {deeds.FILE, *rights_of(workspace)}
    if not workspace.read_only:
        found.add(deeds.WRITE)
    if guarded:
        found.add(deeds.KEY)
    if workspace.session.has_users:
        found.add(deeds.USERS)
    if page is not None and page.patient is not None:
        found.add(deeds.PATIENT)
        if page.episode is not None:
            found.add(deeds.EPISODE)
    return frozenset(found)
