"""The entry page: a form for one scale at one visit, with its live scores. Talks to services only."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.clinic.codes import Context
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, ntr, say, tr
from tracker.core.numbers import Number, plain_number
from tracker.services.elsewhere import EditedElsewhereError
from tracker.ui.entry import commands, key_hints
from tracker.ui.entry.about_panel import AboutPanel
from tracker.ui.entry.arrange import arrange
from tracker.ui.entry.entry_grid import EntryGrid
from tracker.ui.entry.header import Header
from tracker.ui.entry.headings import label as item_label
from tracker.ui.entry.key_hints import KeyHints
from tracker.ui.entry.keyed_page import KeyedPage
from tracker.ui.entry.keys import Press, read_key
from tracker.ui.entry.notice import Notice
from tracker.ui.entry.score_panel import ScorePanel
from tracker.ui.entry.session import EntrySession
from tracker.ui.theme import Theme

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace


class EntryPage(KeyedPage):
    """One open form; ``open`` shows another one in the same page."""

    saved = Signal(str)
    """An assessment of this patient was completed or changed."""
    closed = Signal()
    """The form was left; a draft with answers is kept."""

    def __init__(self, workspace: "Workspace", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session: EntrySession | None = None
        self._opened: tuple[str, str, str | None] = ("", "", None)
        self._confirmed: set[tuple[str, Number]] = set()
        self.header = Header()
        self.grid = EntryGrid(theme)
        self.scores = ScorePanel(theme)
        self.about = AboutPanel()
        self.side = QStackedWidget()
        self.hints = KeyHints(theme)
        self.trouble, self.unfinished = self.keeper.trouble, Notice("")
        arrange(self)
        self._connect()

    def _connect(self) -> None:
        self.header.complete.clicked.connect(self.complete)
        self.header.close_form.clicked.connect(self.leave)
        self.header.discard.clicked.connect(self.discard)
        self.header.context_chosen.connect(self._change_context)
        self.grid.changed.connect(self._answers_changed)
        self.grid.moved.connect(self._show_hints)
        self.keeper.retried.connect(self.grid.take_focus)
        self.keeper.abandoned.connect(self._abandon)
        self.scores.question.confirmed.connect(self._confirm)
        self.scores.question.change_wanted.connect(self.grid.go_to)
        acts: list[tuple[Message, Callable[[], None]]] = [
            (commands.COMPLETE, self.complete),
            (commands.FIRST_OPEN, self.go_to_first_open),
            (commands.UNDO, self.undo),
            (commands.REDO, self.redo),
            (commands.DISCARD, self.discard),
            (commands.ABOUT, self.toggle_about),
            (commands.LEAVE, self.leave),
        ]
        self._commands = commands.add_commands(self, acts)

    def open(
        self, visit_id: str, scale_id: str, episode_id: str | None = None, context: Context = Context.UNSPECIFIED
    ) -> None:
        """Open the form of a scale at a visit: a new draft, an unfinished one, or a complete one to be changed."""
        if self.put_away():
            self._opened = (visit_id, scale_id, episode_id)
            self._start(context)
            self.grid.take_focus()

    def _start(self, context: Context) -> None:
        self._session = None
        self.keeper.start()
        self.both.forget()
        self.unfinished.hide()
        try:
            session = EntrySession(self._workspace, *self._opened)
            session.start(context)
        except TrackerError as error:
            self.grid.show_nothing()
            self.trouble.say(say(error.message), [(tr("Close"), self.leave)])
            return
        self._session = session
        self._confirmed = set(session.stored.numbers.items()) if session.amending else set()
        self.scores.show_how(session.assessment.mode, session.assessment.assessor, new=not session.amending)
        self._show_all(session)

    def _show_all(self, session: EntrySession) -> None:
        self.header.write(session)
        last = session.previous.visit.date.isoformat() if session.previous is not None else ""
        self.scores.write(last, session.policy, session.asking)
        self.about.show_scale(session.scale)
        self.side.setCurrentWidget(self.scores)
        self.grid.show_sheet(session.sheet, session.last_answers)
        self._show_scores(session)
        self._show_hints()

    def _answers_changed(self) -> None:
        if self._session is None:
            return
        self.unfinished.hide()
        self.keeper.answers_changed()
        self.header.write_status(self._session)
        self._show_scores(self._session)

    def _show_scores(self, session: EntrySession) -> None:
        self.scores.show_readings(session.readings())
        odd = session.odd_answer(self._confirmed)
        if odd is None:
            self.scores.question.hide()
            return
        sentence = tr(
            "{code} {item} went from {last} to {value}. Right?",
            code=odd.item.code,
            item=item_label(session.scale, odd.item),
            last=plain_number(odd.last),
            value=plain_number(odd.value),
        )
        self.scores.question.ask(odd.item.code, sentence)

    def _confirm(self, code: str) -> None:
        if self._session is not None and code in self._session.sheet.state.responses:
            self._confirmed.add((code, self._session.sheet.state.responses[code]))
            self._show_scores(self._session)
            self.grid.take_focus()

    def _show_hints(self) -> None:
        if self._session is not None:
            sheet = self._session.sheet
            self.hints.show_hints(key_hints.hints(sheet.item, sheet.state))

    @property
    def form(self) -> EntrySession | None:
        """The open form."""
        return self._session

    def reopen(self) -> None:
        """Read the open form again."""
        if self._session is not None:
            self._start(self._session.assessment.context)
            self.grid.take_focus()

    def _abandon(self) -> None:
        self._let_go()
        self.closed.emit()

    def _let_go(self) -> None:
        self.keeper.start()
        self.both.forget()
        self.grid.show_nothing()
        self._session = None

    def complete(self) -> None:
        """Complete the form, or ask in place what to do about items without an answer."""
        session = self._session
        if session is None or session.sheet.locked or not self.grid.leave():
            return
        left = session.sheet.unanswered()
        if left:
            sentence = ntr("{count} item has no answer.", "{count} items have no answer.", len(left))
            choices = [
                (tr("&Go to the first"), self.go_to_first_open),
                (tr("&Mark as not asked and complete"), self._complete_not_asked),
            ]
            self.unfinished.say(sentence, choices)
            self.unfinished.buttons[0].setFocus()
            return
        self._complete(session)

    def _complete(self, session: EntrySession) -> None:
        try:
            session.complete(self.scores.said())
        except EditedElsewhereError as error:
            self.both.show_both(session, error.both, completing=True)
            return
        except TrackerError as error:
            self.trouble.say(say(error.message), [(tr("&Try again"), self.complete)])
            return
        self.keeper.forget()
        self._start(session.assessment.context)
        self.grid.take_focus()
        self.saved.emit(session.subject.patient.id)

    def _complete_not_asked(self) -> None:
        if self._session is not None:
            self._session.sheet.not_asked()
            self.grid.sync()
            self._complete(self._session)

    def go_to_first_open(self) -> None:
        """Go to the first item without an answer."""
        self.unfinished.hide()
        if self._session is not None:
            left = self._session.sheet.unanswered()
            if left:
                self.grid.go_to(left[0])
            self.grid.take_focus()

    def undo(self) -> None:
        """Take the last keystroke back."""
        self.grid.undo()

    def redo(self) -> None:
        """Bring a keystroke back."""
        self.grid.redo()

    def discard(self) -> None:
        """Return a changed form to its stored answers."""
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
        self._show_all(session)
        self.grid.take_focus()

    def toggle_about(self) -> None:
        """Show or hide what there is to know about the scale."""
        showing = self.side.currentWidget() is self.about
        self.side.setCurrentWidget(self.scores if showing else self.about)
        self.grid.take_focus()

    def leave(self) -> None:
        """Leave the form; what is asked or held is dropped first, a draft is kept."""
        if self.side.currentWidget() is self.about:
            self.toggle_about()
        elif not self.unfinished.isHidden():
            self.unfinished.hide()
            self.grid.take_focus()
        elif self.put_away():
            self.closed.emit()

    def put_away(self) -> bool:
        """Save what is unsaved and let go of the form; False if it cannot be saved."""
        session = self._session
        if session is None:
            return True
        if not self.grid.leave() or not self.keeper.save_now():
            return False
        session.leave()
        self._let_go()
        return True

    def _change_context(self, context: str) -> None:
        session = self._session
        if session is None or context == session.assessment.context.value:
            return
        if self.put_away():
            self._start(Context(context))
            self.grid.take_focus()
        else:
            self.header.write(session)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of *theme*."""
        self.grid.set_theme(theme)
        self.hints.theme = theme
        self.scores.set_theme(theme)
        if self._session is not None:
            self._show_scores(self._session)

    def retranslate(self) -> None:
        """Write everything in the language in use."""
        for text, action in self._commands:
            action.setText(say(text))
        if self._session is not None:
            self._show_all(self._session)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the form's own keys; a digit typed while a button has the focus is meant for the form."""
        key = read_key(event)
        if commands.action_for(self, event) is None and key is not None and key.press is Press.DIGIT:
            self.grid.take_focus()
            self.grid.press(key)
        else:
            super().keyPressEvent(event)
