"""Who works with the file: signing in where it has users, with a delay that grows, and what that person may do."""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tracker.clinic.codes import Role
from tracker.clinic.records import User
from tracker.core.dates import now_utc
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.places import Place, ServerAddress
from tracker.services import signed_in
from tracker.services.rights import RIGHTS, Right, not_allowed, not_signed_in, why_not
from tracker.store.errors import StoreError
from tracker.store.passwords import hash_passphrase, is_passphrase
from tracker.store.recovery import data_key_of, is_recovery_key
from tracker.store.unlocked import key_of
from tracker.store.users import same_name, users_of

if TYPE_CHECKING:
    from tracker.store.reading import Proof
    from tracker.store.store import Store

SIGN_IN, FAILED_SIGN_IN = "sign in", "failed sign in"
FREE_ATTEMPTS = 3
LONGEST_WAIT = timedelta(minutes=15)


class WrongSignInError(TrackerError):
    """The name and the passphrase do not belong together, or the user is disabled."""


class WaitError(TrackerError):
    """Too many wrong passphrases: the next one has to wait."""

    def __init__(self, message: Message, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


def require(place: Place, right: Right) -> None:
    """Raise NotAllowedError or NotSignedInError unless who has signed in to *place* may do what asks for *right*."""
    found = users_of(place)
    if not found:
        return
    key = user_id(place)
    role = next((user.role for user in found if user.id == key and not user.disabled), None)
    if role is None:
        raise not_signed_in()
    if right not in RIGHTS[role]:
        raise not_allowed(role, right)


def require_if_readable(place: Place, right: Right) -> None:
    """Like ``require``, but a damaged or locked file, which has nobody left to ask, stops nobody."""
    with suppress(StoreError):
        require(place, right)


def user_names(place: Place) -> tuple[str, ...]:
    """Return who may sign in to *place*, by name; nobody where that cannot be read."""
    with suppress(StoreError):
        return tuple(sorted(user.name for user in users_of(place) if not user.disabled))
    return ()


def has_users(place: Place) -> bool:
    """Whether somebody has to sign in to *place*; False for what cannot be read."""
    with suppress(StoreError):
        return bool(users_of(place))
    return False


def sign_in_to(place: Place, name: str, secret: str) -> None:
    """Sign in to *place* for this process; raises WrongSignInError or WaitError."""
    from tracker.store.lease import Access  # noqa: PLC0415
    from tracker.store.store import Store  # noqa: PLC0415 - SQLAlchemy comes after the first paint

    with closing(Store(place, access=Access.VISIT)) as store:
        Session(store).sign_in(name, secret)


def user_id(place: Place) -> str | None:
    """Return the id of who has signed in to *place*."""
    user = signed_in.user_of(place)
    return None if user is None else user.id


def wait_after(failures: int) -> timedelta:
    """Return how long the attempt after so many wrong ones has to wait: 1, 2, 4 ... seconds after the third."""
    if failures < FREE_ATTEMPTS:
        return timedelta()
    return min(timedelta(seconds=1 << min(failures - FREE_ATTEMPTS, 12)), LONGEST_WAIT)


class Session:
    """The user signed in to one opened file; None where the file has no users, and before somebody signs in."""

    def __init__(self, store: "Store", clock: Callable[[], datetime] = now_utc) -> None:
        self._store = store
        self._clock = clock
        self.user: User | None = None
        self.has_users = False
        self.refresh()

    def refresh(self) -> None:
        """Read anew whether the file has users, and what became of who is signed in."""
        with self._store.read() as reader:
            users = reader.users()
        self.has_users = bool(users)
        key = user_id(self._store.place)
        self.user = next((user for user in users if user.id == key and not user.disabled), None)
        if self.user is not None:
            self.take(self.user)

    def check(self, right: Right) -> None:
        """Raise NotAllowedError or NotSignedInError unless who works here has *right*; read anew before any change."""
        if right not in (Right.ANYBODY, Right.SEE):
            self.refresh()
        if right is Right.ANYBODY or not self.has_users:
            return
        if self.user is None:
            raise not_signed_in()
        if right not in RIGHTS[self.user.role]:
            raise not_allowed(self.user.role, right)

    def may(self, right: Right) -> bool:
        """Whether who works here has *right*, as far as was read last."""
        return not self.has_users or (self.user is not None and right in RIGHTS[self.user.role])

    def why_not(self, right: Right) -> Message | None:
        """Say why who works here does not have *right*, None if they do."""
        return None if self.may(right) or self.user is None else why_not(self.user.role, right)

    def sign_in(self, name: str, secret: str) -> User:
        """Sign in by passphrase (an administrator by the recovery key too); raises WrongSignInError or WaitError."""
        with self._store.read() as reader:
            user = next((one for one in reader.users() if same_name(one.name, name)), None)
            proof = None if user is None else reader.proof(user.id)
        if user is None or proof is None:
            hash_passphrase(secret)  # so that it takes as long as for a name that is there
            self._failed(None, 0)
            raise wrong_sign_in()
        self._wait(user, proof)
        if not (is_passphrase(proof.password_hash, secret) or self._is_recovery_key(user, secret)):
            self._failed(user, proof.failures + 1)
            raise wrong_sign_in()
        if user.disabled:
            self._failed(user, proof.failures)
            raise WrongSignInError(
                msg("{name} is disabled in this file: ask an administrator of the file", name=user.name)
            )
        self.take(user)
        with suppress(StoreError), self._store.work() as work:  # a file that can only be read keeps no trace
            work.count_failures(user.id, 0, None)
            work.act(SIGN_IN, {"name": user.name})
            work.commit()
        return user

    def take(self, user: User) -> None:
        """Work as *user* from now on, who has proven to be that."""
        signed_in.remember(self._store.place, user)
        self.user, self.has_users = user, True
        self._store.actor = user.name

    def sign_out(self) -> None:
        """Have nobody signed in."""
        signed_in.forget(self._store.place)
        self.user = None

    def _is_recovery_key(self, user: User, secret: str) -> bool:
        key = None if isinstance(self._store.place, ServerAddress) else key_of(self._store.place)
        return (
            key is not None
            and user.role is Role.ADMINISTRATOR
            and is_recovery_key(secret)
            and data_key_of(secret) == key
        )

    def _wait(self, user: User, proof: "Proof") -> None:
        now, longest = self._clock(), wait_after(proof.failures)
        if proof.locked_until is None or proof.locked_until <= now:
            return
        wait = proof.locked_until - now
        if wait > longest:  # the clock was set back: wait once, not until it catches up
            wait = longest
            with suppress(StoreError), self._store.work() as work:
                work.count_failures(user.id, proof.failures, now + wait)
                work.commit()
        seconds = -(-wait // timedelta(seconds=1))
        raise WaitError(
            msg("after several wrong passphrases {name} can try again in {seconds} s", name=user.name, seconds=seconds),
            seconds,
        )

    def _failed(self, user: User | None, failures: int) -> None:
        with suppress(StoreError), self._store.work() as work:
            if user is not None:
                wait = wait_after(failures)
                work.count_failures(user.id, failures, self._clock() + wait if wait else None)
            # What was typed as an unknown name may be a passphrase in the wrong field.
            work.act(FAILED_SIGN_IN, {"name": "?" if user is None else user.name})
            work.commit()


def wrong_sign_in() -> WrongSignInError:
    """Return the error for a name and a passphrase that do not belong together; it does not say which is wrong."""
    return WrongSignInError(
        msg("this name and passphrase do not belong together: check capitals and keyboard, then try again")
    )
