"""The head of the page: whose exam, when; compare, close and complete."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui import words
from tracker.ui.entry.header import Facts
from tracker.ui.exam.session import ExamSession
from tracker.ui.widgets import chip, label, restyle


def facts(session: ExamSession) -> list[str]:
    """Return whose exam it is and when, in words."""
    found = [session.patient.name, session.patient.patient_number, session.visit.date.isoformat()]
    if session.months is not None:
        found.append(words.months(session.months))
    if session.previous is not None:
        found.append(tr("last exam {date}", date=session.previous.date.isoformat()))
    return found


class Header(QWidget):
    """Title, facts and buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.status, self.facts = label("", "heading"), chip("", "missing"), Facts()
        self.compare, self.discard, self.close_form, self.complete = (QPushButton() for _ in range(4))
        self.compare.setCheckable(True)
        self.complete.setProperty("look", "main")
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
        row.setContentsMargins(16, 6, 14, 6)
        row.setSpacing(8)
        row.addLayout(left, 1)
        for button in (self.compare, self.discard, self.close_form, self.complete):
            row.addWidget(button)

    def write(self, session: ExamSession) -> None:
        """Write everything for *session*."""
        self.title.setText(tr("ISNCSCI exam, 2019 revision"))
        line = " \N{MIDDLE DOT} ".join(facts(session))
        self.facts.setText(line)
        self.facts.setToolTip(line)
        self.compare.setText(tr("Co&mpare exams"))
        self.compare.setEnabled(bool(session.earlier))
        self.compare.setToolTip("Ctrl+M" if session.earlier else tr("the patient has no other complete exam"))
        self.discard.setText(tr("Discard change"))
        self.close_form.setText(tr("Close"))
        self.complete.setToolTip(tr("Ctrl+Enter"))
        self.close_form.setToolTip(tr("Esc: the draft is kept"))
        self.write_status(session)

    def write_status(self, session: ExamSession) -> None:
        """Say whether this is a draft or a change of a complete exam."""
        if session.sheet.locked:
            kind, text = "missing", tr("read only")
        elif session.amending:
            kind, text = "due" if session.differs else "good", tr("changed") if session.differs else tr("complete")
        else:
            kind, text = "missing", tr("draft")
        restyle(self.status, "chip", kind)
        self.status.setText(text)
        self.complete.setText(tr("Save change") if session.amending else tr("Complete"))
        self.discard.setVisible(session.amending and session.differs)
        self.complete.setEnabled(not session.sheet.locked)
