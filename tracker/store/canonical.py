"""JSON that is the same for the same value, so that a hash over it is the same everywhere; imports no SQLAlchemy."""

import json

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """Write *value* as JSON that is the same for the same value: sorted keys, no spaces, no NaN."""
    return _ENCODER.encode(value)
