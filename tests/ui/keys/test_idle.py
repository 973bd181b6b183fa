import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from tracker.ui.keys.idle import Idle


class Clock:
    """Two clocks that stand until they are moved."""

    def __init__(self):
        self.steady = self.wall = 1000.0

    def pass_by(self, seconds, asleep=False):
        self.wall += seconds
        self.steady += 0 if asleep else seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def idle(qapp, clock):
    made = Idle(clocks=(lambda: clock.steady, lambda: clock.wall))
    made.said = []
    made.warned.connect(made.said.append)
    made.came_back.connect(lambda: made.said.append("back"))
    made.away.connect(lambda: made.said.append("away"))
    yield made
    made.stop()


def key():
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def move():
    nothing = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(1, 1), QPointF(1, 1), nothing, nothing, Qt.KeyboardModifier.NoModifier
    )


def test_it_warns_each_second_ahead_and_then_asks_for_the_lock(idle, clock):
    idle.watch(10)
    assert 569_000 < idle.timer.interval() <= 570_002
    clock.pass_by(570)
    idle.look()
    assert idle.timer.interval() <= 1002
    clock.pass_by(29)
    idle.look()
    clock.pass_by(1)
    idle.look()
    assert idle.said == [30, 1, "away"]
    assert not idle.timer.isActive()


@pytest.mark.parametrize("sign", [key, move])
def test_a_sign_of_life_begins_anew_and_takes_the_warning_back(idle, clock, sign):
    idle.watch(10)
    clock.pass_by(580)
    idle.look()
    assert not idle.eventFilter(QObject(), sign())
    assert idle.said == [20, "back"]
    clock.pass_by(560)
    idle.look()
    assert idle.said == [20, "back"]


def test_other_events_are_no_sign_of_life(idle, clock):
    idle.watch(10)
    clock.pass_by(580)
    idle.look()
    idle.eventFilter(QObject(), QEvent(QEvent.Type.UpdateRequest))
    assert idle.said == [20]


def test_a_computer_that_slept_through_the_time_is_locked_when_it_wakes(idle, clock):
    idle.watch(10)
    clock.pass_by(8 * 3600, asleep=True)
    idle.eventFilter(QObject(), key())
    assert idle.said == ["away"]


def test_a_clock_set_back_does_not_keep_the_file_open(idle, clock):
    idle.watch(10)
    clock.pass_by(600)
    clock.wall -= 86400
    idle.look()
    assert idle.said == ["away"]


def test_never_is_never(idle, clock):
    idle.watch(0)
    clock.pass_by(1e6)
    idle.eventFilter(QObject(), key())
    idle.look()
    assert idle.said == []
    assert not idle.timer.isActive()


def test_a_short_time_is_warned_of_by_half(idle, clock):
    idle.watch(0.5)
    clock.pass_by(14)
    idle.look()
    assert idle.said == []
    clock.pass_by(2)
    idle.look()
    assert idle.said == [14]
