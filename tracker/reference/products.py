"""Whether a study gave the kind of product a patient was given: told from words in either language, never assumed."""

from collections.abc import Iterable, Mapping

from tracker.core.messages import Message, Text, msg
from tracker.reference.model import Passport

_KINDS: Mapping[str, tuple[str, ...]] = {
    "mesenchymal": ("mesenchymal", "msc", "stem cell", "stromal", "间充质", "干细胞", "基质细胞"),
    "schwann": ("schwann", "许旺", "施万", "雪旺"),
    "platelet": ("platelet", "prp", "血小板"),
    "hyaluronate": ("hyalur", "透明质酸", "玻璃酸"),
}
"""Kinds of product the library and the clinics know, and the words that name them."""


def kinds_of(words: Iterable[str]) -> frozenset[str]:
    """Return the kinds of product that *words* name."""
    text = " ".join(words).casefold()
    return frozenset(kind for kind, names in _KINDS.items() if any(name in text for name in names))


def same_products(passport: Passport, given: tuple[str, ...]) -> bool | None:
    """Whether the study gave the kinds of product that were *given*; None where the words do not tell."""
    if not isinstance(passport.product, Text):
        return None
    theirs, ours = kinds_of((passport.product.en,)), kinds_of(given)
    return theirs == ours if theirs and ours else None


def said_of_products(passport: Passport, given: tuple[str, ...]) -> Message:
    """Return what is to be said of the two products."""
    product = passport.product
    if not isinstance(product, Text):
        return msg("what this study gave is not known")
    if not given:
        return msg("no treatment is recorded; the study gave: {product}", product=product)
    same = same_products(passport, given)
    words = {"product": product, "given": "; ".join(given)}
    if same is None:
        return msg(
            "the study gave: {product}; this patient: {given}. Whether that is the same is yours to judge", **words
        )
    if same:
        return msg("same kind of product: {product}", product=product)
    return msg("another product: the study gave {product}, this patient was given {given}", **words)
