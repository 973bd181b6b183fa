"""The Simplified Chinese catalogue is complete, its fields agree, and the compiled file is in step."""

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def words():
    spec = importlib.util.spec_from_file_location("words", Path(__file__).with_name("words.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated_and_its_fields_agree(words):
    assert words.problems() == []


def test_a_missing_field_would_be_noticed(words):
    assert words.fields("{count} of {total}") == {"count", "total"}


def test_a_text_that_is_not_written_out_would_be_noticed(words):
    assert words.unreadable('tr("a")\nmsg("a" "b", x=y)\ntr(name)\nntr("one", many, 2)\ntr(f"{name}")') == [3, 4, 5]


def test_a_lost_access_key_would_be_noticed(words):
    assert [words.access_keys(text) for text in ("&File", "文件(&F)", "this && that", "R & D")] == [1, 1, 0, 0]


def test_a_counted_text_has_one_form_in_chinese(words):
    counted = [message for message in words.kept() if isinstance(message.id, tuple)]
    assert counted
    assert all(len(message.string) == 1 for message in counted)
