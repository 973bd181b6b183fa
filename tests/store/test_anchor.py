import pytest

from tests.store.making import fill, patient
from tracker.store import anchor
from tracker.store.audit import Head


def head(number):
    return Head(number, f"{number:064d}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "c.sqlite"


def test_every_transaction_with_entries_writes_its_end_down(store):
    assert anchor.read(store.path) == []
    fill(store, patient())
    fill(store, patient("q", "A-2"))
    assert [one.head.sequence for one in anchor.read(store.path)] == [1, 2]
    with store.work() as work:
        work.commit()
    assert len(anchor.read(store.path)) == 2


def test_a_line_cut_by_a_power_failure_is_passed_over(path):
    anchor.write_down(path, head(7))
    with anchor.anchor_path(path).open("a") as file:
        file.write("8 00\nnonsense\n\x00\n")
    assert anchor.read(path) == [anchor.Anchor("c.sqlite.anchor", head(7))]


def test_a_long_file_keeps_its_newest_lines(path):
    anchor.anchor_path(path).write_text("".join(f"{n} {n:064d}\n" for n in range(1, 5000)))
    anchor.write_down(path, head(5000))
    kept = anchor.read(path)
    assert len(kept) == anchor.KEPT_LINES
    assert kept[-1].head == head(5000)


def test_no_more_than_the_end_of_a_swollen_file_is_read(path):
    anchor.anchor_path(path).write_bytes(b"9" * 3_000_000 + b"\n1 " + b"0" * 64 + b"\n")
    assert [one.head.sequence for one in anchor.read(path)] == [1]


def test_an_end_that_cannot_be_written_down_does_not_stop_the_change(store, caplog):
    anchor.anchor_path(store.path).mkdir()
    fill(store, patient())
    assert anchor.read(store.path) == []
    assert "could not be written down" in caplog.text
