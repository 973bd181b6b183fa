"""The definition of a scale, as frozen data, and what scoring gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.core.messages import Message, Text
from tracker.core.numbers import Number

Answer = Number | str
"""A number, or for items that take them a text code (``NT``) or free text."""

Responses = Mapping[str, Answer | None]
"""Item code -> the answer exactly as given; None (or absence) is missing, 0 is an answer."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"


class About(StrEnum):
    """Whether an assessment belongs to one episode or to the person."""

    EPISODE = "episode"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item: either a closed set of values, or any number within a range."""

    code: str
    label: Text
    group: str | None
    """Code of the score (subscale) the form lists it under."""
    allowed: tuple[Number, ...] | None
    """Closed set in order (empty: no number at all), or None for any number in [minimum, maximum]."""
    minimum: Number
    maximum: Number
    unit: str | None
    optional: bool
    """An optional item never counts as missing (uems and lems of asia-totals)."""
    codes: tuple[str, ...] = ()
    """Text codes that are answers too; a score over an item answered by one has no value (``NT``)."""
    free_text: bool = False
    """Any text is an answer; never scored."""
    noted: bool = False
    """Recorded beside the scores (which walking test it was); no score takes it, and it never counts as missing."""
    not_typed: Number | None = None
    """An allowed value that a form does not take (EDSS 10 is death, no finding of a visit)."""
    not_typed_why: Text | None = None

    @property
    def typed(self) -> tuple[Number, ...] | None:
        """The closed set without what the form does not take, or None for any number."""
        return None if self.allowed is None else tuple(one for one in self.allowed if one != self.not_typed)

    @property
    def numeric(self) -> bool:
        """Whether a number can be an answer."""
        return self.allowed is None or bool(self.allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreDefinition:
    """One score: the named rule that computes it and how it is read."""

    code: str
    label: Text
    rule: str
    """Name in the closed set of ``scales/rules.py``."""
    items: tuple[str, ...]
    """Item codes (or, for rules that add scores, score codes) the rule takes."""
    options: Mapping[str, object]
    """The rule's own further settings (reversed items, factor, limits a policy may change ...)."""
    minimum: Number
    maximum: Number
    direction: Direction
    unit: str | None
    low_anchor: Text
    high_anchor: Text
    decimals: int
    """For display only."""
    series: str
    """Scores of one series may share a line."""
    percent_change: bool
    """True only where 0 means no symptom."""
    charted: bool
    """Drawn as a panel of its own by default (subscales and totals yes, re-expressions like ``_100`` no)."""
    open_ended: bool = False
    """``maximum`` only bounds what can be typed (metres walked): it is no end of a scale and means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A named way to treat missing items, where sources disagree or a rule is unverified."""

    id: str
    label: Text
    verified: bool
    note: Text
    missing_allowed: Mapping[str, int]
    """Score code -> how many of its items may be missing (imputed by the mean of the answered ones)."""
    form_missing_allowed: int | None
    """How many items of the whole form may be missing before nothing is scored; None: no such rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A published limit for a change or a state; never one truth, always with population and citation."""

    id: str
    score: str
    kind: str
    """mcid (anchor within person), distribution, between_group, mdc90, mdc95, pass, responder, range, worsening."""
    value: Number
    upper: Number | None
    """Upper end where the source gives a range."""
    relative: bool
    """True: percent of baseline instead of points."""
    sign: str
    """improve or worsen."""
    population: Text
    citation: str
    verified: bool
    offered_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is known of a patient (``condition``, ``site``, an attribute of the episode) -> the values for which the
    population stands; a limit of other people is not offered. Empty: for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example inside the definition; the loader computes it again."""

    id: str
    policy: str | None
    responses: Responses
    expected: Mapping[str, Number | None]
    """Score code -> value, None = not scored."""
    source: str
    classification: Mapping[str, str] = field(default_factory=dict)
    """Of an exam: field -> result as written on the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One scale in one version."""

    id: str
    version: str
    title: Text
    short_title: Text
    about: About
    contexts: tuple[str, ...]
    """Contexts that make sense (``unspecified`` always first or alone; pain scales add rest, movement ...)."""
    items: tuple[Item, ...]
    scores: tuple[ScoreDefinition, ...]
    policies: tuple[Policy, ...]
    """At least one; the first is the default."""
    thresholds: tuple[Threshold, ...]
    recall: Text
    licence: Text
    loinc: str | None
    source: str
    notes: tuple[Text, ...]
    examples: tuple[Example, ...]
    exam: str | None = None
    """Name in the closed set of ``scales/exams.py``: its package gives the items and more than sums can say."""

    def item(self, code: str) -> Item:
        """Return the item with *code*; raises KeyError."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    def score(self, code: str) -> ScoreDefinition:
        """Return the score with *code*; raises KeyError."""
        for score in self.scores:
            if score.code == code:
                return score
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Score:
    """A computed score at full precision, and how many items a policy imputed for it."""

    value: Number
    imputed_items: int = 0


@dataclass(frozen=True, slots=True)
class NoScore:
    """Why there is no score, and which items are missing for it."""

    reason: Message
    missing: tuple[str, ...] = ()


Outcome = Score | NoScore
