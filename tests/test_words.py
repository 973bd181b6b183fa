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
