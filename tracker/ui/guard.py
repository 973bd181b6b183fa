"""Refuses a pair of Python and Qt for Python that loses data by aborting; asked before any window is made.

PySide6 6.12.0 loses one reference to None at every call that returns nothing. Python before 3.12 counts them, and the
process dies when there are none left (upstream PYSIDE-3474).
"""

from tracker.core.messages import Message, msg

NONE_IS_IMMORTAL = (3, 12)
LOSES_NONE = ((6, 12, 0),)


def unsafe_pair(python: tuple[int, int], qt: tuple[int, int, int]) -> Message | None:
    """Return what is wrong with the pair of versions and what to do, None if it is safe."""
    if python >= NONE_IS_IMMORTAL or qt not in LOSES_NONE:
        return None
    return msg(
        "Python {python} and Qt for Python {qt} do not go together: the program would abort while it is used. Install "
        'PySide6-Essentials 6.11 (python -m pip install "PySide6-Essentials>=6.11,<6.12"), or use Python 3.12 or newer',
        python=".".join(str(part) for part in python),
        qt=".".join(str(part) for part in qt),
    )
