"""A panel of figures the clinic may set for a rule: the figures in force, a mark where they are not verified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.core.numbers import Number, parse_number, plain_number
from tracker.ui.form import Form, required
from tracker.ui.widgets import button, label, row

Figures = Mapping[str, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRule:
    """What a panel shows of a rule, and how its figures are read and kept."""

    title: str
    words: str
    """What the rule says."""
    titles: Mapping[str, str]
    """Figure -> the label of its field."""
    checks: Mapping[str, Callable[[Number], Number]]
    shipped: Any
    """The rule with the program's figures."""
    current: Callable[[], Any]
    with_figures: Callable[[Any, Figures], Any]
    keep: Callable[[Any], None]
    mark: Callable[[Any], str]
    """The warning for a rule that is not verified."""


class FiguresPanel(QWidget):
    """The figures in force, to be changed; ``changed`` when others are in force."""

    changed = Signal()

    def __init__(self, rule: FiguresRule, *, read_only: bool) -> None:
        super().__init__()
        self._rule = rule
        self.form = Form()
        for name, title in rule.titles.items():
            self.form.text(name, title).setEnabled(not read_only)
        self.form.submitted.connect(self._use_typed)
        self.mark = label("", "warn", wrap=True)
        self.done = label("", "soft", wrap=True)
        self.use_button = button(tr("Use these figures"), self._use_typed, "main")
        self.reset_button = button(tr("Back to the program’s figures"), lambda: self._use(rule.shipped))
        for one in (self.use_button, self.reset_button):
            one.setEnabled(not read_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(rule.title, "section"))
        layout.addWidget(self.mark)
        layout.addWidget(label(rule.words, "soft", wrap=True))
        layout.addWidget(self.form)
        layout.addLayout(row(self.use_button, self.reset_button))
        layout.addWidget(self.done)
        self._say("")
        self._fill()

    def _say(self, text: str) -> None:
        self.done.setText(text)
        self.done.setVisible(bool(text))

    def _fill(self) -> None:
        rule = self._rule.current()
        self.form.fill({name: plain_number(getattr(rule, name)) for name in self._rule.titles})
        self.mark.setText(f"\N{WARNING SIGN} {self._rule.mark(rule)}")
        self.mark.setVisible(not rule.verified)

    def _read(self, name: str) -> Callable[[str], Number]:
        check = self._rule.checks[name]
        return lambda text: check(parse_number(required(text)))

    def _use_typed(self) -> None:
        self._say("")
        self.form.forgive()
        names = self._rule.titles
        figures = {name: value for name in names if (value := self.form.read(name, self._read(name))) is not None}
        if len(figures) == len(names):
            self._use(self._rule.with_figures(self._rule.current(), figures))

    def _use(self, rule: Any) -> None:
        self.form.forgive()
        if rule != self._rule.current():
            try:
                self._rule.keep(rule)
            except TrackerError as error:
                self.form.complain(next(iter(self._rule.titles)), str(error))
                return
            self.changed.emit()
        self._fill()
        self._say(tr("these figures are in force"))
