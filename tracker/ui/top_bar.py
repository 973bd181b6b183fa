"""The bar along the top: search, new patient, enter scores, library, export, language, theme."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tracker.core.messages import Language, Message, current_language, msg, say, tr
from tracker.ui import theme
from tracker.ui.deeds import reason
from tracker.ui.patient_side import ACTION_SIGNS, SearchField
from tracker.ui.widgets import button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tracker.ui.action_search import ActionSearch

BUTTONS = (
    ("new_patient", msg("New patient"), "", "Ctrl+N"),
    ("", Message(""), "", ""),
    ("enter_scores", msg("Enter scores"), "main", "Ctrl+E"),
    ("library", msg("Library"), "", "Ctrl+L"),
    ("export", msg("Export"), "", "Ctrl+Shift+X"),
)


class TopBar(QWidget):
    """Buttons by the name of their deed; ``search`` is the field."""

    def __init__(self, handlers: Mapping[str, object]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = SearchField()
        self.search.setFixedWidth(266)
        self.action_search: ActionSearch | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._keys: dict[str, str] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        for name, text, look, key in BUTTONS:
            if not name:
                layout.addStretch(1)
                continue
            layout.addWidget(self._button(handlers, name, say(text), look, key))
        other = "English" if current_language() is Language.ZH_CN else "\u4e2d\u6587"
        layout.addWidget(self._button(handlers, "language", other, "", "Ctrl+Shift+L"))
        shade = tr("Light") if theme.current().dark else tr("Dark")
        layout.addWidget(self._button(handlers, "theme", shade, "", "Ctrl+Shift+D"))

    def _button(self, handlers: Mapping[str, object], name: str, text: str, look: str, key: str) -> QPushButton:
        handler = handlers[name]
        if not callable(handler):
            raise TypeError(name)
        made = button(text, handler, look, hint=key)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons[name], self._keys[name] = made, key
        return made

    def offer_actions(self, actions: "Callable[[], Mapping[str, QAction]]") -> None:
        """Find one of *actions* by what is typed after the sign for one."""
        self._actions = actions
        self.search.textEdited.connect(self._typed)

    def _typed(self, text: str) -> None:
        if text.startswith(ACTION_SIGNS):
            from tracker.ui.action_search import ActionSearch

            self.action_search = self.action_search or ActionSearch(self.search, self._actions())
            self.action_search.typed(text)

    def enable(self, there: frozenset[str], needs: Mapping[str, frozenset[str]], why: Mapping[str, str]) -> None:
        """Let only those be pressed whose needs are *there*; *why* says of a need why it is not."""
        for name, made in self.buttons.items():
            made.setEnabled(needs[name] <= there)
            made.setToolTip(reason(needs[name] - there, why) or self._keys[name])
