"""The users of a file: turned on and off, added, renamed, given roles and passphrases, disabled.

At least one administrator can always sign in. In an encrypted file each user has a passphrase of their own to its
data key (a slot of the key file); disabling a user takes it away, and what opens a copy taken before is only shut out
by a new data key.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.clinic.codes import Role
from tracker.clinic.records import User
from tracker.core.errors import TrackerError
from tracker.core.keys import new_key
from tracker.core.messages import msg
from tracker.core.places import ServerAddress
from tracker.services import security
from tracker.services.session import WrongSignInError
from tracker.store.errors import StoreError
from tracker.store.passwords import hash_passphrase, is_passphrase
from tracker.store.unlocked import key_of
from tracker.store.unlocking import find_key
from tracker.store.users import same_name

if TYPE_CHECKING:
    from tracker.services.session import Session
    from tracker.store.store import Store
    from tracker.store.work import Work

ONE_PERSON = ""
"""The name of the slot in the key file of a clinic of one."""


class PeopleError(TrackerError):
    """What was asked of the users of the file cannot be."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and whether their passphrase opens the file (in an encrypted file it may have been taken away)."""

    user: User
    opens: bool


class People:
    """Who may work with one file."""

    def __init__(self, store: "Store", session: "Session") -> None:
        self._store = store
        self._session = session

    def all(self) -> tuple[Person, ...]:
        """Return the users by name, none for a clinic of one."""
        with self._store.read() as reader:
            users = reader.users()
        if not self._encrypted:
            return tuple(Person(user, opens=not user.disabled) for user in users)
        names = set(security.people(self._store.path))
        return tuple(Person(user, opens=user.name in names and not user.disabled) for user in users)

    def turn_on(self, name: str, passphrase: str) -> User:
        """Make who works alone the first administrator; in an encrypted file under the passphrase it has now."""
        if self._encrypted:
            find_key(self._store.path, passphrase, ONE_PERSON)
        security.check_passphrase(passphrase)
        kept = hash_passphrase(passphrase)
        with self._store.work() as work:
            if work.users():
                raise PeopleError(msg("this file has users already"))
            user = work.add(User(id=new_key(), name=name.strip(), role=Role.ADMINISTRATOR), {"password_hash": kept})
            self._give_slot(user.name, passphrase)
            work.commit()
        with suppress(StoreError):  # what stays is the administrator's own passphrase
            self._take_slot(ONE_PERSON)
        self._session.take(user)
        return user

    def turn_off(self, passphrase: str) -> None:
        """Go back to a file of one person, whose passphrase becomes that of the administrator who does it."""
        me = self._me()
        self._prove(me, passphrase)
        with self._store.work() as work:
            users = work.users()
            for user in users:
                work.remove(User, user.id)
            self._give_slot(ONE_PERSON, passphrase)
            work.commit()
        for user in users:
            with suppress(StoreError):
                self._take_slot(user.name)
        self._session.sign_out()
        self._session.refresh()

    def add(self, name: str, role: Role, passphrase: str) -> User:
        """Add a user, whom the administrator tells the first passphrase."""
        security.check_passphrase(passphrase)
        kept = hash_passphrase(passphrase)
        with self._store.work() as work:
            _check_name(work, name)
            user = work.add(User(id=new_key(), name=name.strip(), role=role), {"password_hash": kept})
            self._give_slot(user.name, passphrase)
            work.commit()
        return user

    def change_role(self, key: str, role: Role) -> User:
        """Give a user another role."""
        with self._store.work() as work:
            changed = work.change(replace(work.get(User, key), role=role))
            _check_administrator(work)
            work.commit()
        return changed

    def rename(self, key: str, name: str, passphrase: str | None = None) -> User:
        """Give a user another name; in an encrypted file with a new passphrase, for the old one belongs to the name."""
        if self._encrypted and passphrase is None:
            raise PeopleError(
                msg("in an encrypted file a passphrase belongs to its name: give a new passphrase with the new name")
            )
        before = self._get(key)
        with self._store.work() as work:
            _check_name(work, name, key)
            renamed = work.change(replace(work.get(User, key), name=name.strip()))
            if passphrase is not None:
                self._set(work, renamed, passphrase)
            work.commit()
        if before.name != renamed.name:
            with suppress(StoreError):
                self._take_slot(before.name)
        self._session.refresh()
        return renamed

    def disable(self, key: str) -> User:
        """Shut a user out: no sign-in any more, and no passphrase to the data key of an encrypted file."""
        with self._store.work() as work:
            disabled = work.change(replace(work.get(User, key), disabled=True))
            _check_administrator(work)
            self._take_slot(disabled.name)
            work.commit()
        return disabled

    def enable(self, key: str, passphrase: str) -> User:
        """Let a disabled user work again, with a new passphrase."""
        with self._store.work() as work:
            enabled = work.change(replace(work.get(User, key), disabled=False))
            self._set(work, enabled, passphrase)
            work.commit()
        return enabled

    def set_passphrase(self, key: str, passphrase: str) -> None:
        """Give a user a new passphrase, whatever the one before."""
        with self._store.work() as work:
            self._set(work, work.get(User, key), passphrase)
            work.commit()

    def change_own_passphrase(self, old: str, new: str) -> None:
        """Change the passphrase of who is signed in, proven by the one before."""
        me = self._me()
        self._prove(me, old)
        with self._store.work() as work:
            self._set(work, me, new)
            work.commit()

    @property
    def _encrypted(self) -> bool:
        place = self._store.place
        return not isinstance(place, ServerAddress) and key_of(place) is not None

    def _me(self) -> User:
        if self._session.user is None:
            raise PeopleError(msg("this file has no users: there is nobody to change"))
        return self._session.user

    def _get(self, key: str) -> User:
        with self._store.read() as reader:
            return reader.get(User, key)

    def _prove(self, user: User, passphrase: str) -> None:
        with self._store.read() as reader:
            proof = reader.proof(user.id)
        if not is_passphrase(proof.password_hash, passphrase):
            raise WrongSignInError(msg("this is not the passphrase of {name}: nothing was changed", name=user.name))

    def _set(self, work: "Work", user: User, passphrase: str) -> None:
        security.check_passphrase(passphrase)
        work.set_secret(user, hash_passphrase(passphrase))
        self._give_slot(user.name, passphrase)

    def _give_slot(self, name: str, passphrase: str) -> None:
        if self._encrypted:
            security.add_person(self._store.path, name, passphrase)

    def _take_slot(self, name: str) -> None:
        if self._encrypted:
            security.remove_person(self._store.path, name)


def _check_name(work: "Work", name: str, key: str = "") -> None:
    if any(same_name(user.name, name) and user.id != key for user in work.users()):
        raise PeopleError(msg("there is a user of this name already: give another name"))


def _check_administrator(work: "Work") -> None:
    if not any(user.role is Role.ADMINISTRATOR and not user.disabled for user in work.users()):
        raise PeopleError(msg("this is the last administrator who can sign in: make somebody else administrator first"))
