"""Every code in the seeds is explained, and every code explained can be written."""

from tracker.core.messages import say
from tracker.reference.flags import MEANINGS, NEEDS_A_DOUBT
from tracker.reference.library import studies


def test_every_code_of_the_seeds_is_explained():
    used = {flag for study in studies() for point in (*study.points, *study.statements) for flag in point.flags}
    used |= {doubt.type for study in studies() for doubt in study.doubts}
    assert used <= set(MEANINGS)
    assert all(say(meaning) for meaning in MEANINGS.values())


def test_what_needs_a_doubt_is_in_the_glossary():
    assert set(MEANINGS) >= NEEDS_A_DOUBT
