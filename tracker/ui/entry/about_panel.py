"""About this scale: what it asks about, its rules for missing items, its licence and its source."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from tracker.core.messages import tr
from tracker.core.numbers import DASH, plain_number
from tracker.scales.model import Scale
from tracker.ui.entry.reading import policy_name


def about_html(scale: Scale) -> str:
    """Return the panel's text."""
    parts = [f"<h3>{_plain(scale.title)}</h3>", _part(tr("Asks about"), [str(scale.recall)])]
    parts.append(_part(tr("Scores"), [_score_line(scale, score.code) for score in scale.scores]))
    rules = [tr("{name}: {note}", name=policy_name(policy), note=policy.note) for policy in scale.policies]
    parts.append(_part(tr("Missing items"), rules))
    parts.append(_part(tr("Know before use"), [str(note) for note in scale.notes]))
    parts.append(_part(tr("Licence"), [str(scale.licence)]))
    wording = tr("The labels here are the program's own short ones, not the questionnaire's wording.")
    parts.append(_part(tr("Wording"), [wording]))
    parts.append(_part(tr("Source"), [scale.source]))
    return "".join(parts)


def _score_line(scale: Scale, code: str) -> str:
    score = scale.score(code)
    if score.open_ended:
        least = plain_number(score.minimum)
        return tr("{score}: {least} {unit} or more", score=score.label, least=least, unit=score.unit or "")
    span = f"{plain_number(score.minimum)}{DASH}{plain_number(score.maximum)}"
    return tr(
        "{score}: {range}, from {low} to {high}",
        score=score.label,
        range=span,
        low=score.low_anchor,
        high=score.high_anchor,
    )


def _part(title: str, paragraphs: list[str]) -> str:
    if not paragraphs:
        return ""
    body = "".join(f"<p style='margin:0 0 5px 0'>{_plain(text)}</p>" for text in paragraphs)
    return f"<p style='margin:10px 0 2px 0'><b>{_plain(title)}</b></p>{body}"


def _plain(text: object) -> str:
    return html.escape(str(text))


class AboutPanel(QTextBrowser):
    """The panel that takes the place of the scores while it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenExternalLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.document().setDocumentMargin(14)

    def show_scale(self, scale: Scale) -> None:
        """Show *scale*."""
        self.setHtml(about_html(scale))
        self.setAccessibleName(tr("About {scale}", scale=scale.short_title))
