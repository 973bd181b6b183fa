"""What each key does in an open exam: grades, not testable, filling, stars. Knows no Qt.

Without a selection the keys that fill several cells fill blank ones only; what is selected is overwritten.
"""

from collections.abc import Iterable
from dataclasses import replace

from tracker.core.messages import msg
from tracker.scales.isncsci.exam import NON_KEY_CELLS
from tracker.scales.isncsci.grades import NOT_TESTABLE
from tracker.scales.isncsci.record import (
    ANAL_CELLS,
    Assume,
    StarReason,
    Value,
    normal_grade,
)
from tracker.ui.exam import places
from tracker.ui.exam.answers import meant, takes
from tracker.ui.exam.asking import Asking, Phase, Star
from tracker.ui.exam.written import Written

_ENDED = msg("the exam ends here: go to a cell with the arrows or the mouse to change it")
_UNANSWERED = msg("answer the question about the star, or drop it with Esc")


class ExamSheet(Written):
    """One open exam; every method is one keystroke or click."""

    # Answering.

    def digit(self, digit: str) -> None:
        """Type a digit: it is the grade, the answer, or what the question about a star takes."""
        self.quiet()
        if self.state.asking is not None:
            self._answer_question(self.state.asking, digit)
            return
        if self.state.ended:
            self.refuse(_ENDED)
            return
        values = {cell: meant(cell, digit) for cell in self.selected or (self.state.at,)}
        wrong = next((cell for cell, value in values.items() if value is None), None)
        if wrong is not None:
            self.refuse(takes(wrong))
            return
        self.write(values)

    def not_testable(self) -> None:
        """Press the key for not testable."""
        self.quiet()
        asking = self.state.asking
        if asking is not None:
            if asking.phase is Phase.GRADE:
                self.ask(replace(asking, phase=Phase.ASSUME, grade=NOT_TESTABLE))
            return
        cells = self.selected or (self.state.at,)
        if self.state.ended:
            self.refuse(_ENDED)
        elif cells[0] in NON_KEY_CELLS:
            self.refuse(msg("without such a muscle leave this cell blank"))
        else:
            self.write(dict.fromkeys(cells, NOT_TESTABLE))

    def yes(self) -> None:
        """Press the key for yes."""
        self.quiet()
        if self.state.ended:
            self.refuse(_ENDED)
        elif self.state.at in ANAL_CELLS:
            self.write({self.state.at: "Yes"})
        else:
            self.refuse(takes(self.state.at))

    def accept(self) -> None:
        """Press Enter: go on, unless a question waits for its answer."""
        if self.state.asking is None:
            self.go(places.after(self.state.at))
        else:
            self.refuse(_UNANSWERED)

    def erase(self) -> None:
        """Make the current or the selected cells blank, with their stars."""
        self.quiet()
        if self.state.asking is None:
            self.write(dict.fromkeys(self.selected or (self.state.at,)), move=False)
        else:
            self.ask(self.state.asking.back())

    def fill_down(self) -> None:
        """Give the blank cells below the grade of this one; over a selection: all of it the grades of its top row."""
        self.quiet()
        changes: dict[str, Value | None] = {}
        stars: dict[str, Star] = {}
        chosen = self.selected
        if self.state.at not in places.GRADED:
            self.refuse(msg("there is nothing to fill down here"))
            return
        for cells in _by_column(chosen or places.CELLS_OF[places.column_of(self.state.at)]):
            source = self._source(cells[0] if chosen else self.state.at)
            if source is None:
                continue
            below = [cell for cell in cells if places.row_of(cell) > places.row_of(source)]
            targets = [cell for cell in below if chosen or self.value(cell) is None]
            changes |= dict.fromkeys(targets, self.value(source))
            star = self.star_at(source)
            stars |= dict.fromkeys(targets, star) if star is not None else {}
        if not changes:
            self.refuse(msg("nothing to fill down: give a grade first, or select the cells"))
            return
        self.write(changes, stars=stars, told=msg("{count} cells filled; Ctrl+Z takes it back", count=len(changes)))

    def rest_normal(self) -> None:
        """Set the blank cells from here to the end of the column normal; over a selection: all of it."""
        self.quiet()
        if self.state.at not in places.GRADED:
            self.refuse(takes(self.state.at))
            return
        cells = places.CELLS_OF[places.column_of(self.state.at)]
        rest = [cell for cell in cells[cells.index(self.state.at) :] if self.value(cell) is None]
        self._normal(self.selected or rest)

    def all_normal(self) -> None:
        """Set every blank motor and sensory cell normal; the anal findings stay to be answered."""
        self.quiet()
        self._normal([cell for cell in places.ORDER if cell in places.GRADED and self.value(cell) is None])

    # Stars.

    def star(self) -> None:
        """Press the key for a star: grade (in a blank cell), handling and reason come next."""
        self.quiet()
        if self.locked:
            self.refuse(msg("this exam can only be read here"))
            return
        chosen = [cell for cell in self.selected or (self.state.at,) if cell in places.GRADED]
        filled = tuple(cell for cell in chosen if self.value(cell) not in (None, normal_grade(cell)))
        if filled:
            self.ask(Asking(filled, Phase.ASSUME, had_star=any(map(self.starred, filled))))
        elif len(chosen) == 1 and self.value(chosen[0]) is None:
            self.ask(Asking(tuple(chosen), Phase.GRADE, graded_here=True))
        else:
            self.refuse(msg("only a grade that is not normal, or NT, may carry a star"))

    def reason_text(self, text: str) -> None:
        """Say in words why the cells asked about are starred."""
        asking = self.state.asking
        if asking is not None and asking.phase is Phase.TEXT and text.strip():
            self._put_star(asking, Star(asking.assume, StarReason.OTHER.value, text.strip()))

    def cancel(self) -> bool:
        """Drop what is asked or selected; False if there was nothing."""
        self.quiet()
        if self.state.asking is None and self.state.anchor is None:
            return False
        self.state = replace(self.state, asking=None, anchor=None if self.state.asking is None else self.state.anchor)
        return True

    # How it is done.

    def _answer_question(self, asking: Asking, digit: str) -> None:
        if asking.phase is Phase.GRADE:
            cell = asking.cells[0]
            grade = meant(cell, digit)
            if grade is None or grade == normal_grade(cell):
                self.refuse(msg("only a grade that is not normal, or NT, may carry a star"))
            else:
                self.ask(replace(asking, phase=Phase.ASSUME, grade=grade))
        elif digit == "0" and asking.phase is Phase.ASSUME and asking.had_star:
            self._put_star(asking, None)
        elif digit in asking.choices():
            chosen = asking.choices()[digit]
            if isinstance(chosen, Assume):
                self.ask(replace(asking, phase=Phase.REASON, assume=chosen.value))
            elif chosen is StarReason.OTHER:
                self.ask(replace(asking, phase=Phase.TEXT))
            else:
                self._put_star(asking, Star(asking.assume, chosen.value))
        else:
            self.refuse(_UNANSWERED)

    def _put_star(self, asking: Asking, star: Star | None) -> None:
        values = {cell: asking.grade if asking.graded_here else self.value(cell) for cell in asking.cells}
        self.write(values, stars=dict.fromkeys(asking.cells, star) if star is not None else {})

    def _source(self, cell: str) -> str | None:
        """Return the cell whose grade is filled down from *cell*: itself, or the one above where it is blank."""
        found = cell if self.value(cell) is not None else places.vertical(cell, -1)
        return found if self.value(found) is not None else None

    def _normal(self, cells: Iterable[str]) -> None:
        changes: dict[str, Value | None] = {cell: normal_grade(cell) for cell in cells}
        if changes:
            self.write(changes, told=msg("{count} cells set normal; Ctrl+Z takes it back", count=len(changes)))
        else:
            self.refuse(msg("no blank cell is left here"))


def _by_column(cells: Iterable[str]) -> list[list[str]]:
    columns: dict[str, list[str]] = {}
    for cell in cells:
        columns.setdefault(places.column_of(cell), []).append(cell)
    return list(columns.values())
