"""``scales``: the catalogue, for people or (``--json``) for scripts."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from tracker.cli.main import DONE
from tracker.cli.own_files import use_own_scales
from tracker.core.messages import tr
from tracker.core.numbers import plain_number
from tracker.scales.model import Item, Policy, Scale, ScoreDefinition, Threshold

HELP = tr("list the scales: items, allowed values, scores, ranges, policies, thresholds with citation")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--json", action="store_true", help=tr("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Write the catalogue to standard output."""
    from tracker.scales.catalogue import catalogue

    use_own_scales()
    scales = list(catalogue().values())
    if arguments.json:
        json.dump([as_data(scale) for scale in scales], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write("\n\n".join("\n".join(as_lines(scale)) for scale in scales) + "\n")
    return DONE


def as_data(scale: Scale) -> dict[str, Any]:
    """Return *scale* as plain data, its texts in the language in use."""
    return {
        "id": scale.id,
        "version": scale.version,
        "title": str(scale.title),
        "short_title": str(scale.short_title),
        "about": scale.about.value,
        "contexts": list(scale.contexts),
        "recall": str(scale.recall),
        "licence": str(scale.licence),
        "loinc": scale.loinc,
        "source": scale.source,
        "notes": [str(note) for note in scale.notes],
        "items": [_item(item) for item in scale.items],
        "scores": [_score(score) for score in scale.scores],
        "policies": [_policy(policy, is_default=policy is scale.policies[0]) for policy in scale.policies],
        "thresholds": [_threshold(threshold) for threshold in scale.thresholds],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "label": str(item.label),
        "group": item.group,
        "allowed": None if item.allowed is None else list(item.allowed),
        "codes": list(item.codes),
        "free_text": item.free_text,
        "minimum": item.minimum if item.numeric else None,
        "maximum": item.maximum if item.numeric else None,
        "unit": item.unit,
        "optional": item.optional,
    }


def _score(score: ScoreDefinition) -> dict[str, Any]:
    return {
        "code": score.code,
        "label": str(score.label),
        "rule": score.rule,
        "of": list(score.items),
        **{name: list(value) if isinstance(value, tuple) else value for name, value in score.options.items()},
        "minimum": score.minimum,
        "maximum": score.maximum,
        "direction": score.direction.value,
        "unit": score.unit,
        "low_anchor": str(score.low_anchor),
        "high_anchor": str(score.high_anchor),
        "decimals": score.decimals,
        "series": score.series,
        "percent_change": score.percent_change,
    }


def _policy(policy: Policy, *, is_default: bool) -> dict[str, Any]:
    return {
        "id": policy.id,
        "label": str(policy.label),
        "default": is_default,
        "verified": policy.verified,
        "note": str(policy.note),
        "missing_allowed": dict(policy.missing_allowed),
        "form_missing_allowed": policy.form_missing_allowed,
    }


def _threshold(threshold: Threshold) -> dict[str, Any]:
    return {
        "id": threshold.id,
        "score": threshold.score,
        "kind": threshold.kind,
        "value": threshold.value,
        "upper": threshold.upper,
        "relative": threshold.relative,
        "sign": threshold.sign,
        "population": str(threshold.population),
        "citation": threshold.citation,
        "verified": threshold.verified,
    }


def as_lines(scale: Scale) -> Iterator[str]:
    """Yield the lines that show *scale* to a reader."""
    yield f"{scale.id} {scale.version}  {scale.title}"
    yield "  " + tr("items")
    yield from _item_lines(scale)
    yield "  " + tr("scores")
    for score in scale.scores:
        better = tr("higher is better") if score.direction == "higher_better" else tr("lower is better")
        unit = f" {score.unit}" if score.unit else ""
        yield f"    {score.code}  {_span(score.minimum, score.maximum)}{unit}  {better}  {score.label}"
    yield "  " + tr("missing items (the first is the default)")
    for policy in scale.policies:
        mark = "" if policy.verified else "  " + tr("(unverified)")
        yield f"    {policy.id}{mark}  {policy.note}"
    if scale.thresholds:
        yield "  " + tr("published limits")
    for threshold in scale.thresholds:
        mark = "" if threshold.verified else "  " + tr("(unverified)")
        yield f"    {threshold.score}  {_limit(threshold)}{mark}  {threshold.population}  [{threshold.citation}]"


def _item_lines(scale: Scale) -> Iterator[str]:
    codes = {item.code for item in scale.items}
    parts: dict[str, None] = {}
    for item in scale.items:
        cell, _, part = item.code.rpartition(".")
        if cell in codes:  # what may be said about one graded cell of an exam is listed once, not for each cell
            parts[f".{part}"] = None
            continue
        optional = "  " + tr("(optional)") if item.optional else ""
        yield f"    {item.code}  {_allowed(item)}  {item.label}{optional}"
    if parts:
        yield "    " + tr("(a graded item may carry: {parts})", parts=" ".join(parts))


def _allowed(item: Item) -> str:
    from tracker.scales.scoring import allowed_text

    if item.free_text:
        return tr("any text")
    return allowed_text(item) + (f" {item.unit}" if item.unit else "")


def _span(low: float, high: float) -> str:
    return f"{plain_number(low)}-{plain_number(high)}"


def _limit(threshold: Threshold) -> str:
    value = plain_number(threshold.value) if threshold.upper is None else _span(threshold.value, threshold.upper)
    percent = " %" if threshold.relative else ""
    return f"{threshold.kind} ({threshold.sign}) {value}{percent}"
