"""UUID text keys for every row."""

import uuid


def new_key() -> str:
    """Return a new random key."""
    return str(uuid.uuid4())


def derived_key(*parts: str) -> str:
    """Return a repeatable key for *parts* (the demo file must be the same for the same seed)."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "\x1f".join(("outcome-tracker", *parts))))
