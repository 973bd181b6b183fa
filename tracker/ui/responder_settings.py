"""Settings of the OMERACT-OARSI rule: four figures the clinic may set, marked for as long as no source was seen."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.core.numbers import Number, parse_number, plain_number
from tracker.scales.responders import OMERACT_OARSI, OmeractOarsi
from tracker.services.responder_rules import FIGURES, check_figure
from tracker.ui.form import Form, required
from tracker.ui.widgets import button, label, row

if TYPE_CHECKING:
    from tracker.services.responder_rules import ResponderRules


def read_figure(text: str) -> Number:
    """Return the typed figure; raises TrackerError with what is wrong with it."""
    return check_figure(parse_number(required(text)))


class ResponderSettings(QWidget):
    """The figures in force, to be changed; ``changed`` when others are in force."""

    changed = Signal()

    def __init__(self, rules: "ResponderRules", *, read_only: bool) -> None:
        super().__init__()
        self._rules = rules
        self.form = Form()
        for name, title in _titles().items():
            self.form.text(name, title).setEnabled(not read_only)
        self.form.submitted.connect(self._use_typed)
        self.mark = label("", "warn", wrap=True)
        self.done = label("", "soft", wrap=True)
        self.use_button = button(tr("Use these figures"), self._use_typed, "main")
        self.reset_button = button(tr("Back to the program’s figures"), lambda: self._use(OMERACT_OARSI))
        for one in (self.use_button, self.reset_button):
            one.setEnabled(not read_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(tr("OMERACT-OARSI responder criteria"), "section"))
        layout.addWidget(self.mark)
        layout.addWidget(label(_rule_words(), "soft", wrap=True))
        layout.addWidget(self.form)
        layout.addLayout(row(self.use_button, self.reset_button))
        layout.addWidget(self.done)
        self._say("")
        self._fill()

    def _say(self, text: str) -> None:
        self.done.setText(text)
        self.done.setVisible(bool(text))

    def _fill(self) -> None:
        rule = self._rules.omeract_oarsi()
        self.form.fill({name: plain_number(getattr(rule, name)) for name in FIGURES})
        unverified = tr(
            "UNVERIFIED: these figures were not seen in their source ({citation}). Compare them with "
            "it before you rely on an answer; every answer is shown so marked.",
            citation=rule.citation,
        )
        self.mark.setText(f"\N{WARNING SIGN} {unverified}")
        self.mark.setVisible(not rule.verified)

    def _use_typed(self) -> None:
        self._say("")
        self.form.forgive()
        figures = {name: value for name in FIGURES if (value := self.form.read(name, read_figure)) is not None}
        if len(figures) == len(FIGURES):
            rule = replace(
                self._rules.omeract_oarsi(),
                high_percent=figures["high_percent"],
                high_points=figures["high_points"],
                low_percent=figures["low_percent"],
                low_points=figures["low_points"],
            )
            self._use(rule)

    def _use(self, rule: OmeractOarsi) -> None:
        self.form.forgive()
        if rule != self._rules.omeract_oarsi():
            try:
                self._rules.change_omeract_oarsi(rule)
            except TrackerError as error:
                self.form.complain(FIGURES[0], str(error))
                return
            self.changed.emit()
        self._fill()
        self._say(tr("these figures are in force"))


def _titles() -> dict[str, str]:
    return {
        "high_percent": tr("High response: % of baseline"),
        "high_points": tr("High response: points of 100"),
        "low_percent": tr("Two of three: % of baseline"),
        "low_points": tr("Two of three: points of 100"),
    }


def _rule_words() -> str:
    return tr(
        "Met by a high response of pain or function, or by the lower limits in two of pain, function and the patient’s "
        "global assessment. Each asks for the percent and for the points, on scores of 0 to 100."
    )
