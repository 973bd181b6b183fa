"""An administrator proves to be one, by passphrase or recovery key, for what concerns the key of the whole file.

A file of one person knows no administrators: whoever has its passphrase is the one.
"""

from pathlib import Path

from tracker.clinic.codes import Role
from tracker.services.rights import Right, not_allowed, not_signed_in
from tracker.services.session import wrong_sign_in
from tracker.store.passwords import is_passphrase
from tracker.store.unlocking import BY_RECOVERY_KEY, find_key
from tracker.store.users import Listed, same_name, users_of


def key_from_administrator(path: Path, secret: str, name: str) -> tuple[bytes, str]:
    """Return the data key and how it was proven; raises TrackerError unless by an administrator or the recovery key."""
    key, by = find_key(path, secret, name)
    users = users_of(path, key)
    if users and by != BY_RECOVERY_KEY:
        _check(_named(users, name))
    return key, by


def administrator_of(path: Path, passphrase: str, name: str) -> str:
    """Return the name under which *passphrase* is proven to be an administrator's, *name* for a file of one person."""
    users = users_of(path)
    if not users:
        return name
    user = _named(users, name)
    if not is_passphrase(user.password_hash, passphrase):
        raise wrong_sign_in()
    _check(user)
    return user.name


def _named(users: tuple[Listed, ...], name: str) -> Listed:
    found = next((user for user in users if same_name(user.name, name) and not user.disabled), None)
    if found is None:
        raise wrong_sign_in() if name else not_signed_in()
    return found


def _check(user: Listed) -> None:
    if user.role is not Role.ADMINISTRATOR:
        raise not_allowed(user.role, Right.ADMINISTER)
