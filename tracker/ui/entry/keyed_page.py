"""A page whose own keys come before the window's, and that shows both versions where two desks meet in its form."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tracker.clinic.answers import Answers
from tracker.ui.entry.both_panel import BothPanel
from tracker.ui.entry.commands import action_for
from tracker.ui.entry.draft_keeper import DraftKeeper
from tracker.ui.entry.notice import Notice

if TYPE_CHECKING:
    from tracker.ui.entry.shared_form import SharedForm


class KeyedPage(QWidget):
    """What the pages of both kinds of form share."""

    grid: Any
    unfinished: Notice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.both = BothPanel()
        self.both.decided.connect(self._decided)
        self.both.taken.connect(self._taken)
        self.keeper = DraftKeeper(self._save, self)

    @property
    def form(self) -> "SharedForm | None":
        """The open form."""
        raise NotImplementedError

    def complete(self) -> None:
        """Complete the form."""
        raise NotImplementedError

    def reopen(self) -> None:
        """Read the open form again."""
        raise NotImplementedError

    def _save(self) -> bool:
        return self.form is None or self.both.meet(self.form, self.form.save())

    def _taken(self) -> None:
        self.grid.sync()
        self.keeper.forget()
        self.unfinished.say(self.both.told)

    def _decided(self, chosen: Answers) -> None:
        form, both, completing = self.form, self.both.both, self.both.completing
        if form is None or both is None:
            return
        self.both.forget()
        form.decide(both, chosen)
        if chosen == both.theirs:
            self.keeper.forget()
            self.reopen()
            return
        self.grid.sync()
        self.keeper.answers_changed()
        if completing:
            self.complete()
        self.grid.setFocus()

    def event(self, event: QEvent) -> bool:
        """Claim the page's own keys before the window's shortcuts see them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and action_for(self, event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the page's own keys."""
        if (action := action_for(self, event)) is None:
            super().keyPressEvent(event)
        else:
            action.trigger()
