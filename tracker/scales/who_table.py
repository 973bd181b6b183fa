"""The hand table of the WHOQOL-BREF manual, as a display option: it rounds twice where the formula is exact."""

from tracker.scales.catalogue import scale


def who_table(domain: str, raw_sum: int) -> tuple[int, int]:
    """Return the (4-20, 0-100) pair the table gives for the sum of a domain with every item answered.

    4-20 = 4 x sum / items, half up; 0-100 = (that whole number - 4) x 6.25, half up. It may differ from the exact
    score by up to 3.6 points: show it under its own name, never in one series with exact scores.
    """
    count = len(scale("whoqol-bref").score(domain).items)
    short = (8 * raw_sum + count) // (2 * count)
    return short, ((short - 4) * 25 * 2 + 4) // 8
