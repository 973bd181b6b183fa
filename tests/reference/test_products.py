"""Whether a study gave the kind of product a patient was given."""

import pytest

from tracker.core.messages import say
from tracker.reference.library import find_cohort
from tracker.reference.products import kinds_of, said_of_products, same_products


def passport(study):
    return find_cohort(study)[0].passport


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Bone-marrow MSC and Schwann cells", {"mesenchymal", "schwann"}),
        ("间充质干细胞联合许旺细胞", {"mesenchymal", "schwann"}),
        ("Platelet-rich plasma (PRP)", {"platelet"}),
        ("富血小板血浆", {"platelet"}),
        ("Hyaluronic acid", {"hyaluronate"}),
        ("saline", set()),
    ],
)
def test_words_of_either_language_name_a_product(words, kinds):
    assert kinds_of((words,)) == kinds


@pytest.mark.parametrize(
    ("study", "given", "same", "said"),
    [
        (
            "akhlaghpasand-2025/all",
            ("BM-MSC + Schwann",),
            True,
            "same kind of product: Mesenchymal stem cells combined",
        ),
        ("akhlaghpasand-2025/all", ("Umbilical-cord MSC",), False, "another product: the study gave Mesenchymal"),
        ("akhlaghpasand-2025/all", ("Umbilical-cord MSC", "许旺细胞"), True, "same kind of product"),
        ("akhlaghpasand-2025/all", ("cells",), None, "yours to judge"),
        ("akhlaghpasand-2025/all", (), None, "no treatment is recorded; the study gave: Mesenchymal"),
        ("winkler-2018/plx-150m", ("PRP",), False, "this patient was given PRP"),
        ("khoury-2021b/all", ("PRP",), None, "what this study gave is not known"),
    ],
)
def test_what_is_said_of_two_products(study, given, same, said):
    assert same_products(passport(study), given) is same
    assert said in say(said_of_products(passport(study), given))
