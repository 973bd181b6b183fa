"""The place at the side of a page where one form panel at a time slides in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.form_panel import WIDTH, FormPanel


class SidePanel(QWidget):
    """Hidden while it holds no panel; a new panel takes the place of the one before. ``emptied`` when it goes."""

    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.panel: FormPanel | None = None
        self.hide()

    def show_panel(self, panel: FormPanel) -> None:
        """Show *panel* and put the focus into it."""
        self._drop()
        self.panel = panel
        panel.closed.connect(self.close_panel)
        self._layout.addWidget(panel)
        self.show()
        panel.form.start()

    def close_panel(self) -> None:
        """Take the panel away."""
        if self.panel is not None:
            self._drop()
            self.hide()
            self.emptied.emit()

    def _drop(self) -> None:
        if self.panel is not None:
            self._layout.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
