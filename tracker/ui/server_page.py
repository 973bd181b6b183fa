"""Reaching a clinic's server: its address and, where PostgreSQL's own password file has none, the password."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import msg, tr
from tracker.core.places import SCHEMES, ServerAddress, read_place
from tracker.ui.form import Form
from tracker.ui.widgets import button, card, column, label, row

EXAMPLE = f"{SCHEMES[0]}://anna@server:5432/clinic"


class NoAddressError(TrackerError):
    """A text that is no server's address."""


def read_address(text: str) -> ServerAddress:
    """Return the address; raises TrackerError for one that cannot be read."""
    found = read_place(text.strip())
    if not isinstance(found, ServerAddress):
        raise NoAddressError(msg("write an address such as {example}", example=EXAMPLE))
    return found


class ServerPage(QWidget):
    """Asks for a server; what stands in the way of reaching it is said here. The password is kept nowhere."""

    connect_wanted = Signal(object)
    closed = Signal()

    def __init__(self, address: str = "", trouble: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.form = Form()
        self.form.text("address", tr("Address"), address, EXAMPLE)
        self.form.text("password", tr("Password"), "", tr("empty: from PostgreSQL's own password file"))
        self.form.line("password").setEchoMode(QLineEdit.EchoMode.Password)
        self.form.submitted.connect(self.reach)
        self.form.cancelled.connect(self.closed)
        self.form.end()
        self.trouble = label(trouble, "warn", wrap=True)
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble.setVisible(bool(trouble))
        self._busy = label("", "soft")
        self.connect_button = button(tr("Connect"), self.reach, "main", hint="Ctrl+Enter")
        about = tr(
            "For a clinic with several desks: the records are on a PostgreSQL server, whoever looks after it gives you "
            "the address. An empty database is set up for the clinic."
        )
        inside = column(
            label(tr("Open a server"), "heading"), label(about, "soft", wrap=True), self.form, self.trouble, spacing=12
        )
        inside.addLayout(row(self.connect_button, button(tr("Cancel"), self.closed.emit, hint="Esc"), self._busy))
        framed = card(inside, 18)
        framed.setMaximumWidth(760)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 18, 24, 18)
        outer.addWidget(framed, 0, Qt.AlignmentFlag.AlignTop)

    def start(self) -> None:
        """Put the focus on what is to be given: the address, or the password of the one that is there."""
        name = "password" if self.form.raw("address") else "address"
        self.form.line(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def reach(self) -> None:
        """Ask for the connection, if the address can be read."""
        address = self.form.read("address", read_address)
        if address is None:
            return
        password = self.form.raw("password")
        self.trouble.hide()
        self.connect_button.setEnabled(False)
        self._busy.setText(tr("Connecting to {address}...", address=address.name))
        self.connect_wanted.emit(replace(address, password=password) if password else address)
