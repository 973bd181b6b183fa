"""``score``: one line in, one line out; what cannot be scored is named and the rest goes on."""

import argparse
import io
import json
import sys

import pytest

from tracker.cli import score as command
from tracker.cli.score import ItemScorer
from tracker.core.errors import TrackerError
from tracker.scales.catalogue import scale
from tracker.scales.scoring import scorer

SCIM = {
    "1": 3, "2A": 3, "2B": 3, "3A": 4, "3B": 4, "4": 3, "5": 10, "6": 15, "7": 10, "8": 5,
    "9": 6, "10": 2, "11": 2, "12": 8, "13": 8, "14": 8, "15": 3, "16": 2, "17": 1,
}  # fmt: skip


def arguments(*words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command on bytes: status and the lines written."""

    def run(scale_id, data, policy=None):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        status = command.run(arguments(scale_id, *(["--policy", policy] if policy else [])))
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def line(name, responses):
    return json.dumps({"id": name, "responses": responses}).encode() + b"\n"


def answer(text, scale_id="scim-iii"):
    """Score one line of text: the output, and whether it failed."""
    lines = ItemScorer(scorer(scale(scale_id)))
    (written,) = lines.score([text if isinstance(text, bytes) else text.encode()])
    assert written.endswith("\n")
    return json.loads(written), lines.failed


def test_a_whole_number_of_thousands_of_digits_is_no_answer_and_no_id():
    digits = "9" * 5000
    written, _ = answer('{"id": "a", "responses": {"1": ' + digits + "}}")
    assert written["id"] == "a"
    assert written["error"]["item"] == "1"
    assert "finite" in written["error"]["message"]
    unnamed, _ = answer('{"id": ' + digits + ', "responses": {}}')
    assert (unnamed["id"], unnamed["line"]) == (None, 1)
    assert "“id”" in unnamed["error"]["message"]


def test_a_complete_form(run):
    status, (written,) = run("scim-iii", line("a", SCIM))
    assert status == 0
    assert written == {
        "id": "a",
        "scores": {
            "self_care": 20,
            "respiration_sphincter": 40,
            "mobility_room_toilet": 10,
            "mobility_in_outdoors": 30,
            "mobility": 40,
            "total": 100,
        },
        "not_scored": {},
        "imputed_items": {},
    }


def test_a_wrong_answer_names_its_item_and_the_other_lines_are_still_scored(run):
    status, written = run("scim-iii", line("a", SCIM | {"6": 4}) + line("b", SCIM))
    assert status == 1
    message = "item 6: 4 is not allowed; allowed: 0, 3, 6, 9, 11, 13, 15"
    assert written[0] == {"id": "a", "error": {"item": "6", "message": message}}
    assert written[1]["scores"]["total"] == 100


def test_a_missing_item_gives_null_and_the_reason(run):
    status, (written,) = run("scim-iii", line("a", SCIM | {"6": None}))
    assert status == 0
    assert written["scores"]["total"] is None
    assert written["scores"]["self_care"] == 20
    assert written["not_scored"] == {
        "respiration_sphincter": "missing: 6 (every item is needed)",
        "total": "missing: 6 (each part must be scored)",
    }


def test_the_policy_is_chosen_by_name_and_what_it_imputed_is_told(run):
    form = {f"Q{number}": 4 for number in range(1, 27) if number not in {5, 6}}
    _, (text,) = run("whoqol-bref", line("a", form), "who_text")
    assert text["scores"]["psychological"] == 62.5
    assert text["imputed_items"] == {"psychological": 2, "psychological_4_20": 2}
    _, (syntax,) = run("whoqol-bref", line("a", form))
    assert syntax["scores"]["psychological"] is None
    assert syntax["imputed_items"] == {}


@pytest.mark.parametrize(("scale_id", "policy"), [("scim", None), ("scim-iii", "who_text")])
def test_an_unknown_scale_or_policy_is_an_error_of_the_command(run, scale_id, policy):
    with pytest.raises(TrackerError, match=r"; (there are|it has): "):
        run(scale_id, b"", policy)


def test_zero_is_an_answer_and_three_point_nought_is_three(run):
    zeros = dict.fromkeys(SCIM, 0)
    _, written = run("scim-iii", line("zero", zeros) + line("float", zeros | {"1": 3.0}))
    assert [entry["scores"]["total"] for entry in written] == [0, 3]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('"3"', "not a number"),
        ("true", "not a number"),
        ("{}", "not a number"),
        ("[1]", "not a number"),
        ('{"a":1,"a":2}', "not a number"),
        ("NaN", "not a finite number"),
        ("Infinity", "not a finite number"),
        ("-Infinity", "not a finite number"),
        ("1e999", "not a finite number"),
        ("2.5", "not allowed"),
        ("-1", "not allowed"),
        ("9" * 400, "not allowed"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_item(value, words):
    written, failed = answer(f'{{"id": "a", "responses": {{"1": 1, "2A": {value}}}}}')
    assert written["id"] == "a"
    assert written["error"]["item"] == "2A"
    assert words in written["error"]["message"]
    assert failed == 1


def test_an_unknown_code_is_named():
    written, _ = answer('{"id": "a", "responses": {"1": 1, "18": 1}}')
    assert written == {"id": "a", "error": {"item": "18", "message": "scim-iii has no item “18”"}}


def test_a_code_given_twice_is_named_even_with_the_same_answer():
    written, _ = answer('{"id": "a", "responses": {"1": 1, "2A": 2, "2A": 2}}')
    assert written == {"id": "a", "error": {"item": "2A", "message": "item 2A is there more than once"}}


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "a"}',
        '{"id": "a", "responses": null}',
        '{"id": "a", "responses": [1, 2]}',
        '{"id": "a", "responses": {}, "responses": {}}',
    ],
)
def test_a_line_without_one_set_of_responses_is_an_error_under_its_id(text):
    written, failed = answer(text)
    assert written["id"] == "a"
    assert written["error"]["item"] is None
    assert "“responses”" in written["error"]["message"]
    assert failed == 1


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        '{"id": "a", "responses": {"1": 1}',
        "[1, 2]",
        '"a"',
        "null",
        '{"responses": {"1": 1}}',
        '{"id": null, "responses": {}}',
        '{"id": true, "responses": {}}',
        '{"id": 1.5, "responses": {}}',
        '{"id": "a", "id": "a", "responses": {}}',
        b'{"id": "\xff", "responses": {}}',
        "[" * 100_000,
        "1" * 5000,
    ],
    ids=lambda text: str(text)[:40],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(text):
    written, failed = answer(text)
    assert written["id"] is None
    assert written["line"] == 1
    assert written["error"]["item"] is None
    assert written["error"]["message"]
    assert failed == 1


def test_lines_are_counted_as_they_stand_and_blank_ones_are_skipped(run):
    status, written = run("scim-iii", b"\n" + line("a", SCIM) + b"  \r\nx\n" + line("b", SCIM)[:-1])
    assert status == 1
    assert [entry["id"] for entry in written] == ["a", None, "b"]
    assert written[1]["line"] == 4


def test_a_byte_order_mark_and_windows_line_ends_are_read(run):
    status, written = run("scim-iii", b"\xef\xbb\xbf" + line("a", SCIM)[:-1] + b"\r\n")
    assert status == 0
    assert written[0]["id"] == "a"


def test_no_lines_give_no_lines(run):
    assert run("scim-iii", b"") == (0, [])


@pytest.mark.parametrize("name", ["王芳", 7, "", "\ud800"])
def test_the_id_comes_back_as_it_was(name):
    written, failed = answer(json.dumps({"id": name, "responses": SCIM}))
    assert written["id"] == name
    assert failed == 0


def test_text_is_written_as_utf_8(run, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line("王芳", SCIM)), encoding="utf-8"))
    command.run(arguments("scim-iii"))
    assert '"王芳"' in capsys.readouterr().out


def test_half_a_character_in_an_id_is_written_as_an_escape():
    (written,) = ItemScorer(scorer(scale("scim-iii"))).score([b'{"id": "\\ud800", "responses": {"x\\ud800": 1}}'])
    assert written.isascii()
    assert json.loads(written)["error"]["item"] == "x\ud800"


def test_other_keys_of_a_line_are_left_alone():
    written, failed = answer(json.dumps({"id": "a", "visit": "2026-01-31", "responses": SCIM}))
    assert written["scores"]["total"] == 100
    assert failed == 0
