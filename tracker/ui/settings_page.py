"""Settings: who enters, language, theme, and for each scale how missing items are treated (with what would change)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tracker.core.messages import Language, current_language, ntr, tr
from tracker.scales.model import Policy, Scale
from tracker.services.rights import Right
from tracker.ui import settings, theme
from tracker.ui.allowed import allow
from tracker.ui.form import Form
from tracker.ui.own_files_panel import OwnFilesPanel
from tracker.ui.widgets import ChoiceBox, button, card, column, label, restyle, row, scrolled

if TYPE_CHECKING:
    from tracker.services.policies import RescoreDiff
    from tracker.services.workspace import Workspace


def policy_title(policy: Policy) -> str:
    """Return a policy's name, marked where no primary source was seen for it."""
    title = str(policy.label)
    return title if policy.verified else f"\N{WARNING SIGN} {title}"


def diff_words(diff: "RescoreDiff") -> str:
    """Return in words what a change of policy would do, or did, to the scores stored."""
    if not diff.assessments:
        return tr("no form of this scale is stored yet")
    forms = ntr("{count} stored form", "{count} stored forms", diff.assessments)
    return tr(
        "{forms}: {changed} scores change, {lost} are lost, {gained} are gained",
        forms=forms,
        changed=diff.changed_scores,
        lost=diff.lost_scores,
        gained=diff.gained_scores,
    )


class PolicyRow(QWidget):
    """The policies of one scale; a choice is shown with what it would change before it is made."""

    chosen = Signal()

    def __init__(self, workspace: "Workspace", scale: Scale) -> None:
        super().__init__()
        self._workspace, self._scale = workspace, scale
        self.box = ChoiceBox()
        self.box.setAccessibleName(tr("Policy of {scale}", scale=str(scale.short_title)))
        for policy in scale.policies:
            self.box.addItem(policy_title(policy), policy.id)
        self._note, self.preview = label("", "soft", wrap=True), label("", wrap=True)
        self.apply_button = button(tr("Use it and score again"), self._choose, "main")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 150)
        grid.addWidget(label(str(scale.short_title)), 0, 0)
        grid.addWidget(self.box, 0, 1)
        grid.addWidget(self.apply_button, 0, 2)
        grid.addWidget(self._note, 1, 1, 1, 2)
        grid.addWidget(self.preview, 2, 1, 1, 2)
        allow(workspace, Right.JUDGE, self.box)
        self.box.setCurrentIndex(max(0, self.box.findData(workspace.policies.current(scale.id).id)))
        self.box.currentIndexChanged.connect(self._show)
        self._show()

    def _selected(self) -> Policy:
        return self._scale.policies[self.box.currentIndex()]

    def _show(self) -> None:
        policy = self._selected()
        same = policy.id == self._workspace.policies.current(self._scale.id).id
        self._note.setText(str(policy.note))
        restyle(self._note, "tone", "soft" if policy.verified else "warn")
        self.apply_button.setVisible(not same)
        self.preview.setVisible(not same)
        if not same:
            self.preview.setText(diff_words(self._workspace.policies.preview(self._scale.id, policy.id)))

    def _choose(self) -> None:
        diff = self._workspace.policies.choose(self._scale.id, self._selected().id)
        self._show()
        self.preview.setText(tr("done: {what}", what=diff_words(diff)))
        self.preview.show()
        self.chosen.emit()


class SettingsPage(QWidget):
    """Emits what was chosen; the window remembers it and acts on it."""

    closed = Signal()
    actor_changed = Signal(str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    rescored = Signal()

    def __init__(self, workspace: "Workspace | None", actor: str, theme_choice: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.form = Form()
        self.form.section(tr("This computer"))
        self.form.text("actor", tr("Who enters"), actor, tr("your name, kept with each change"))
        languages = [(Language.EN.value, "English"), (Language.ZH_CN.value, "\u7b80\u4f53\u4e2d\u6587")]
        spoken = self.form.choice("language", tr("Language"), languages, current_language().value)
        shades = [(theme.SYSTEM, tr("as the system")), (theme.LIGHT, tr("light")), (theme.DARK, tr("dark"))]
        shade = self.form.choice("theme", tr("Theme"), shades, theme_choice)
        self.form.end()
        self.form.line("actor").editingFinished.connect(lambda: self.actor_changed.emit(self.form.raw("actor").strip()))
        self.form.cancelled.connect(self.closed)
        spoken.activated.connect(lambda _row: self.language_chosen.emit(self.form.raw("language")))
        shade.activated.connect(lambda _row: self.theme_chosen.emit(self.form.raw("theme")))
        self.rows: list[PolicyRow] = []
        self._people_place = QVBoxLayout()
        inside = QVBoxLayout()
        inside.setSpacing(14)
        inside.addLayout(row(button(tr("Back"), self.closed.emit, hint="Esc"), label(tr("Settings"), "title")))
        inside.addWidget(card(column(self.form), 18))
        self._security_place = QVBoxLayout()
        inside.addLayout(self._security_place)
        inside.addLayout(self._people_place)
        if workspace is not None:
            self.show_actor(workspace, actor)
            inside.addWidget(self._policies(workspace, policy_scales()))
            inside.addWidget(self._responders(workspace))
            inside.addWidget(self._reasons(workspace))
        inside.addWidget(self._own_scales())
        inside.addStretch(1)
        middle = QWidget()
        middle.setLayout(inside)
        middle.setMaximumWidth(860)
        self.setLayout(column(scrolled(middle), margins=(24, 14, 24, 14)))

    def add_people(self, panel: QWidget) -> None:
        """Put the panel about the users of the file in its place."""
        self._people_place.addWidget(card(column(panel), 18))

    def show_actor(self, workspace: "Workspace", actor: str) -> None:
        """Show who enters: the name of who is signed in cannot be typed."""
        user, line = workspace.session.user, self.form.line("actor")
        line.setText(actor if user is None else user.name)
        line.setEnabled(user is None)
        line.setToolTip("" if user is None else tr("This is who is signed in."))

    def add_security(self, panel: QWidget) -> None:
        """Put the panel about the file's keys in its place."""
        self._security_place.addWidget(card(column(panel), 18))

    def _policies(self, workspace: "Workspace", scales: Sequence[Scale]) -> QWidget:
        words = tr(
            "Sources disagree on how many items of a scale may be missing. The choice belongs to this file, is written "
            "into each score, and all its scores follow it."
        )
        layout = column(label(tr("Missing items, scale by scale"), "section"), label(words, "soft", wrap=True))
        for scale in scales:
            policy_row = PolicyRow(workspace, scale)
            policy_row.chosen.connect(self.rescored)
            self.rows.append(policy_row)
            layout.addWidget(policy_row)
        return card(layout, 18)

    def _responders(self, workspace: "Workspace") -> QWidget:
        from tracker.ui.responder_settings import responder_settings, worsening_settings

        fixed = workspace.read_only or not workspace.session.may(Right.JUDGE)
        self.responders = responder_settings(workspace.responder_rules, read_only=fixed)
        self.worsening = worsening_settings(workspace.responder_rules, read_only=fixed)
        for panel in (self.responders, self.worsening):
            panel.form.cancelled.connect(self.closed)
            panel.changed.connect(self.rescored)
        return card(column(self.responders, self.worsening, spacing=20), 18)

    def _reasons(self, workspace: "Workspace") -> QWidget:
        from tracker.ui.reason_settings import ReasonSettings

        may = workspace.session.may(Right.ADMINISTER) and not workspace.read_only
        self.reasons = ReasonSettings(workspace.change_reasons, read_only=not may)
        self.reasons.form.cancelled.connect(self.closed)
        return card(column(self.reasons), 18)

    def _own_scales(self) -> QWidget:
        from tracker.services import own_files

        folder = settings.data_folder()
        self.own_scales = OwnFilesPanel(
            own_files.scales_folder(folder), own_files.scale_problems, lambda: own_files.use_scales(folder)
        )
        self.own_scales.read_again.connect(self.rescored)
        words = tr("A scale file (id@version.toml) put into this folder is one more scale, or a version of one.")
        return card(
            column(label(tr("Your own scale files"), "section"), label(words, "soft", wrap=True), self.own_scales), 18
        )


def policy_scales() -> list[Scale]:
    """Return the scales that have more than one policy."""
    from tracker.scales.catalogue import catalogue

    return [scale for scale in catalogue().values() if len(scale.policies) > 1]
