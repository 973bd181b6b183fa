"""What there is to know before use: the keys, and what the standard leaves open and this program decides."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from tracker.core.messages import Message, msg, say, tr
from tracker.ui.exam.reading import VERIFY

_KEYS: tuple[tuple[str, Message], ...] = (
    ("0\N{EN DASH}5", msg("set the grade and go on")),
    ("N", msg("not testable (on the number pad: minus)")),
    ("S", msg("star: not due to the injury; then how it counts and why (on the number pad: asterisk)")),
    ("D", msg("fill down: the blank cells below get this grade")),
    ("R", msg("the rest of the column is normal")),
    ("A", msg("every blank cell is normal")),
    ("1 Y / 0", msg("anal findings: yes / no")),
    ("Tab", msg("next column")),
    ("\N{ERASE TO THE LEFT}", msg("make blank")),
    ("Ctrl+Z", msg("take back")),
    ("Ctrl+G", msg("next blank cell")),
    ("Ctrl+E", msg("show the steps")),
    ("Ctrl+M", msg("compare with an earlier exam")),
    ("Ctrl+Enter", msg("complete")),
)
_MARKS: tuple[Message, ...] = (
    msg("An empty slot is blank: nothing was entered. 0 is dark: nothing is felt, nothing moves."),
    msg("A hatched NT is not testable: every result it leaves possible is shown after ND."),
    msg(
        "A framed star says the finding is not due to the injury: \N{BLACK STAR} taken as not normal, "
        "\N{WHITE STAR} taken as normal."
    ),
    msg("A result with * would be another one if the examined grades were taken as they are."),
    msg("With Shift and the arrows several cells are selected: a key then writes over all of them."),
)
_DECISIONS: tuple[Message, ...] = (
    msg("All grades normal but no voluntary anal contraction: motor levels S3, neurological level INT, AIS B."),
    msg(
        "All arm muscles 5 with impaired sensation beside them: the motor level is T1 (in the legs S1); it is not "
        "moved further down by function alone."
    ),
    msg(
        "A non-key muscle enters the motor zone of partial preservation only in AIS C, and only if it lies more than "
        "three segments below the level found without it. It never turns a B into a D."
    ),
    msg(
        "Stars: the exam is classified twice, with the assumed and with the examined grades; a result that differs "
        "carries the star."
    ),
    msg("Totals add the examined grades; a total over a cell that is not testable is ND."),
    msg("AIS E needs a documented injury: without an episode of spinal cord injury a normal exam has no grade."),
    msg("The body picture is simplified; it shows where to look, not where to test."),
)


def help_html() -> str:
    """Return the panel's text."""
    rows = "".join(
        f"<tr><td style='padding-right:10px'><b>{html.escape(key)}</b></td><td>{_plain(text)}</td></tr>"
        for key, text in _KEYS
    )
    parts = [_title(tr("Keys")), f"<table cellspacing='0' cellpadding='1'>{rows}</table>", _title(tr("Marks"))]
    parts += map(_paragraph, _MARKS)
    parts.append(_title(tr("What the standard leaves open, decided here")))
    parts += map(_paragraph, _DECISIONS)
    parts.append(_paragraph(VERIFY))
    return "".join(parts)


def _title(text: str) -> str:
    return f"<p style='margin:10px 0 3px 0'><b>{html.escape(text)}</b></p>"


def _paragraph(text: Message) -> str:
    return f"<p style='margin:0 0 5px 0'>{_plain(text)}</p>"


def _plain(text: Message) -> str:
    return html.escape(say(text))


class HelpPanel(QTextBrowser):
    """The panel that takes the place of the classification while it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.document().setDocumentMargin(14)

    def write(self) -> None:
        """Write the text in the language in use."""
        self.setHtml(help_html())
        self.setAccessibleName(tr("About this exam"))
