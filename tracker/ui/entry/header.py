"""The head of the form: which scale, whose, when, in which context; complete and close."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tracker.clinic.codes import Context
from tracker.clinic.conditions import conditions
from tracker.core.messages import tr
from tracker.scales.model import Direction, Scale
from tracker.ui import words
from tracker.ui.entry.session import EntrySession, Subject
from tracker.ui.widgets import ChoiceBox, chip, restyle


class Facts(QLabel):
    """One line of facts, shortened at its end; the whole line is its tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return a width that any window has."""
        return QSize(60, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


def facts(subject: Subject, scale: Scale) -> list[str]:
    """Return whose form it is and when, in words."""
    found = [subject.patient.name, subject.patient.patient_number]
    if subject.episode is not None:
        site = conditions()[subject.episode.condition].site_label(subject.episode.body_site)
        found.append(words.site_and_side(site, subject.episode.side))
    found.append(subject.visit.date.isoformat())
    if subject.months is not None:
        found.append(words.months(subject.months))
    if subject.planned is not None:
        found.append(tr("planned visit: month {month}", month=subject.planned.months))
    found.append(str(scale.recall))
    ways = {score.direction for score in scale.scores}
    if len(ways) == 1:
        found.append(tr("higher is better") if Direction.HIGHER_BETTER in ways else tr("lower is better"))
    return [fact for fact in found if fact]


class Header(QWidget):
    """Title, facts, context and the two buttons."""

    context_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.status, self.facts = QLabel(), chip("", "missing"), Facts()
        self.title.setProperty("tone", "heading")
        self.context_label, self.context = QLabel(), ChoiceBox()
        self.context_label.setProperty("tone", "soft")
        self.context.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.context_label.setBuddy(self.context)
        self.complete, self.discard, self.close_form = QPushButton(), QPushButton(), QPushButton()
        self.complete.setProperty("look", "main")
        self.context.activated.connect(lambda: self.context_chosen.emit(self.context.currentData()))
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.title)
        top.addWidget(self.status)
        top.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(1)
        left.addLayout(top)
        left.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 14, 7)
        row.setSpacing(8)
        row.addLayout(left, 1)
        for widget in (self.context_label, self.context, self.discard, self.close_form, self.complete):
            row.addWidget(widget)

    def write(self, session: EntrySession) -> None:
        """Write everything for *session*."""
        scale = session.scale
        self.title.setText(str(scale.title))
        self.write_status(session)
        line = " \N{MIDDLE DOT} ".join(facts(session.subject, scale))
        self.facts.setText(line)
        self.facts.setToolTip(line)
        several = len(scale.contexts) > 1
        self.context_label.setVisible(several)
        self.context.setVisible(several)
        self.context_label.setText(tr("Conte&xt"))
        self.context.clear()
        for context in scale.contexts:
            self.context.addItem(words.label(Context(context)), context)
        self.context.setCurrentIndex(self.context.findData(session.assessment.context.value))

    def write_status(self, session: EntrySession) -> None:
        """Say whether this is a draft or a change of a complete form."""
        if session.sheet.locked:
            kind, text = "missing", tr("read only")
        elif session.amending:
            kind, text = "due" if session.differs else "good", tr("changed") if session.differs else tr("complete")
        else:
            kind, text = "missing", tr("draft")
        restyle(self.status, "chip", kind)
        self.status.setText(text)
        self.complete.setText(tr("Save change") if session.amending else tr("Complete"))
        self.discard.setText(tr("Discard change"))
        self.close_form.setText(tr("Close"))
        self.complete.setToolTip(tr("Ctrl+Enter"))
        self.close_form.setToolTip(tr("Esc: the draft is kept"))
        self.discard.setVisible(session.amending and session.differs)
        self.complete.setEnabled(not session.sheet.locked)
