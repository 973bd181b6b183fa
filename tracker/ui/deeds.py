"""Everything the window can do, as data: a name, its words, its key and what it needs. The menus come from here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMenuBar

from tracker.core.messages import Message, msg, say
from tracker.services.rights import Right

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

FILE, PATIENT, EPISODE, WRITE, KEY, USERS = "file", "patient", "episode", "write", "key", "users"
REMOVE, TRANSFER = Right.REMOVE.value, Right.TRANSFER.value
"""What the role of who is signed in has to include."""
WHILE_LOCKED = frozenset(("open_demo", "open_file", "language", "theme", "quit"))
"""What can be done while the window is covered."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One action: what it is called, its key, and what has to be there for it."""

    name: str
    text: Message
    key: str = ""
    needs: frozenset[str] = frozenset()
    page_key: str = ""
    """A key that the page itself takes while it has the focus; the menu only names it."""


def _deed(name: str, text: Message, key: str = "", *needs: str) -> Deed:
    return Deed(name, text, key, frozenset(needs))


def _on_chart(name: str, text: Message, page_key: str = "") -> Deed:
    return Deed(name, text, needs=frozenset({EPISODE}), page_key=page_key)


RULE = Deed("", Message(""))

CHART = (
    _on_chart("zoom_scale", msg("&Part of each scale, or all of it"), "Y"),
    _on_chart("whole_course", msg("&Whole course"), "0"),
    _on_chart("read_against", msg("&Read against: show or hide"), "Alt+R"),
    _on_chart("course_table", msg("&Table, or the chart again"), "Ctrl+Alt+T"),
    _on_chart("mark_reviewed", msg("Mark as re&viewed"), "Ctrl+Alt+R"),
    RULE,
    _on_chart("panel_words", msg("Panel: &all sentences, or fewer"), "M"),
    _on_chart("panel_earlier", msg("Panel: move towards the &start"), "Alt+Left"),
    _on_chart("panel_later", msg("Panel: move towards the &end"), "Alt+Right"),
    _on_chart("panel_hide", msg("Panel: &hide"), "H"),
    _on_chart("panel_copy", msg("Panel: &copy as picture"), "Ctrl+C"),
    _on_chart("panel_save", msg("Panel: save as P&NG, SVG or PDF..."), "Ctrl+S"),
    _on_chart("panel_data", msg("Panel: save the &data as CSV...")),
)
CHART_DEEDS = tuple(deed for deed in CHART if deed is not RULE)
"""What is done with the course shown; its page has the same keys and buttons."""

MENUS: tuple[tuple[Message, tuple[Deed, ...]], ...] = (
    (
        msg("&File"),
        (
            _deed("open_demo", msg("Open the &demo")),
            _deed("new_file", msg("&New clinic file...")),
            _deed("open_file", msg("&Open another file..."), "Ctrl+O"),
            _deed("open_server", msg("Open a se&rver...")),
            RULE,
            _deed("export", msg("&Export CSV..."), "Ctrl+Shift+X", FILE, TRANSFER),
            _deed("backups", msg("&Backups..."), "Ctrl+B", FILE),
            RULE,
            _deed("audit", msg("&Audit of the file"), "Ctrl+Shift+A", FILE),
            _deed("verify", msg("&Verify this file"), "Ctrl+Shift+Y", FILE),
            RULE,
            _deed("lock", msg("Loc&k now"), "Ctrl+Shift+K", KEY),
            _deed("switch_user", msg("S&witch user"), "Ctrl+Shift+U", KEY, USERS),
            _deed("settings", msg("&Settings"), "Ctrl+,"),
            _deed("quit", msg("&Quit"), "Ctrl+Q"),
        ),
    ),
    (
        msg("&Edit"),
        (
            _deed("undo", msg("&Undo"), "Ctrl+Z", FILE, WRITE),
            _deed("redo", msg("&Redo"), "Ctrl+Shift+Z", FILE, WRITE),
        ),
    ),
    (
        msg("&Patient"),
        (
            _deed("find", msg("&Find a patient"), "Ctrl+K"),
            _deed("new_patient", msg("&New patient"), "Ctrl+N", FILE, WRITE),
            RULE,
            _deed("edit_patient", msg("&Edit patient"), "Ctrl+I", PATIENT, WRITE),
            _deed("remove_patient", msg("&Remove patient"), "Ctrl+Shift+Del", PATIENT, WRITE, REMOVE),
            RULE,
            _deed("new_episode", msg("&Add an episode"), "Ctrl+Shift+E", PATIENT, WRITE),
            _deed("edit_episode", msg("Edit e&pisode"), "Ctrl+Shift+I", EPISODE, WRITE),
            _deed("remove_episode", msg("Re&move episode"), "", EPISODE, WRITE, REMOVE),
            _deed("next_episode", msg("Ne&xt episode"), "Ctrl+J", EPISODE),
            RULE,
            _deed("report", msg("Re&port..."), "Ctrl+P", EPISODE, TRANSFER),
        ),
    ),
    (
        msg("&Record"),
        (
            _deed("enter_scores", msg("Enter &scores"), "Ctrl+E", EPISODE, WRITE),
            _deed("enter_other", msg("Enter scores of another &day"), "Ctrl+Shift+S", EPISODE, WRITE),
            _deed("new_visit", msg("New &visit"), "Ctrl+Shift+V", EPISODE, WRITE),
            _deed("new_treatment", msg("New &treatment"), "Ctrl+T", EPISODE, WRITE),
            _deed("new_event", msg("New &adverse event"), "Ctrl+Shift+T", EPISODE, WRITE),
        ),
    ),
    (msg("&Chart"), CHART),
    (
        msg("&View"),
        (
            _deed("course", msg("&Course"), "Ctrl+1", EPISODE),
            _deed("visits", msg("&Visits"), "Ctrl+2", EPISODE),
            _deed("events", msg("&Treatments and events"), "Ctrl+3", EPISODE),
            _deed("history", msg("&History of the patient"), "Ctrl+H", PATIENT),
            _deed("score_history", msg("Changes of this &score"), "Ctrl+Shift+H", EPISODE),
            RULE,
            _deed("library", msg("Study &library"), "Ctrl+L"),
            RULE,
            _deed(
                "language",
                Message("\u4e2d\u6587 / English"),
                "Ctrl+Shift+L",
            ),
            _deed("theme", msg("&Light or dark"), "Ctrl+Shift+D"),
        ),
    ),
    (
        msg("&Help"),
        (
            _deed("help", msg("&Keys and how things work"), "F1"),
            _deed("hazards", msg("&What could go wrong"), "Shift+F1"),
            _deed("about", msg("&About")),
        ),
    ),
)


def all_deeds() -> list[Deed]:
    """Return every deed once."""
    return [deed for _title, deeds in MENUS for deed in deeds if deed is not RULE]


def name_menus(bar: QMenuBar) -> list[QMenu]:
    """Put the menus' titles into *bar*; what is in them may follow after the first paint."""
    bar.clear()
    return [bar.addMenu(say(title)) for title, _deeds in MENUS]


def fill_menus(menus: Sequence[QMenu], handlers: Mapping[str, Callable[[], object]]) -> dict[str, "QAction"]:
    """Put every deed into its menu; returns the actions by name."""
    from PySide6.QtGui import QKeySequence

    actions: dict[str, QAction] = {}
    for menu, (_title, deeds) in zip(menus, MENUS, strict=True):
        menu.setToolTipsVisible(True)
        for deed in deeds:
            if deed is RULE:
                menu.addSeparator()
                continue
            action = menu.addAction("\t".join(part for part in (say(deed.text), deed.page_key) if part))
            if deed.key:
                action.setShortcut(QKeySequence(deed.key))
            action.triggered.connect(_without_argument(handlers[deed.name]))
            actions[deed.name] = action
    return actions


def enable(actions: "Mapping[str, QAction]", there: frozenset[str], why: Mapping[str, str]) -> None:
    """Let only those be chosen whose needs are *there*; *why* says of a need why it is not."""
    for deed in all_deeds():
        if deed.name in actions:
            actions[deed.name].setEnabled(deed.needs <= there)
            actions[deed.name].setToolTip(reason(deed.needs - there, why))
            if USERS in deed.needs:  # who works alone never sees it
                actions[deed.name].setVisible(USERS in there)


def reason(missing: frozenset[str], why: Mapping[str, str]) -> str:
    """Return why what is *missing* is, as far as *why* says; empty where it says nothing."""
    return next((why[need] for need in sorted(missing) if need in why), "")


def only_while_locked(actions: "Mapping[str, QAction]") -> None:
    """Let nothing be chosen but what can be done while the window is covered."""
    for name, action in actions.items():
        if name not in WHILE_LOCKED:
            action.setEnabled(False)


def _without_argument(handler: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        handler()

    return run
