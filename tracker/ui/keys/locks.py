"""Locks and unlocks the window's file: what is shown meanwhile, what is remembered to come back to, and the way back.

Locking covers the whole window, saves the draft, closes the file and forgets its key. Only where a draft cannot be
saved (a full disk) the file stays open under the cover, so that what was typed is not lost; the cover asks for the
passphrase all the same.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tracker.core.errors import TrackerError
from tracker.core.messages import ntr, tr
from tracker.core.places import Place, same_place
from tracker.services.opening import is_encrypted, is_unlocked
from tracker.ui import navigation, settings
from tracker.ui.keys import remembering
from tracker.ui.keys.idle import Idle

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace
    from tracker.ui.keys.unlock_page import UnlockPage
    from tracker.ui.place import Place as Spot
    from tracker.ui.window import MainWindow

SET_UP = "set up"
"""The page on which a file's keys are set up."""
LOOKED_AGAIN = 500
"""Milliseconds until it is asked again whether work that needs the key (an export) has ended."""


class Locks(QObject):
    """One for the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.page: UnlockPage | None = None
        self._held: Place | None = None
        self._stays_open = False
        self._place: tuple[Place, Spot, str] | None = None
        self._say: Callable[[], None] | None = None
        self._awake = self._was_painted = False
        window.painted.connect(self._painted)
        self.idle = Idle(self)
        self.idle.warned.connect(self._warn)
        self.idle.came_back.connect(self._stay)
        self.idle.away.connect(self.lock)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._forget_when_done)

    @property
    def covering(self) -> bool:
        """Whether the window is covered."""
        return self.page is not None

    @property
    def guarded(self) -> bool:
        """Whether the open file is encrypted or has users, so that it can be locked."""
        return self._held is not None and self._window.workspace is not None

    @property
    def encrypted(self) -> bool:
        """Whether the open file is encrypted."""
        return self.guarded and self._held is not None and is_unlocked(self._held)

    @property
    def name(self) -> str:
        """Whose passphrase opens the file: the one who is signed in, empty in a file of one person."""
        workspace = self._window.workspace
        user = workspace.session.user if workspace is not None else None
        return user.name if user is not None else ""

    def ask(self, place: Place) -> None:
        """Cover the window and ask for the passphrase to *place*."""
        from tracker.ui.keys.unlock_page import UnlockPage

        self._drop_page()
        self.page = UnlockPage(
            place, self._window.jobs, lambda secret, name: _enter(place, secret, name), encrypted=is_encrypted(place)
        )
        self.page.unlocked.connect(self._unlocked)
        self.page.other_wanted.connect(self._window.commands.open_file)
        self.page.demo_wanted.connect(self._window.commands.open_demo)
        self._window.shell.addWidget(self.page)
        self._window.shell.setCurrentWidget(self.page)
        self._window.refresh_state()
        self.page.setFocus()
        if self._was_painted:
            self._begin()

    def _painted(self) -> None:
        self._was_painted = True
        QTimer.singleShot(0, self._begin)  # a turn later: who only wanted to see the window has left by then

    def _begin(self) -> None:
        """Ask who it is and whether a try has to wait, which the first paint need not wait for."""
        from tracker.services import entering

        if self.page is None:
            return
        with suppress(TrackerError):
            self.page.name_people(entering.names(self.page.place))
        self.page.wait()
        if self._awake:
            remembering.prepare(self.page, self._window.jobs, lambda: self._unlocked(remember=False))

    def go_on(self) -> None:
        """After the first paint: load what opening the file will need while the passphrase is typed."""
        self._awake = True
        if self.page is not None:
            remembering.prepare(self.page, self._window.jobs, lambda: self._unlocked(remember=False))

    def asks_for(self, place: Place) -> bool:
        """Whether *place* is under the cover: its passphrase is asked for even while its key is still needed."""
        return self.page is not None and same_place(self.page.place, place)

    def let_go(self, place: Place) -> None:
        """Another file is opened: take the cover away and forget the key of the one before."""
        if self._held is not None and not same_place(self._held, place):
            self.forget()
        self.uncover()

    def uncover(self) -> None:
        """Show the window again."""
        if self.page is not None:
            self._drop_page()
            self._window.shell.setCurrentIndex(0)
            self._window.refresh_state()

    def show_again(self) -> None:
        """Cover the window again after its widgets were made anew."""
        if self.page is not None:
            place, self.page = self.page.place, None
            self.ask(place)

    def opened(self, workspace: "Workspace") -> None:
        """Come back to where a file was locked, now that it is open, and watch whether somebody is there."""
        opened = workspace.place
        self.let_go(opened)
        self.follow(workspace)
        if self._place is not None and self._place[0] == opened:
            _path, place, text = self._place
            self._come_back(place, text)
        self._place = None
        if self._say is not None:
            say, self._say = self._say, None
            say()

    def follow(self, workspace: "Workspace") -> None:
        """Keep in mind whether the open file can be locked: it is encrypted, or somebody has signed in."""
        place = workspace.place
        self._held = place if workspace.session.user is not None or is_unlocked(place) else None
        self.watch()
        self._window.refresh_state()

    def come_back_to(self, path: Path, place: "Spot", say: Callable[[], None]) -> None:
        """When *path* is open again: come back to *place*, then *say* what happened."""
        self._place, self._say = (path, place, ""), say

    def watch(self) -> None:
        """Watch for as long as the settings say."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self.idle)
            handle.installEventFilter(self.idle)
        minutes = self._window.kept.lock_after
        self.idle.watch(int(minutes) if self.guarded and minutes.isdecimal() else 0)

    def lock_after(self, minutes: str) -> None:
        """Remember after how many minutes to lock, and watch by that."""
        self._window.kept = settings.save(self._window.kept, lock_after=minutes)
        self.watch()

    def lock(self) -> None:
        """Cover the window, save what is unsaved, close the file, forget its key."""
        window = self._window
        if not self.guarded or window.workspace is None or self.covering:
            return
        place = window.workspace.place
        self.idle.stop()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        window.notice.clear()
        self._stays_open = not window.middle.put_away()
        if not self._stays_open:
            self._place = (place, window.middle.place(), window.bar.search.text())
            window.bar.search.clear()
            window.close_file(backing_up=True)
            window.opener.path = None  # one that is just being opened is closed as soon as it is there
            self._forget_when_done()
        self.ask(place)

    def forget(self) -> None:
        """Forget the key of the file that was open."""
        self.idle.stop()
        self._later.stop()
        left, self._held = self._held, None
        if left is not None:
            self._window.safekeeping.leave(left, lambda: self._held)

    def forget_on_this_computer(self) -> None:
        """Take the key of the open file out of the keyring."""
        if isinstance(self._held, Path) and remembering.is_remembered(self._held):
            remembering.forget(self._held)

    def _forget_when_done(self) -> None:
        if self._window.jobs.busy:
            self._later.start(LOOKED_AGAIN)
        else:
            self.forget()

    def _unlocked(self, remember: bool) -> None:
        if self.page is None:
            return
        place = self.page.place
        self._later.stop()
        self._held = place
        if remember and isinstance(place, Path):
            try:
                remembering.remember(place)
            except TrackerError as error:
                self._window.notice.warn(str(error))
        self._drop_page()
        if self._stays_open:
            self._stays_open = False
            self._window.shell.setCurrentIndex(0)
            if self._window.workspace is not None:
                self._window.workspace.come_in()
            self._window.refresh_state()
            self._window.middle.setFocus()
            self.watch()
        else:
            self._window.open_file(place)
            self._window.shell.setCurrentIndex(0)

    def _come_back(self, place: "Spot", text: str) -> None:
        window = self._window
        window.bar.search.setText(text)
        try:
            window.middle.restore(place)
        except TrackerError:  # the form's visit is gone: it was empty, and an empty visit is not kept
            with suppress(TrackerError):
                window.middle.restore(replace(place, page=navigation.PATIENT, form=None))
        window.side.select(place.patient_id)

    def _drop_page(self) -> None:
        if self.page is not None:
            page, self.page = self.page, None
            self._window.shell.removeWidget(page)
            page.hide()
            page.deleteLater()

    def _warn(self, seconds: int) -> None:
        words = ntr(
            "This file locks in {count} second; any key keeps it open.",
            "This file locks in {count} seconds; any key keeps it open.",
            seconds,
        )
        self._window.notice.count_down(words, tr("Lock now"), self.lock)

    def _stay(self) -> None:
        self._window.notice.clear()


def _enter(place: Place, secret: str, name: str) -> None:
    from tracker.services import entering

    entering.enter(place, secret, name)
