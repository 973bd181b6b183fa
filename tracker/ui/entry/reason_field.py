"""Why a complete form is changed: a field in place, shown only where the file asks for it."""

from PySide6.QtWidgets import QLabel, QLineEdit

from tracker.core.messages import tr
from tracker.services.change_reasons import Asking


class ReasonField(QLineEdit):
    """Empty for each form; with the label that stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.label.setBuddy(self)
        self.ask(Asking.OFF)

    def ask(self, asking: Asking) -> None:
        """Ask so, for the form that is open now."""
        self.clear()
        self.label.setText(tr("&Reason"))
        wanted = asking is Asking.REQUIRED
        self.setPlaceholderText(tr("why it is changed") if wanted else tr("why it is changed (optional)"))
        for widget in (self, self.label):
            widget.setVisible(asking is not Asking.OFF)
