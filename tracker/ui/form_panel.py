"""A form with its title, Save and Cancel: at the side of a page or as a page of its own. Never modal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.store.errors import StaleRecordError
from tracker.ui.form import Form
from tracker.ui.widgets import button, column, label, row, scrolled

WIDTH = 350


@dataclass(frozen=True, slots=True)
class _Held:
    """What a form holds."""

    values: Mapping[str, str]
    ticks: Mapping[str, bool]


class FormPanel(QWidget):
    """Shows *form*; ``save`` reads it and stores. ``closed`` when it was saved, removed or left.

    *wide*: a page of its own, as high as its fields; otherwise the fields scroll in the height there is.
    """

    closed = Signal()

    def __init__(
        self,
        title: str,
        form: Form,
        save: Callable[[], bool],
        remove: tuple[str, Callable[[], object]] | None = None,
        *,
        wide: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = form
        self._save, self._remove = save, remove
        self.anew: Callable[[], FormPanel | None] | None = None
        """Opens the record as it is now, for one that another desk changed meanwhile; returns its panel."""
        self._opened = _Held(form.values(), form.ticks())
        form.end()
        form.submitted.connect(self.save)
        form.cancelled.connect(self.closed)
        self.trouble = label("", "warn", wrap=True)
        self.trouble.hide()
        self.save_button = button(tr("Save"), self.save, "main", hint="Ctrl+Enter")
        buttons = row(self.save_button, button(tr("Cancel"), self.closed.emit, hint="Esc"))
        self.remove_button = button("" if remove is None else remove[0], self._removed, "quiet")
        if remove is not None:
            buttons.addWidget(self.remove_button)
        layout = column(label(title, "heading"), spacing=10, margins=(16, 14, 16, 12))
        if wide:
            layout.addWidget(form)
        else:
            area = scrolled(form)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            layout.addWidget(area, 1)
        layout.addWidget(self.trouble)
        layout.addLayout(buttons)
        layout.addWidget(label(tr("Enter: next field   Ctrl+Enter: save   Esc: cancel"), "small"))
        self.setLayout(layout)

    def save(self) -> None:
        """Store what the form holds; complaints stand beside their fields, other trouble above the buttons."""
        self._tell("")
        self.form.forgive()
        try:
            done = self._save()
        except StaleRecordError as error:
            self._met(error)
            return
        except TrackerError as error:
            field = getattr(error, "field", "")
            if field and self.form.has(field):
                self.form.complain(field, str(error))
            else:
                self._tell(str(error))
            return
        if done:
            self.closed.emit()

    def bring_in(self, opened: "_Held", typed: "_Held", sentence: str) -> None:
        """Put what was typed into the record as another desk left it; where both changed a field theirs is named."""
        theirs = self.form.values()
        mine = {name: text for name, text in typed.values.items() if text != opened.values.get(name) and name in theirs}
        shown = {name: self.form.shown(name) for name in mine if theirs[name] not in (mine[name], opened.values[name])}
        self.form.fill(mine)
        for name, ticked in typed.ticks.items():
            if ticked != opened.ticks.get(name):
                self.form.set_tick(name, value=ticked)
        for name, text in shown.items():
            self.form.complain(name, tr("at the other desk: {value}", value=text or tr("nothing")))
        self._tell(sentence)

    def _met(self, error: StaleRecordError) -> None:
        typed = _Held(self.form.values(), self.form.ticks())
        try:
            now = self.anew() if self.anew is not None else None
        except TrackerError as gone:
            self._tell(str(gone))
            return
        if now is None:
            self._tell(str(error))
        else:
            words = tr("{problem}. What you typed is kept here over theirs.", problem=str(error))
            now.bring_in(self._opened, typed, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape leaves from the buttons too."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _removed(self) -> None:
        if self._remove is None:
            return
        try:
            self._remove[1]()
        except TrackerError as error:
            self._tell(str(error))
            return
        self.closed.emit()

    def _tell(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
