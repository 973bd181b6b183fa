"""Digits arrive whatever the keyboard: by character, by the place of the key, from the pad, full width."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tracker.ui.entry.keys import Key, Press, read_character, read_key, top_row_digit

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAD = Qt.KeyboardModifier.KeypadModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def event(key, text, modifiers=NONE, scan=0, virtual=0):
    return QKeyEvent(QEvent.Type.KeyPress, int(key), modifiers, scan, virtual, 0, text)


def digit(char):
    return Key(Press.DIGIT, char)


@pytest.mark.parametrize(("text", "place"), list(zip("&é\"'(-è_çà", range(10, 20), strict=True)))
def test_an_azerty_top_row_gives_its_digits_without_shift(text, place):
    expected = "1234567890"[place - 10]
    assert read_key(event(ord(text.upper()), text, scan=place)) == digit(expected)


@pytest.mark.parametrize(("text", "expected"), list(zip("&é\"'(è_çà", "123457890", strict=True)))
def test_an_azerty_character_without_a_place_is_still_its_digit(text, expected):
    assert read_key(event(ord(text.upper()), text)) == digit(expected)


def test_a_minus_without_a_place_is_never_guessed_to_be_a_six():
    assert read_key(event(Qt.Key.Key_Minus, "-")) is None


@pytest.mark.parametrize("text", "1234567890")
def test_shifted_azerty_and_plain_qwertz_digits_mean_themselves(text):
    assert read_key(event(ord(text), text, SHIFT, scan=9 + (int(text) or 10))) == digit(text)
    assert read_key(event(ord(text), text, scan=9 + (int(text) or 10))) == digit(text)


def test_a_qwertz_shifted_digit_key_is_no_digit():
    assert read_key(event(Qt.Key.Key_Exclam, "!", SHIFT, scan=10)) is None


def test_the_y_and_z_of_qwertz_are_letters_where_they_are_printed():
    assert read_key(event(Qt.Key.Key_Z, "z", scan=29)) == Key(Press.LETTER, "Z")


@pytest.mark.parametrize("text", "0123456789")
def test_the_number_pad_types_digits(text):
    assert read_key(event(ord(text), text, PAD, scan=87)) == digit(text)


def test_the_number_pad_has_keys_for_ten_and_missing_and_the_decimal_mark():
    assert read_key(event(Qt.Key.Key_Asterisk, "*", PAD)) == Key(Press.TEN)
    assert read_key(event(Qt.Key.Key_Minus, "-", PAD)) == Key(Press.MISSING)
    assert read_key(event(Qt.Key.Key_Comma, ",", PAD)) == Key(Press.POINT, ".")
    assert read_key(event(Qt.Key.Key_Enter, "\r", PAD)) == Key(Press.ACCEPT)


def test_full_width_digits_letters_and_marks_of_a_chinese_input_method_are_understood():
    assert read_key(event(0, "\N{FULLWIDTH DIGIT THREE}")) == digit("3")
    assert read_key(event(0, "\N{FULLWIDTH LATIN SMALL LETTER M}")) == Key(Press.LETTER, "M")
    assert [read_character(char) for char in "\N{FULLWIDTH DIGIT SEVEN}，。"] == [
        digit("7"),
        Key(Press.POINT, "."),
        Key(Press.POINT, "."),
    ]
    assert read_character("疼") is None


@pytest.mark.parametrize("modifier", [CONTROL, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier])
def test_a_key_with_a_command_modifier_is_not_for_the_form(modifier):
    assert read_key(event(Qt.Key.Key_3, "3", modifier, scan=12)) is None


def test_the_pad_without_num_lock_moves():
    assert read_key(event(Qt.Key.Key_Down, "", PAD)) == Key(Press.DOWN)
    assert read_key(event(Qt.Key.Key_Home, "", PAD)) == Key(Press.FIRST)


@pytest.mark.parametrize(
    ("platform", "scan", "virtual", "expected"),
    [
        ("windows", 2, 0x31, "1"),
        ("windows", 11, 0x30, "0"),
        ("windows", 10, 0xDB, None),
        ("cocoa", 1, 0x16, "6"),
        ("cocoa", 1, 0x17, "5"),
        ("cocoa", 1, 0x00, None),
        ("xcb", 10, 0x26, "1"),
        ("wayland", 19, 0, "0"),
        ("xcb", 20, 0, None),
        ("eglfs", 2, 0, "1"),
    ],
)
def test_the_place_of_a_digit_is_known_on_each_system(platform, scan, virtual, expected):
    assert top_row_digit(event(Qt.Key.Key_Ampersand, "&", scan=scan, virtual=virtual), platform) == expected
