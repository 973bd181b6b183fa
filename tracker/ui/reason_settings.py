"""Whether the file asks why a completed form is changed."""

from PySide6.QtWidgets import QWidget

from tracker.core.messages import tr
from tracker.services.change_reasons import Asking, ChangeReasons
from tracker.ui.form import Form
from tracker.ui.widgets import column, label


class ReasonSettings(QWidget):
    """Three choices, kept at once; undo takes them back."""

    def __init__(self, reasons: ChangeReasons, *, read_only: bool) -> None:
        super().__init__()
        self._reasons = reasons
        self.form = Form()
        choices = [
            (Asking.OFF.value, tr("do not ask")),
            (Asking.OFFERED.value, tr("offer a field for it")),
            (Asking.REQUIRED.value, tr("always want one")),
        ]
        box = self.form.choice("asking", tr("Ask for the reason"), choices, reasons.asking().value)
        self.form.end()
        box.setEnabled(not read_only)
        box.activated.connect(lambda _row: self._reasons.choose(Asking(self.form.raw("asking"))))
        words = tr(
            "When a completed form is changed. The reason is written beside the scores, kept with the change in the "
            "audit and shown in the history. The choice belongs to this file."
        )
        title = label(tr("Changes of completed forms"), "section")
        self.setLayout(column(title, label(words, "soft", wrap=True), self.form))
