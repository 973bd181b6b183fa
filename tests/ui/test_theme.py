import re

import pytest

from tracker.data import resource
from tracker.ui import theme


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.1's contrast ratio."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_both_themes_name_the_same_roles():
    assert set(theme.load("light").colours) == set(theme.load("dark").colours)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_colour_is_six_hexadecimal_digits(name):
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in theme.load(name).colours.values())


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("role", ["text", "text_soft", "accent", "good", "warn", "treatment", "missing", "course"])
@pytest.mark.parametrize("paper", ["window", "surface"])
def test_text_can_be_read_on_every_paper(name, role, paper):
    shown = theme.load(name)
    assert contrast(shown.colour(role), shown.colour(paper)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("role", ["good", "warn", "treatment", "missing"])
def test_a_chip_can_be_read_on_its_own_colour(name, role):
    shown = theme.load(name)
    assert contrast(shown.colour(role), shown.colour(f"{role}_soft")) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_has_every_value_filled_and_its_pictures_exist(name):
    sheet = theme.style_sheet(theme.load(name), 10.0)
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(
        resource("icons").as_posix() in picture and resource("icons", picture.rsplit("/", 1)[1]).exists()
        for picture in pictures
    )


def test_a_role_the_theme_has_not_is_an_error():
    with pytest.raises(KeyError):
        theme.load("light").colour("no such role")


def test_applying_a_theme_makes_it_the_current_one(qapp):
    assert theme.apply(qapp, "dark").dark
    assert theme.colour("text") == theme.load("dark").colour("text")
    assert qapp.palette().window().color().name() == theme.load("dark").colour("window")
    theme.apply(qapp, "light")
    assert not theme.current().dark


def test_following_the_system_takes_one_of_the_two(qapp):
    assert theme.apply(qapp, theme.SYSTEM).name == theme.system_name()
    theme.apply(qapp, "light")


def test_the_text_font_falls_back_to_chinese_families(qapp):
    font = theme.text_font(qapp.font())
    assert set(theme.CJK_FAMILIES) <= set(font.families())
    assert font.pointSizeF() >= theme.SMALLEST_TEXT


def test_a_scaled_font_is_as_many_times_larger(qapp):
    font = theme.text_font(qapp.font())
    assert theme.scaled(font, 1.5, bold=True).pointSizeF() == pytest.approx(1.5 * font.pointSizeF())
