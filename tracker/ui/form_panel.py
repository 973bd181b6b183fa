"""A form with its title, Save and Cancel: at the side of a page or as a page of its own. Never modal."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.ui.form import Form
from tracker.ui.widgets import button, column, label, row, scrolled

WIDTH = 350


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
        except TrackerError as error:
            field = getattr(error, "field", "")
            if field and self.form.has(field):
                self.form.complain(field, str(error))
            else:
                self._tell(str(error))
            return
        if done:
            self.closed.emit()

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
