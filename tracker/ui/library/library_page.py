"""The study library: studies at the left, the passport of the chosen one at the right. No file, no network."""

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.reference.model import Study
from tracker.services import references
from tracker.ui.library.models import STUDY, StudiesModel
from tracker.ui.library.passport import Passport
from tracker.ui.library.study_list import StudyDelegate
from tracker.ui.theme import Theme
from tracker.ui.widgets import button, label, row, scrolled

LIST_WIDTH = 286


class LibraryPage(QWidget):
    """Shows the studies; ``closed`` when the user leaves."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._cohort = ""
        self.model = StudiesModel(references.studies())
        self.list = QListView()
        self._delegate = StudyDelegate(theme)
        self.passport: Passport | None = None
        self._area = QScrollArea()
        self._title = label("", "heading")
        self._about = label("", "small", wrap=True)
        self._back = button("", self.closed.emit, hint="Esc")
        self._build()
        self.retranslate()
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._show_current())

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setUniformItemSizes(True)
        left = QVBoxLayout()
        left.setContentsMargins(14, 12, 0, 12)
        left.setSpacing(8)
        left.addLayout(row(self._back, self._title))
        left.addWidget(self._about)
        left.addWidget(self.list, 1)
        self._about.setFixedWidth(LIST_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left)
        self._holder = QVBoxLayout()
        layout.addLayout(self._holder, 1)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(escape.context().WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    @property
    def study(self) -> Study | None:
        """The study whose passport is open."""
        index = self.list.currentIndex()
        return index.data(STUDY) if index.isValid() else None

    def show_study(self, name: str) -> None:
        """Open the passport of ``study`` or ``study/cohort``; an empty or unknown name opens the first study."""
        study_id, _, self._cohort = name.partition("/")
        line = max(self.model.row_of(study_id), 0)
        index = self.model.index(line)
        if self.list.currentIndex() == index:
            self._show_current()
        else:
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        self._delegate.theme = theme
        self._show_current()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._title.setText(tr("Study library"))
        self._back.setText(tr("Back"))
        self._about.setText(
            tr("What the studies reported, as printed, with every doubt known. It is no advice, no dose, no forecast.")
        )
        self.list.setAccessibleName(tr("Studies"))
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        """Open the first study if none is open yet."""
        super().showEvent(event)
        if self.study is None:
            self.show_study("")

    def _show_current(self) -> None:
        study = self.study
        if study is None:
            return
        self.passport = Passport(study, self._theme)
        area = scrolled(self.passport)
        self._holder.addWidget(area)
        if self._area is not area:
            self._holder.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
            self._area = area
        frame = self.passport.cohorts.get(self._cohort)
        if frame is not None:
            QTimer.singleShot(0, frame, lambda: area.ensureWidgetVisible(frame, 0, 40))
