from tracker.clinic.conditions import conditions
from tracker.clinic.injury import INJURY, documented_injury


def test_only_an_episode_of_spinal_cord_injury_documents_one():
    assert INJURY in conditions()
    assert documented_injury(["knee-oa", "sci"])
    assert not documented_injury(["knee-oa", "ms"])
    assert not documented_injury([])
