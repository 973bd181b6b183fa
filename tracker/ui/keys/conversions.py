"""Sets keys up for the window's file: a new encrypted file, a plain one encrypted, a new recovery key, plain again.

The file is closed meanwhile; the window comes back to where it was, whatever came of it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.services.rights import Right
from tracker.ui.keys import remembering
from tracker.ui.keys.locks import SET_UP
from tracker.ui.keys.security_panel import FileKeys, SecurityPanel
from tracker.ui.keys.set_up_page import Kind, SetUpPage

if TYPE_CHECKING:
    from tracker.ui.window import MainWindow


class Conversions(QObject):
    """One for the window, made when it is first wanted."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def panel(self) -> SecurityPanel:
        """Return the security part of the settings for the open file."""
        window, locks = self._window, self._window.locks
        panel = SecurityPanel(self._about(), window.jobs, window.kept.lock_after)
        panel.encrypt_wanted.connect(self.encrypt)
        panel.rekey_wanted.connect(self.rekey)
        panel.decrypt_wanted.connect(self.decrypt)
        panel.forget_wanted.connect(locks.forget_on_this_computer)
        panel.minutes_chosen.connect(locks.lock_after)
        return panel

    def _about(self) -> FileKeys | None:
        workspace, locks = self._window.workspace, self._window.locks
        if workspace is None or not isinstance(workspace.place, Path):
            return None
        refused = workspace.session.why_not(Right.ADMINISTER)
        return FileKeys(
            path=workspace.place,
            encrypted=locks.encrypted,
            changeable=workspace.kind == "clinic" and not workspace.read_only,
            name=locks.name,
            remembered=locks.encrypted and remembering.is_remembered(workspace.place),
            refused="" if refused is None else say(refused),
        )

    def new_file(self, path: Path) -> None:
        """Set up a new encrypted file at *path*."""
        from tracker.services import security

        def make(_now: str, passphrase: str, recovery_key: str) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            security.create(path, passphrase, recovery_key)
            security.check(path, recovery_key)

        def submitted(now: str, passphrase: str, recovery_key: str) -> None:
            self._window.close_file()
            self._window.locks.let_go(path)
            self._run(
                tr("Making the file..."),
                lambda: make(now, passphrase, recovery_key),
                lambda _none: self._window.open_file(path),
                self._window.cannot_open,
            )

        self._show(Kind.NEW, path, submitted)

    def encrypt(self) -> None:
        """Turn the open plain file into an encrypted one."""
        from tracker.services import security

        path, name = self._path(), self._window.locks.name

        def submitted(_now: str, passphrase: str, recovery_key: str) -> None:
            def work() -> tuple[Path, ...]:
                left = security.encrypt(path, passphrase, recovery_key, name)
                security.check(path, recovery_key)
                return left

            self._convert(path, tr("Encrypting the file..."), work, self._encrypted)

        self._show(Kind.ENCRYPT, path, submitted)

    def rekey(self) -> None:
        """Give the open encrypted file a new recovery key."""
        from tracker.services import security

        path, name = self._path(), self._window.locks.name

        def submitted(now: str, passphrase: str, recovery_key: str) -> None:
            def work() -> None:
                security.rekey(path, now, recovery_key, passphrase, name)
                security.check(path, recovery_key)

            self._window.locks.forget_on_this_computer()
            self._convert(
                path,
                tr("Writing everything anew..."),
                work,
                lambda _none: self._tell(tr("The file has a new recovery key; the old one no longer opens it.")),
            )

        self._show(Kind.REKEY, path, submitted)

    def decrypt(self, secret: str) -> None:
        """Turn the open encrypted file into a plain one."""
        from tracker.services import security

        path, name = self._path(), self._window.locks.name
        self._window.locks.forget_on_this_computer()
        self._convert(
            path,
            tr("Writing the plain file..."),
            lambda: security.decrypt(path, secret, name),
            lambda _none: self._tell(tr("The file is no longer encrypted.")),
        )

    def _path(self) -> Path:
        workspace = self._window.workspace
        if workspace is None:
            raise RuntimeError("no file is open")
        return workspace.path

    def _show(self, kind: Kind, path: Path, submitted: Callable[[str, str, str], None]) -> None:
        from tracker.services import proving, security

        window = self._window
        name = window.locks.name

        def check(secret: str) -> object:
            if kind is Kind.ENCRYPT:
                return proving.administrator_of(path, secret, name)
            return security.check(path, secret, name)

        page = SetUpPage(kind, path, window.jobs, check, name)
        page.closed.connect(window.middle.back)
        page.submitted.connect(submitted)
        window.middle.show_page(SET_UP, page)
        page.start()

    def _convert(self, path: Path, busy: str, work: Callable[[], object], done: Callable[[object], None]) -> None:
        place = self._window.middle.place()
        self._window.close_file()

        def reopen(say: Callable[[], None]) -> None:
            self._window.locks.come_back_to(path, place, say)
            self._window.open_file(path)

        self._run(
            busy,
            work,
            lambda result: reopen(lambda: done(result)),
            lambda error: reopen(lambda: self._window.notice.warn(str(error))),
        )

    def _run(
        self,
        busy: str,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[TrackerError], None],
    ) -> None:
        window = self._window
        window.middle.welcome.set_busy(busy)

        def finished(result: object) -> None:
            window.middle.welcome.set_busy("")
            done(result)

        def broken(error: Exception) -> None:
            window.middle.welcome.set_busy("")
            if not isinstance(error, TrackerError):
                raise error
            failed(error)

        window.jobs.run(self, work, finished, broken)

    def _encrypted(self, left: object) -> None:
        if isinstance(left, tuple) and left:
            names = ", ".join(path.name for path in left)
            self._window.notice.warn(
                tr("The file is encrypted. Older copies beside it are not: {names}. Remove them.", names=names)
            )
        else:
            self._tell(tr("The file is encrypted."))

    def _tell(self, text: str) -> None:
        self._window.notice.tell(text)
