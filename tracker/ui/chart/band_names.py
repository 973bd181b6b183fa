"""Every band under its own name, in full and in few words."""

from tracker.core.messages import msg
from tracker.reference.bands import BandKind

KINDS = {
    BandKind.RANGE95: msg("range that would hold 95 of 100 people like those studied"),
    BandKind.SD: msg("SD between patients"),
    BandKind.SE: msg("standard error of the mean"),
    BandKind.IQR: msg("median and middle half of the patients"),
}
"""Every band under its own full name."""
SHORT_KINDS = {
    BandKind.RANGE95: msg("95 of 100"),
    BandKind.SD: msg("SD"),
    BandKind.SE: msg("SE"),
    BandKind.IQR: msg("IQR"),
}
