"""The study library: studies at the left, the passport of the chosen one at the right. No file, no network."""

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.reference.model import Study
from tracker.services import own_files, references
from tracker.ui import settings
from tracker.ui.library.models import STUDY, StudiesModel
from tracker.ui.library.passport import Passport
from tracker.ui.library.study_list import StudyDelegate
from tracker.ui.own_files_panel import OwnFilesPanel
from tracker.ui.theme import Theme
from tracker.ui.widgets import button, label, row, scrolled

LIST_WIDTH = 286
OWN_HEIGHT = 220


class LibraryPage(QWidget):
    """Shows the studies; ``closed`` when the user leaves."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._cohort = ""
        self.list = QListView()
        self._delegate = StudyDelegate(theme)
        self.passport: Passport | None = None
        self._area = QScrollArea()
        self._title = label("", "heading")
        self._about = label("", "small", wrap=True)
        self.own_button = button("", self._toggle_own, "quiet")
        self._own_area: QScrollArea | None = None
        self._back = button("", self.closed.emit, hint="Esc")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self._take_studies()
        self.list.setItemDelegate(self._delegate)
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setUniformItemSizes(True)
        left = QVBoxLayout()
        left.setContentsMargins(14, 12, 0, 12)
        left.setSpacing(8)
        left.addLayout(row(self._back, self._title))
        left.addWidget(self._about)
        left.addWidget(self.list, 1)
        left.addWidget(self.own_button)
        self._left = left
        self._about.setFixedWidth(LIST_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left)
        self._holder = QVBoxLayout()
        layout.addLayout(self._holder, 1)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(escape.context().WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def _take_studies(self) -> None:
        self.model = StudiesModel(references.studies())
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._show_current())

    @property
    def own_panel(self) -> OwnFilesPanel | None:
        """The panel of the clinic's own study files, where it is open."""
        panel = self._own_area.widget() if self._own_area is not None else None
        return panel if isinstance(panel, OwnFilesPanel) else None

    def _toggle_own(self) -> None:
        """Show the folder of the clinic's own study files and what is wrong in it, or put that away."""
        if self._own_area is not None:
            self._left.removeWidget(self._own_area)
            self._own_area.hide()
            self._own_area.deleteLater()
            self._own_area = None
            return
        folder = settings.data_folder()
        panel = OwnFilesPanel(
            own_files.studies_folder(folder), own_files.study_problems, lambda: own_files.use_studies(folder)
        )
        panel.read_again.connect(self._read_again)
        self._own_area = scrolled(panel)
        self._own_area.setFixedSize(LIST_WIDTH, OWN_HEIGHT)
        self._left.addWidget(self._own_area)
        QTimer.singleShot(0, self.list, lambda: self.list.scrollTo(self.list.currentIndex()))

    def _read_again(self) -> None:
        shown = self.study.id if self.study is not None else ""
        self._take_studies()
        self.show_study(shown)
        self._name_own_button()

    def _name_own_button(self) -> None:
        wrong = len(own_files.study_problems())
        name = tr("Your own study files")
        self.own_button.setText(f"\N{WARNING SIGN} {name} ({wrong})" if wrong else name)

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
        self._name_own_button()
        if self._own_area is not None:
            self._toggle_own()
            self._toggle_own()
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
