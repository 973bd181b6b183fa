"""The levels of the exam in rostro-caudal order; a level's rank is its place in LEVELS."""

LEVELS = (
    *(f"C{number}" for number in range(1, 9)),
    *(f"T{number}" for number in range(1, 13)),
    *(f"L{number}" for number in range(1, 6)),
    *("S1", "S2", "S3", "INT"),
)
"""What a level can be. C1 is not examined and taken as normal; INT is intact."""

DERMATOMES = (*LEVELS[1:28], "S4_5")
"""The 28 examined dermatomes; the one at index i has rank i + 1."""

KEY_LEVELS = ("C5", "C6", "C7", "C8", "T1", "L2", "L3", "L4", "L5", "S1")
"""The levels with a key muscle, five of the arm and five of the leg."""

RANKS = {level: rank for rank, level in enumerate(LEVELS)}
KEY_RANKS = tuple(RANKS[level] for level in KEY_LEVELS)
C4, T1, T2, L1, S1, S3, INT = (RANKS[level] for level in ("C4", "T1", "T2", "L1", "S1", "S3", "INT"))

KEYS_DOWN_TO = tuple(sum(key <= rank for key in KEY_RANKS) for rank in range(len(LEVELS)))
"""How many key muscles of a side lie at or above the level of each rank."""

SIDES = ("right", "left")


def runs(ranks: list[int]) -> list[tuple[int, int]]:
    """Join neighbouring *ranks* (sorted) to (first, last)."""
    joined: list[tuple[int, int]] = []
    for rank in ranks:
        if joined and joined[-1][1] == rank - 1:
            joined[-1] = (joined[-1][0], rank)
        else:
            joined.append((rank, rank))
    return joined
