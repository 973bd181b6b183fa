"""The exam page: the grid of one exam at one visit, classified as it is typed. Talks to services only."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import ntr, say, tr
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.scales.isncsci.record import COMMENT
from tracker.services.elsewhere import EditedElsewhereError
from tracker.ui.entry.keyed_page import KeyedPage
from tracker.ui.entry.notice import Notice
from tracker.ui.exam import commands
from tracker.ui.exam.arrange import arrange
from tracker.ui.exam.compare_panel import ComparePanel
from tracker.ui.exam.exam_grid import ExamGrid
from tracker.ui.exam.findings_panel import FindingsPanel
from tracker.ui.exam.header import Header
from tracker.ui.exam.help_panel import HelpPanel
from tracker.ui.exam.how_panel import HowPanel
from tracker.ui.exam.live import Comparing, Live
from tracker.ui.exam.reading import needed
from tracker.ui.exam.session import ExamSession
from tracker.ui.exam.strip import Strip
from tracker.ui.jobs import Jobs
from tracker.ui.theme import Theme

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace


class ExamPage(KeyedPage):
    """One open exam; ``open`` shows another one in the same page."""

    saved = Signal(str)
    """An exam of this patient was completed or changed."""
    closed = Signal()
    """The exam was left; a draft with grades is kept."""

    def __init__(
        self, workspace: "Workspace", theme: Theme, parent: QWidget | None = None, *, jobs: Jobs | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session: ExamSession | None = None
        self._visit_id = ""
        self.header, self.grid, self.strip = Header(), ExamGrid(theme), Strip()
        self.findings, self.compare, self.help = FindingsPanel(theme), ComparePanel(), HelpPanel()
        self.how, self.panels = HowPanel(), QStackedWidget()
        jobs = jobs or Jobs(QCoreApplication.instance())  # not a child: a job may outlive the page
        self.live = Live(jobs, self.findings, self.grid, self)
        self.comparing = Comparing(jobs, self.compare, self.grid, self)
        self.trouble, self.unfinished = self.keeper.trouble, Notice("")
        arrange(self)
        self._connect()

    def _connect(self) -> None:
        self.header.complete.clicked.connect(self.complete)
        self.header.close_form.clicked.connect(self.leave)
        self.header.discard.clicked.connect(self.discard)
        self.header.compare.clicked.connect(self.toggle_comparison)
        self.grid.changed.connect(self._changed)
        self.grid.moved.connect(self._show_strip)
        self.grid.text_wanted.connect(self.strip.reason.setFocus)
        self.strip.pressed.connect(self._strip_pressed)
        self.strip.reason_given.connect(self._reason_given)
        self.findings.cell_wanted.connect(self.grid.go_to)
        self.compare.cell_wanted.connect(self.grid.go_to)
        self.compare.closed.connect(self.toggle_comparison)
        self.how.commented.connect(self._commented)
        self.keeper.retried.connect(self.grid.setFocus)
        self.keeper.abandoned.connect(self._abandon)
        self._commands = commands.add_commands(self)

    def open(self, visit_id: str) -> None:
        """Open the exam of a visit: a new draft, an unfinished one, or a complete one to be changed."""
        if self.put_away():
            self._visit_id = visit_id
            self._start()
            self.grid.setFocus()

    def _start(self) -> None:
        self._session = None
        self.keeper.start()
        self.both.forget()
        self.unfinished.hide()
        self.comparing.end()
        try:
            session = ExamSession(self._workspace, self._visit_id)
        except TrackerError as error:
            self.trouble.say(say(error.message), [(tr("Close"), self.leave)])
            return
        self._session = session
        kept = session.assessment
        self.how.write(session.asking)
        comment = str(kept.responses.get(COMMENT) or "")
        self.how.show_how(kept.mode, kept.assessor, comment, new=not session.amending)
        self.how.lock(locked=session.sheet.locked)
        self._show_all(session)

    def _show_all(self, session: ExamSession) -> None:
        self.header.write(session)
        self.findings.write()
        self.help.write()
        self.panels.setCurrentWidget(self.findings)
        self.how.show()
        self.header.compare.setChecked(False)
        self.grid.show_sheet(session.sheet)
        self.live.show(session)
        self._show_strip()

    def _changed(self) -> None:
        if self._session is None:
            return
        self.unfinished.hide()
        self.keeper.answers_changed()
        self.header.write_status(self._session)
        self.live.show(self._session)

    def _show_strip(self) -> None:
        if self._session is not None:
            self.strip.show_sheet(self._session.sheet)

    def _strip_pressed(self, key: object) -> None:
        self.grid.press(key)
        if not self.strip.reason.isVisibleTo(self.strip):
            self.grid.setFocus()

    def _reason_given(self, text: str) -> None:
        if self._session is not None and text.strip():
            self._session.sheet.reason_text(text)
            self.grid.sync()
            self.grid.setFocus()

    def _commented(self, text: str) -> None:
        if self._session is not None:
            self._session.sheet.comment(text)
            self.grid.sync()

    @property
    def form(self) -> ExamSession | None:
        """The open form."""
        return self._session

    def reopen(self) -> None:
        """Read the open form again."""
        self._start()
        self.grid.setFocus()

    def _abandon(self) -> None:
        self._let_go()
        self.closed.emit()

    def _let_go(self) -> None:
        self.keeper.start()
        self.both.forget()
        self.comparing.end()
        self.live.forget()
        self._session = None

    def complete(self) -> None:
        """Complete the exam, or say which cells are still blank."""
        session = self._session
        if session is None or session.sheet.locked:
            return
        if left := session.sheet.blanks():
            count = ntr("{count} cell is blank", "{count} cells are blank", len(left))
            sentence = tr(
                "{count}, {next}. Give a grade, or NT if it cannot be tested.", count=count, next=needed(left)
            )
            self.unfinished.say(sentence, [(tr("&Go there"), self.go_to_first_blank)])
            self.unfinished.buttons[0].setFocus()
            return
        try:
            session.complete(self.how.said())
        except InvalidExamError as error:
            self.trouble.say(say(error.message), [(tr("&Go there"), partial(self._mend, error.item))])
            return
        except EditedElsewhereError as error:
            self.both.show_both(session, error.both, completing=True)
            return
        except TrackerError as error:
            self.trouble.say(say(error.message), [(tr("&Try again"), self.complete)])
            return
        self.keeper.forget()
        self._start()
        self.saved.emit(session.patient.id)

    def _mend(self, cell: str | None) -> None:
        self.trouble.hide()
        if cell is not None:
            self.grid.go_to(cell)

    def go_to_first_blank(self) -> None:
        """Go to the first blank cell."""
        self.unfinished.hide()
        self.grid.sheet.first_blank()
        self.grid.sync()
        self.grid.setFocus()

    def undo(self) -> None:
        """Take the last change back."""
        self.grid.undo()

    def redo(self) -> None:
        """Bring a change back."""
        self.grid.redo()

    def discard(self) -> None:
        """Return a changed exam to what is stored."""
        session = self._session
        if session is None or not session.amending:
            return
        try:
            session.discard()
        except EditedElsewhereError as error:
            self.both.show_both(session, error.both, completing=False)
            return
        except TrackerError as error:
            self.trouble.say(say(error.message))
            return
        self.keeper.forget()
        self.how.comment.setText(str(session.stored.responses.get(COMMENT) or ""))
        self._show_all(session)
        self.grid.setFocus()

    def classification_text(self) -> str:
        """Return the classification with every step, empty while there is none."""
        return self.live.text(self._session, self.header.title.text()) if self._session is not None else ""

    def let_out(self, what: str, send: Callable[[str], str]) -> None:
        """Send the classification with every step out, if there is one, and say what *send* or the refusal says."""
        if self._session is not None and (text := self.classification_text()):
            self.keeper.words.setText(self._session.let_out(what, partial(send, text)))

    def toggle_help(self) -> None:
        """Show or hide what there is to know about the exam."""
        self._show_panel(self.help)

    def toggle_comparison(self) -> None:
        """Set the exam against an earlier one, or stop doing so."""
        if self._session is not None and self._session.earlier:
            self._show_panel(self.compare)

    def _show_panel(self, panel: QWidget) -> None:
        session = self._session
        wanted = self.findings if self.panels.currentWidget() is panel else panel
        self.panels.setCurrentWidget(wanted)
        self.header.compare.setChecked(comparing := wanted is self.compare)
        self.how.setVisible(wanted is self.findings)
        if comparing and session is not None:
            self.comparing.begin(session)
        else:
            self.comparing.end()
        self.grid.setFocus()

    def leave(self) -> None:
        """Leave the exam; what is asked or shown over it is put away first, a draft is kept."""
        if self.panels.currentWidget() is not self.findings:
            self._show_panel(self.findings)
        elif not self.unfinished.isHidden():
            self.unfinished.hide()
            self.grid.setFocus()
        elif self.grid.sheet.cancel():
            self.grid.sync()
            self.grid.setFocus()
        elif self.put_away():
            self.closed.emit()

    def put_away(self) -> bool:
        """Save what is unsaved and let go of the exam; False if it cannot be saved."""
        session = self._session
        if session is None:
            return True
        if not self.keeper.save_now():
            return False
        session.leave()
        self._let_go()
        return True

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of *theme*."""
        self.grid.set_theme(theme)
        self.findings.set_theme(theme)

    def retranslate(self) -> None:
        """Write everything in the language in use."""
        for text, action in self._commands:
            action.setText(say(text))
        if self._session is not None:
            self.how.write(self._session.asking)
            self._show_all(self._session)
