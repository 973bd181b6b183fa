"""Entries of the audit as a table, newest first, and the one under the cursor told in full beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from tracker.core.messages import tr
from tracker.services.histories import Told
from tracker.ui.history.sentences import details, lines
from tracker.ui.history.wording import heading, when, who_when
from tracker.ui.records_table import Column, RecordsModel, RecordsTable
from tracker.ui.widgets import card, column, label

DETAILS = 400


class EntryView(QWidget):
    """Gets its entries by ``set_entries``; never asks for them."""

    def __init__(self, *, numbered: bool = False) -> None:
        super().__init__()
        columns: list[Column[Told]] = [
            Column(tr("When"), lambda told: when(told.at) if told.intact else "?"),
            Column(tr("Who"), lambda told: told.actor),
            Column(tr("What"), summary),
        ]
        if numbered:
            columns.insert(0, Column(tr("No."), lambda told: str(told.sequence)))
            columns.insert(3, Column(tr("Patient"), lambda told: told.patient or ""))
        self.model = RecordsModel(columns)
        self.table = RecordsTable(self.model, tr("Changes, newest first"), len(columns) - 1)
        self.title, self.who = label("", "heading", wrap=True), label("", "soft", wrap=True)
        self.reason = label("", wrap=True)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName(tr("What was changed"))
        side = card(column(self.title, self.who, self.reason, self.told, spacing=6), 14)
        side.setFixedWidth(DETAILS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.table, 1)
        layout.addWidget(side)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))
        self._show(-1)

    def set_entries(self, entries: Sequence[Told]) -> None:
        """Show *entries*, the first one told."""
        self.model.set_records(entries)
        if entries:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show(0 if entries else -1)

    def start(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, place: int) -> None:
        told = self.model.record(place) if 0 <= place < self.model.rowCount() else None
        for widget in (self.title, self.who, self.told):
            widget.setVisible(told is not None)
        self.reason.setVisible(told is not None and bool(told.reason))
        if told is None:
            return
        self.title.setText(heading(told))
        self.who.setText(who_when(told) + tr(" \N{MIDDLE DOT} entry {sequence}", sequence=told.sequence))
        self.reason.setText(tr("Reason: {reason}", reason=told.reason or ""))
        self.told.setPlainText("\n".join(lines(told) if told.entity else details(told)))


def summary(told: Told) -> str:
    """Return an entry in one line: what was done, and the first things that changed."""
    changed = lines(told, scores_first=True) if told.action in {"amend", "change", "rescore"} else []
    if not changed:
        return heading(told)
    more = len(changed) - 2
    shown = "; ".join(changed[:2]) + (tr("; and {count} more", count=more) if more > 0 else "")
    return tr("{heading}: {changes}", heading=heading(told), changes=shown)
