"""What holds for every sentence of every patient of a demo, in both languages."""

import datetime
import re
from dataclasses import fields, is_dataclass

import pytest

from tracker.core.messages import Language, Message, Text, say, use_language
from tracker.core.numbers import half_up
from tracker.reference.codes import Absent
from tracker.services.sentences.clinician import clinician
from tracker.services.sentences.paragraph import paragraph
from tracker.services.sentences.patient import patient

NUMBER = re.compile(r"\d+(?:\.\d+)?")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
ADVICE = re.compile(
    r"\b(should|must|ought|need to|recommend|advis|suggest|consider|please|try|continue|stop|increase|reduce|repeat|"
    r"take|avoid|ask your|talk to|see your|guarantee|prove|cure|success|certain|definite|clearly)",
    re.IGNORECASE,
)
ADVICE_ZH = re.compile("应该|应当|建议|必须|务必|请|推荐|考虑|继续|停止|避免|咨询|保证|证明|治愈|成功|肯定|显著")
JARGON = re.compile(
    r"\b(SD|MDC|MDC90|MDC95|MCID|PASS|percentile|cohort|baseline|median|quartile|interval|significant|WOMAC|OMERACT)\b",
    re.IGNORECASE,
)
JARGON_ZH = re.compile("标准差|百分位|队列|基线|中位|置信|区间|统计学|应答")


@pytest.fixture(scope="module")
def said(demo_comparisons):
    """(comparison, panel or None for the paragraph, voice, message) of everything said in the demo."""
    return [
        (comparison, panel, voice, message)
        for comparison in demo_comparisons
        for panel, voice, messages in (
            *((panel, "clinician", clinician(panel, comparison)) for panel in comparison.panels),
            *((panel, "patient", patient(panel, comparison)) for panel in comparison.panels),
            (None, "paragraph", paragraph(comparison)),
        )
        for message in messages
    ]


def test_the_demo_says_much(said):
    assert len(said) > 10_000
    assert len({message.text for *_, message in said}) > 60


@pytest.mark.parametrize("language", list(Language))
def test_no_field_is_left_open_and_every_sentence_ends(said, language):
    use_language(language)
    for text in {say(message) for *_, message in said}:
        assert not set("{}") & set(text), text
        assert "None" not in text, text
        assert text.endswith((".", "。")), text
        assert not text.endswith(("..", "。。", ".。")), text


def test_what_is_said_is_what_is_kept_with_the_comparison(demo_comparisons):
    for comparison in demo_comparisons:
        assert comparison.paragraph == paragraph(comparison)
        for panel in comparison.panels:
            assert panel.sentences.clinician == clinician(panel, comparison)
            assert panel.sentences.patient == patient(panel, comparison)


def test_every_number_is_a_number_of_the_comparison(said):
    known: dict[int, set[str]] = {}
    for comparison, panel, _voice, message in said:
        held = comparison if panel is None else panel
        if id(held) not in known:
            known[id(held)] = _shown(comparison, panel)
        for written in _written(message):
            for number in NUMBER.findall(written):
                assert number in known[id(held)], f"{number} of “{say(message)}”"


def test_every_date_is_a_date_of_the_course(said):
    for comparison, _panel, _voice, message in said:
        course = comparison.course
        dates = {point.date for panel in course.panels for point in panel.points}
        dates |= {treatment.date for treatment in course.treatments}
        assert {datetime.date.fromisoformat(day) for day in DATE.findall(say(message))} <= dates


@pytest.mark.parametrize(("language", "word"), [(Language.EN, ADVICE), (Language.ZH_CN, ADVICE_ZH)])
def test_the_patient_is_given_no_advice_and_no_certainty(said, language, word):
    use_language(language)
    for _comparison, _panel, voice, message in said:
        if voice != "clinician":
            assert not word.search(say(message)), say(message)


@pytest.mark.parametrize(("language", "word"), [(Language.EN, JARGON), (Language.ZH_CN, JARGON_ZH)])
def test_the_patient_is_spared_the_words_of_the_trade(said, language, word):
    use_language(language)
    for _comparison, _panel, voice, message in said:
        if voice != "clinician":
            assert not word.search(say(message)), say(message)


def test_the_clinician_is_advised_only_to_measure_again(said):
    for _comparison, _panel, voice, message in said:
        found = ADVICE.findall(_plain(message)) if voice == "clinician" else []
        assert found in ([], ["repeat"]), say(message)
        assert found == [] or message.text.endswith(
            "but within measurement error ({error}): repeat before relying on it."
        )


def _plain(message):
    """The sentence's own words: not the reasons and names it quotes."""
    return re.sub(r"\{\w+\}", "", message.text)


def _written(message):
    """What was filled into a message, as written; dates and texts of the files are not numbers of the comparison."""
    for name, value in message.values.items():
        if name in _QUOTED or isinstance(value, Text):
            continue
        if isinstance(value, Message):
            yield from _written(value)
        else:
            yield DATE.sub("", str(value))


_QUOTED = {"product", "study", "studies", "cohort", "reason", "cares", "criteria", "criterion", "note", "name", "p"}
"""Fields that quote what the comparison or the files say in words."""


def _shown(comparison, panel):
    """Every number of a panel (or of the whole comparison) in each way it may be displayed."""
    numbers = set(_counts(comparison, panel))
    for one in comparison.panels if panel is None else (panel,):
        numbers |= set(_numbers((one.points, one.baseline, one.thresholds, one.held, one.worsening)))
        numbers |= {one.score.minimum, one.score.maximum, 100 * one.score.maximum}
        for cohort in one.cohorts:
            if not isinstance(cohort.study.passport.n, Absent):
                numbers.add(cohort.study.passport.n)
            for point in cohort.points:
                numbers |= set(_numbers((point.place, point.visit))) | {point.drawn.months}
        if one.score.rule == "sum_of_scores":
            numbers |= {100 * part.maximum / one.score.maximum for part in one.scale.scores}
        if len(one.score.items) == 1 and one.score.rule == "mean_rescaled":
            numbers |= {5, *(1 + point.value / 25 for point in one.points if point.value is not None)}
    return {str(half_up(abs(number), decimals)) for number in numbers for decimals in (0, 1, 2)}


def _counts(comparison, panel):
    index = comparison.course.index_treatment
    if index is not None:
        yield sum(event.date >= index.date for event in comparison.course.events)
    if panel is not None:
        yield len(panel.points)
        yield sum(cohort.usable for cohort in panel.cohorts)


def _numbers(value):
    if isinstance(value, bool | str | Message | Text):
        return
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _numbers(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _numbers(getattr(value, field.name))
