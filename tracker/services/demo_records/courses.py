"""How an invented person fares: severity over the months, without a word for the treatment.

Who responds does not depend on the product. Some do not respond, some get worse, some were getting better anyway.
"""

import math
from dataclasses import dataclass
from random import Random

_KINDS = (
    # share, least and most change of severity (as a share of the start), what is lost again by month 24
    (0.34, (-0.65, -0.30), 0.10),
    (0.22, (-0.30, -0.12), 0.08),
    (0.26, (-0.08, 0.08), 0.00),
    (0.12, (0.10, 0.45), 0.00),
)
_NATURAL_FALL = -0.5
"""The rest gets better by itself, from before the treatment on, treated or not."""


@dataclass(frozen=True, slots=True)
class Course:
    """Severity (0 none, 1 the worst) as a function of months since treatment."""

    start: float
    change: float
    speed: float
    relapse: float
    natural: bool

    def severity(self, months: float) -> float:
        """Return the severity at *months*, between 0 and 1."""
        since = months + 3.0 if self.natural else max(0.0, months)
        value = self.start + self.change * (1.0 - math.exp(-max(0.0, since) / self.speed))
        value += self.relapse * max(0.0, months - 9.0) / 15.0
        return min(1.0, max(0.0, value))


def invent_course(random: Random, start: float) -> Course:
    """Return a course that starts about *start*."""
    start = min(0.95, max(0.08, start + random.gauss(0, 0.13)))
    draw = random.random()
    speed = random.uniform(1.5, 4.0)
    for share, (most, least), relapse in _KINDS:
        if draw < share:
            return Course(start, start * random.uniform(most, least), speed, relapse, natural=False)
        draw -= share
    return Course(start, start * _NATURAL_FALL, speed + 3.0, 0.0, natural=True)
