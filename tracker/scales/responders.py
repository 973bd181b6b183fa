"""Responder criteria that take more than one score, and confirmed worsening."""

import datetime
from dataclasses import dataclass

from tracker.core.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One criterion at one visit."""

    code: str
    """``womac_20p``, ``womac_20pfs``, ``omeract_oarsi`` ..."""
    name: Message
    date: datetime.date
    months: float
    met: bool | None
    reason: Message | None
    """Why ``met`` is None."""
    verified: bool
    """False: the rule was not seen in its source, and must be shown so marked."""
    citation: str
