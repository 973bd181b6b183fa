"""Makes ``resources/fonts/tracker-sans-sc.otf`` again, from Noto Sans CJK SC (SIL Open Font License).

    python tests/make_font.py NotoSansCJK-Regular.ttc

Needs fonttools. Coverage: every character of GBK, in which Chinese names have been written on computers, those of the
Table of General Standard Chinese Characters (2013), in which names are registered now, and the Latin, Greek and
Cyrillic letters, punctuation and symbols of Noto Sans. The family has a name of its own, so that it is never taken for
an installed one, and a line height, quotation marks and a middle dot that Latin text can share.
"""

import sys
from pathlib import Path

from fontTools import subset

FAMILY = "Tracker Sans SC"
TARGET = Path(__file__).parent.parent / "resources" / "fonts" / "tracker-sans-sc.otf"
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2B0, 0x52F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x27BF),
    (0x3000, 0x303F),
    (0x4E00, 0x9FFF),
    (0xFF00, 0xFFEF),
    (0x20000, 0x2FFFF),
)
STANDARD = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠"
    "䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)
"""The standard table's characters of Extension A."""
PROPORTIONAL = {0x2018: "cid00725", 0x2019: "cid00726", 0x201C: "cid00728", 0x201D: "cid00729", 0xB7: "cid00733"}
"""Glyphs of the font's own Latin forms, for signs that Chinese sets as wide as a character."""
ASCENT, DESCENT = 960, -260
NAMES = {1: FAMILY, 3: f"1;{FAMILY}", 4: FAMILY, 6: FAMILY.replace(" ", ""), 16: FAMILY}
SIMPLIFIED = 2
"""The place of the Simplified Chinese font in the collection."""


def make(source: str) -> None:
    """Write the subset of *source*."""
    options = subset.Options(hinting=False, layout_features=[], font_number=SIMPLIFIED, name_IDs=["*"])
    options.drop_tables += ["GSUB", "GPOS", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
    font = subset.load_font(source, options)
    for table in font["cmap"].tables:
        table.cmap.update({code: glyph for code, glyph in PROPORTIONAL.items() if code in table.cmap})
    subsetter = subset.Subsetter(options)
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    subsetter.populate(unicodes=wanted | {ord(sign) for sign in STANDARD})
    subsetter.subset(font)
    for record in [record for record in font["name"].names if record.platformID != 3 or record.langID != 0x409]:
        font["name"].names.remove(record)
    for name, text in NAMES.items():
        font["name"].setName(text, name, 3, 1, 0x409)
    font["CFF "].cff.fontNames[0] = NAMES[6]
    top = font["CFF "].cff.topDictIndex[0]
    top.FamilyName = top.FullName = FAMILY
    lines, metrics = font["hhea"], font["OS/2"]
    lines.ascent, lines.descent, lines.lineGap = ASCENT, DESCENT, 0
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = ASCENT, DESCENT, 0
    metrics.usWinAscent, metrics.usWinDescent = ASCENT, -DESCENT
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    subset.save_font(font, str(TARGET), options)


if __name__ == "__main__":
    make(sys.argv[1])
