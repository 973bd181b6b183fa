"""The users of a file in the settings: who they are, and for administrators what can be done about them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.services.rights import ROLE_NAMES, Right
from tracker.ui.allowed import allow
from tracker.ui.jobs import Jobs
from tracker.ui.people.ask import Ask, AskForm
from tracker.ui.people.asks import Asks
from tracker.ui.records_table import Column, RecordsModel, RecordsTable
from tracker.ui.widgets import bring_into_view, button, clear, column, label, restyle, row

if TYPE_CHECKING:
    from tracker.services.people import Person
    from tracker.services.workspace import Workspace
    from tracker.ui.settings_page import SettingsPage
    from tracker.ui.window import MainWindow

ROWS_SHOWN = 6


class PeoplePanel(QWidget):
    """``changed`` when somebody else may be signed in, or under another name."""

    changed = Signal()

    def __init__(self, workspace: "Workspace", jobs: Jobs, actor: str) -> None:
        super().__init__()
        self._workspace, self._jobs = workspace, jobs
        self._asks = Asks(workspace, actor)
        self.words = label("", "soft", wrap=True)
        self.model: RecordsModel[Person] = RecordsModel(_columns())
        self.table = RecordsTable(self.model, tr("Users"), stretched=0)
        self.table.setFixedHeight(30 * ROWS_SHOWN + 36)
        self.buttons: dict[str, QPushButton] = {}
        self.told = label("", "soft", wrap=True)
        self.form: AskForm | None = None
        self._rows = QVBoxLayout()
        self._place = QVBoxLayout()
        layout = column(label(tr("Users"), "section"), self.words, self.table, spacing=8)
        for part in (self._rows, self._place):
            layout.addLayout(part)
        layout.addWidget(self.told)
        self.setLayout(layout)
        self.table.opened.connect(lambda _row: self._about_chosen("change"))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self.read()

    def read(self) -> None:
        """Show the users as they are now."""
        people = self._workspace.people.all()
        self.model.set_records(people)
        self.table.setVisible(bool(people))
        if people:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.words.setText(_about(people=bool(people)))
        self._make_buttons(people=bool(people))
        self._enable()

    def show_form(self, ask: Ask) -> None:
        """Ask for what is needed, under the table."""
        self._shut()
        self._say("", "soft")
        self.form = AskForm(ask)
        self.form.given.connect(self._do)
        self.form.cancelled.connect(self._leave)
        self._place.addWidget(self.form)
        self.form.start()
        bring_into_view(self.form)

    def _make_buttons(self, *, people: bool) -> None:
        clear(self._rows)
        asks = self._asks
        if not people:
            self.buttons = {"turn_on": button(tr("Set up users..."), lambda: self.show_form(asks.turn_on()))}
            self._rows.addLayout(row(*self.buttons.values()))
            return
        self.buttons = {
            "add": button(tr("Add a user..."), lambda: self.show_form(asks.add())),
            "change": button(tr("Name and role..."), lambda: self._about_chosen("change")),
            "passphrase": button(tr("New passphrase..."), lambda: self._about_chosen("passphrase")),
            "disable": button(tr("Disable"), lambda: self._about_chosen("disable")),
            "own": button(tr("My passphrase..."), lambda: self.show_form(asks.own())),
            "turn_off": button(tr("Do without users..."), lambda: self.show_form(asks.turn_off())),
        }
        first, second = list(self.buttons.values())[:4], list(self.buttons.values())[4:]
        self._rows.addLayout(row(*first))
        self._rows.addLayout(row(*second))

    def _chosen(self) -> "Person | None":
        at = self.table.currentIndex().row()
        return self.model.record(at) if 0 <= at < self.model.rowCount() else None

    def _enable(self) -> None:
        for name, made in self.buttons.items():
            if name == "own":
                made.setEnabled(not self._workspace.store.read_only)
            else:
                allow(self._workspace, Right.ADMINISTER, made)
        person = self._chosen()
        if person is not None and "disable" in self.buttons:
            self.buttons["disable"].setText(tr("Let work again...") if person.user.disabled else tr("Disable"))

    def _about_chosen(self, what: str) -> None:
        person = self._chosen()
        if person is None or not self.buttons["change"].isEnabled():
            return
        if what == "change":
            self.show_form(self._asks.change(person.user))
        elif what == "passphrase":
            self.show_form(self._asks.passphrase(person.user))
        elif person.user.disabled:
            self.show_form(self._asks.enable(person.user))
        else:
            self.show_form(self._asks.disable(person.user))

    def _do(self, values: dict[str, str]) -> None:
        if self.form is None:
            return
        ask = self.form.ask
        self.form.press.setEnabled(False)
        self._jobs.run(self, lambda: ask.do(values), lambda _done: self._done(ask), self._failed)

    def _done(self, ask: Ask) -> None:
        self._shut()
        self.read()
        self._focus()
        self._say(ask.done, "good")
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self.form is not None:
            self.form.press.setEnabled(True)
        if not isinstance(error, TrackerError):
            raise error
        self._say(str(error), "warn")

    def _leave(self) -> None:
        self._shut()
        self._focus()

    def _focus(self) -> None:
        (self.table if self.table.isVisible() else self).setFocus()  # else it would go to the search field

    def _shut(self) -> None:
        clear(self._place)
        self.form = None

    def _say(self, text: str, tone: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        restyle(self.told, "tone", tone)


def add_people(page: "SettingsPage", window: "MainWindow") -> None:
    """Put the panel for the window's file into the settings; the demo has no users."""
    workspace = window.workspace
    if workspace is None or workspace.kind != "clinic":
        return
    panel = PeoplePanel(workspace, window.jobs, window.kept.actor)
    panel.changed.connect(lambda: window.locks.follow(workspace))
    panel.changed.connect(lambda: page.show_actor(workspace, window.kept.actor))
    page.add_people(panel)


def _columns() -> "tuple[Column[Person], ...]":
    return (
        Column(tr("Name"), lambda one: one.user.name),
        Column(tr("Role"), lambda one: say(ROLE_NAMES[one.user.role])),
        Column(tr("State"), _state),
    )


def _state(person: "Person") -> str:
    if person.user.disabled:
        return tr("disabled")
    return tr("may sign in") if person.opens else tr("needs a new passphrase")


def _about(*, people: bool) -> str:
    if people:
        return tr(
            "Each person signs in under a name and passphrase of their own; the audit says who did what. Disabling "
            "somebody shuts them out; but who kept a copy of the key file opens an encrypted file with it until it is "
            "given a new recovery key."
        )
    return tr(
        "You work alone: nobody signs in. With users, each person has a name, a passphrase and a role, and the audit "
        "says who did what."
    )
