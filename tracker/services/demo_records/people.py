"""Invented people: names in several scripts with their Latin form, sex, birth date as far as known."""

from dataclasses import dataclass
from datetime import date
from random import Random

from tracker.clinic.codes import Sex
from tracker.core.dates import PartialDate

_CHINESE_FAMILY = (
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("赵", "Zhao"),
    ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"), ("胡", "Hu"), ("朱", "Zhu"),
    ("高", "Gao"), ("林", "Lin"), ("何", "He"), ("郭", "Guo"), ("马", "Ma"), ("罗", "Luo"), ("欧阳", "Ouyang"),
)  # fmt: skip
_CHINESE_WOMEN = (
    ("芳", "Fang"), ("秀英", "Xiuying"), ("敏", "Min"), ("静", "Jing"), ("丽华", "Lihua"), ("桂兰", "Guilan"),
    ("雪梅", "Xuemei"), ("婷", "Ting"), ("玉珍", "Yuzhen"), ("晓燕", "Xiaoyan"), ("淑芬", "Shufen"),
)  # fmt: skip
_CHINESE_MEN = (
    ("伟", "Wei"), ("强", "Qiang"), ("磊", "Lei"), ("建国", "Jianguo"), ("志强", "Zhiqiang"), ("明", "Ming"),
    ("军", "Jun"), ("国栋", "Guodong"), ("海涛", "Haitao"), ("文博", "Wenbo"), ("德华", "Dehua"),
)  # fmt: skip
_ENGLISH_FAMILY = (
    "Baker", "Carter", "Hughes", "Morgan", "O'Brien", "Palmer", "Reid", "Shaw", "Taylor", "Walsh", "Young", "Bennett",
    "Clarke", "Dixon", "Ellis", "Foster", "Grant", "Hudson", "Marsh", "Spencer-Hill",
)  # fmt: skip
_ENGLISH_WOMEN = ("Alice", "Barbara", "Carol", "Diane", "Emma", "Grace", "Helen", "Joan", "Laura", "Mary", "Ruth")
_ENGLISH_MEN = ("Alan", "Brian", "David", "Edward", "Frank", "George", "Henry", "James", "Peter", "Robert", "Thomas")
_OTHERS = (
    ("Zoë Müller", "Zoe Mueller", Sex.FEMALE),
    ("José Núñez", "Jose Nunez", Sex.MALE),
    ("Łukasz Żółkiewski", "Lukasz Zolkiewski", Sex.MALE),
    ("Nguyễn Thị Hương", "Nguyen Thi Huong", Sex.FEMALE),
    ("Ольга Иванова", "Olga Ivanova", Sex.FEMALE),
    ("Ελένη Παπαδοπούλου", "Eleni Papadopoulou", Sex.FEMALE),
    ("佐藤 花子", "Sato Hanako", Sex.FEMALE),
    ("김민수", "Kim Minsu", Sex.MALE),
    ("محمد الأحمد", "Mohammad Al-Ahmad", Sex.MALE),
    ("Søren Ærø", "Soren Aero", Sex.MALE),
    ("Çağla Şahin", "Cagla Sahin", Sex.FEMALE),
    ("मीरा शर्मा", "Meera Sharma", Sex.FEMALE),
)
"""Name, Latin form and sex."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who an invented patient is."""

    name: str
    latin_name: str
    sex: Sex
    birth_date: PartialDate | None
    chinese: bool


def invent_person(random: Random, today: date, ages: tuple[int, int]) -> Person:
    """Return a person of an age between *ages*; name and Latin form both say that it is synthetic."""
    draw = random.random()
    sex = random.choice((Sex.FEMALE, Sex.MALE))
    chinese = draw < 0.52
    if chinese:
        name, latin = _chinese(random, sex)
    elif draw < 0.93:
        given = random.choice(_ENGLISH_WOMEN if sex is Sex.FEMALE else _ENGLISH_MEN)
        name = latin = f"{given} {random.choice(_ENGLISH_FAMILY)}"
    else:
        name, latin, sex = random.choice(_OTHERS)
    if random.random() < 0.01:
        sex = random.choice((Sex.OTHER, Sex.UNKNOWN))
    mark = "（合成）" if chinese else " (synthetic)"
    return Person(name + mark, f"{latin} (synthetic)", sex, _birth_date(random, today, ages), chinese)


def _chinese(random: Random, sex: Sex) -> tuple[str, str]:
    family, family_latin = random.choice(_CHINESE_FAMILY)
    given, given_latin = random.choice(_CHINESE_WOMEN if sex is Sex.FEMALE else _CHINESE_MEN)
    return family + given, f"{family_latin} {given_latin}"


def _birth_date(random: Random, today: date, ages: tuple[int, int]) -> PartialDate | None:
    """Mostly a whole date; some know the year and month, the year, or nothing; a few are over ninety."""
    age = random.randint(90, 96) if random.random() < 0.006 else random.randint(*ages)
    born = date(today.year - age, random.randint(1, 12), random.randint(1, 28))
    known = random.random()
    if known < 0.02:
        return None
    if known < 0.06:
        return PartialDate(born.year)
    if known < 0.10:
        return PartialDate(born.year, born.month)
    return PartialDate(born.year, born.month, born.day)
