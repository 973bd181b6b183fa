"""The program's own font: what it covers, and that Chinese is readable on a computer without a Chinese font."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QRawFont

from tracker.data import resource
from tracker.ui import fonts

ROOT = Path(__file__).parents[2]
BARE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folder}<cachedir>{cache}</cachedir></fontconfig>
"""
LATIN = Path("/usr/share/fonts/truetype/dejavu")
GRABS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from PySide6.QtGui import QFontMetricsF
from tracker.core.messages import use_language
from tracker.ui import app, fonts, theme
application = QApplication(["x", "-style", "fusion"])
mode = sys.argv[1]
theme.apply(application, theme.LIGHT)
def picture(text):
    label = QLabel(text)
    label.resize(200, 40)
    image = label.grab().toImage()
    return bytes(image.constBits())
if mode == "late":  # an English window is painted before the font is known
    shown = QLabel("王小明")
    shown.resize(200, 40)
    shown.grab()
if mode != "without":
    fonts.serve_chinese()
if mode == "late":
    image = shown.grab().toImage()
    print(bytes(image.constBits()) == picture("王小明"), picture("王小明") != picture("医生好"))
else:
    print(picture("王小明") != picture("医生好"))
"""


def characters(path):
    return set(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def face(qapp):
    return QRawFont(str(resource("fonts", "tracker-sans-sc.otf")), 12)


def test_the_font_has_every_character_in_which_names_were_written_on_chinese_computers(face):
    signs = [sign for code in range(0x4E00, 0x9FA6) if len((sign := chr(code)).encode("gbk", "ignore")) == 2]
    assert len(signs) > 20_000
    signs += "㛃䶮𬱟𬭎𬸚鿍"  # of the table in which names are registered since 2013
    assert [sign for sign in signs if not face.supportsCharacter(ord(sign))] == []


def test_the_font_has_every_character_of_the_programs_own_words(face):
    words = characters(resource("locale", "zh_CN", "LC_MESSAGES", "tracker.po"))
    for folder in ("scales", "conditions"):
        for file in resource(folder).glob("*.toml"):
            words |= characters(file)
    missing = {sign for sign in words if sign > " " and not face.supportsCharacter(ord(sign))}
    assert missing <= set("▾✕"), "a sign the report prints must be in the font"


def test_the_font_is_free_and_says_so(face):
    licence = resource("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert re.search(r"Copyright 2014-2021 Adobe", licence)
    assert face.familyName() == fonts.FAMILY
    assert "Source" not in face.familyName()


def test_a_sign_no_font_has_is_found(qapp):
    fonts.use_own_font()
    font = QFont(fonts.FAMILY)
    assert fonts.unprintable("王小明 Wang", font) == ""
    assert fonts.unprintable("王\U0003134f\U0003134f", font) == "\U0003134f"
    assert QFontMetricsF(font).inFontUcs4(ord("王"))


@pytest.mark.skipif(not LATIN.is_dir(), reason="needs a folder of fonts without Chinese")
@pytest.mark.parametrize(("mode", "said"), [("without", "False"), ("first", "True"), ("late", "True True")])
def test_chinese_is_readable_where_the_system_has_no_chinese_font(tmp_path, mode, said):
    config = tmp_path / "fonts.conf"
    config.write_text(BARE.format(folder=f"<dir>{LATIN}</dir>", cache=tmp_path / "cache"))
    done = subprocess.run(
        [sys.executable, "-c", GRABS, mode],
        env={**os.environ, "FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == said
