"""Finding an action by its words: ">" in the search field lists what can be done, in place of patients."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, QStringListModel, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from tracker.core.messages import tr


class ActionSearch(QObject):
    """Offers the actions that can be done now under the field, with their keys; Enter does the one chosen."""

    def __init__(self, field: QLineEdit, actions: Mapping[str, QAction]) -> None:
        super().__init__(field)
        self._field, self._actions = field, actions
        self._titles: dict[str, QAction] = {}
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setWidget(field)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(12)
        # A list of our own: one that the completer makes is not known by its type.
        self.popup = QListView()
        self.popup.setAccessibleName(tr("Actions"))
        self.completer.setPopup(self.popup)
        self.completer.activated.connect(self._do)

    def typed(self, text: str) -> None:
        """List the actions whose words hold what follows the sign."""
        self._titles = {title_of(action): action for action in self._actions.values() if action.isEnabled()}
        self._model.setStringList(list(self._titles))
        self.completer.setCompletionPrefix(text[1:].strip())
        self.completer.complete()
        self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _do(self, title: str) -> None:
        action = self._titles.get(title)
        self._field.clear()
        if action is not None:
            QTimer.singleShot(0, action, action.trigger)  # after the list is closed: what is done may remove the field


def title_of(action: QAction) -> str:
    """Return the words of a menu entry without the marks of a menu, and its key."""
    words, _, key = action.text().partition("\t")
    words = re.sub(r"\(&\w\)", "", words).replace("&&", "\0").replace("&", "").replace("\0", "&")
    return "   ".join(part for part in (words, key or action.shortcut().toString()) if part)
