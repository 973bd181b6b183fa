"""The classification and the comparison, made beside the window when they may take long; only the last one counts."""

from dataclasses import replace

from PySide6.QtCore import QObject

from tracker.scales.isncsci.exam import InvalidExamError
from tracker.ui.exam.compare_panel import ComparePanel
from tracker.ui.exam.compared import Compared, compare_with
from tracker.ui.exam.exam_grid import ExamGrid
from tracker.ui.exam.findings_panel import FindingsPanel
from tracker.ui.exam.header import facts
from tracker.ui.exam.looks import CellLook, shown_code
from tracker.ui.exam.reading import (
    MOST_OPEN_AT_ONCE,
    Reading,
    TotalLine,
    column_totals,
    open_cells,
    read_exam,
    report,
    total_lines,
)
from tracker.ui.exam.session import Dated, ExamSession
from tracker.ui.exam.written import Responses
from tracker.ui.jobs import Jobs


class Live(QObject):
    """Keeps the findings panel in step with what is typed."""

    def __init__(self, jobs: Jobs, panel: FindingsPanel, grid: ExamGrid, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panel, self._grid = jobs, panel, grid
        self._latest = 0

    def show(self, session: ExamSession) -> None:
        """Show what the exam says now: totals, and what is needed or the classification."""
        responses = session.sheet.state.responses
        self._grid.column_totals = column_totals(responses)
        self._grid.update()
        since = "" if session.previous is None else session.previous.date.isoformat()
        self._panel.show_totals(_totals(session), since)
        self._read(responses, session.sheet.blanks(), documented=session.documented)

    def text(self, session: ExamSession, title: str) -> str:
        """Return the classification shown as plain text, empty while there is none."""
        reading = self._panel.reading
        return report(reading, ", ".join([title, *facts(session)]), _totals(session)) if reading is not None else ""

    def _read(self, responses: Responses, blank: tuple[str, ...], *, documented: bool) -> None:
        """Show what is needed, or the classification: at once where it is quick, else when it is ready."""
        self.forget()
        if blank:
            self._panel.show_needed(blank)
        elif open_cells(responses) <= MOST_OPEN_AT_ONCE:
            self._panel.show_reading(read_exam(responses, documented=documented))
        else:
            number = self._latest
            self._panel.show_busy()
            self._jobs.run(
                self,
                lambda: read_exam(responses, documented=documented),
                lambda reading: self._ready(number, reading),
                _raise,
            )

    def forget(self) -> None:
        """Let no answer that is still on its way be shown."""
        self._latest += 1

    def _ready(self, number: int, reading: Reading | InvalidExamError) -> None:
        if number == self._latest:
            self._panel.show_reading(reading)


class Comparing(QObject):
    """Sets the open exam against an earlier one: the panel in words, the grid cell by cell."""

    def __init__(self, jobs: Jobs, panel: ComparePanel, grid: ExamGrid, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panel, self._grid = jobs, panel, grid
        self._session: ExamSession | None = None
        self._found: Compared | None = None
        self._latest = 0
        panel.chosen.connect(self._choose)

    def begin(self, session: ExamSession) -> None:
        """Compare with the exam before this one, or with the latest other one."""
        self._session = session
        before = session.previous or session.earlier[-1]
        self._panel.write(session.earlier, before.key)
        self._compare(session, before)

    def end(self) -> None:
        """Return to the open exam alone."""
        self._latest += 1
        self._session = self._found = None
        self._grid.overlay = None
        self._grid.update()

    @property
    def found(self) -> Compared | None:
        """What is shown, None while nothing is."""
        return self._found

    def _choose(self, key: str) -> None:
        if self._session is not None:
            before = next(exam for exam in self._session.earlier if exam.key == key)
            self._compare(self._session, before)

    def _compare(self, session: ExamSession, before: Dated) -> None:
        self._latest += 1
        number, responses, documented = self._latest, session.sheet.state.responses, session.documented
        self._found = None
        self._panel.show_busy()
        self._grid.overlay = self._overlaid
        self._grid.update()
        self._jobs.run(
            self,
            lambda: compare_with(before, responses, documented=documented),
            lambda found: self._ready(number, found),
            self._failed,
        )

    def _ready(self, number: int, found: Compared) -> None:
        if number == self._latest:
            self._found = found
            self._panel.show_compared(found)
            self._grid.update()

    def _failed(self, error: Exception) -> None:
        self._panel.show_problem(error)

    def _overlaid(self, cell: str, look: CellLook) -> CellLook:
        change = self._found.cells.get(cell) if self._found is not None else None
        if change is None:
            return replace(look, compared=True)
        both = f"{shown_code(cell, change.before)}\N{RIGHTWARDS ARROW}{shown_code(cell, change.after)}"
        return replace(look, text=both, star="", change=change.change, compared=True)


def _totals(session: ExamSession) -> tuple[TotalLine, ...]:
    before = session.previous.responses if session.previous is not None else None
    return total_lines(session.sheet.state.responses, before)


def _raise(error: Exception) -> None:
    raise error
