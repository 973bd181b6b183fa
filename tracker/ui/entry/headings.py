"""Headings and labels of a form: subscales as groups where the questionnaire has them so, else as a small tag."""

import re
from collections.abc import Mapping

from tracker.core.messages import Message, ntr, tr
from tracker.scales.errors import InvalidResponseError
from tracker.scales.model import Item, Scale


def headings(scale: Scale) -> Mapping[int, str]:
    """Return the headings by the index of their first item.

    There are none where the questionnaire's order mixes the subscales: answers are typed from a page, and its order
    must not be changed to have headings.
    """
    order = [item.group for item in scale.items]
    starts = [at for at, group in enumerate(order) if at == 0 or order[at - 1] != group]
    if len(starts) != len(set(order)) or len(starts) == len(order):
        return {}
    found = {}
    for at in starts:
        group = order[at]
        if group is not None:
            items = ntr("{count} item", "{count} items", order.count(group))
            found[at] = tr("{subscale} \N{MIDDLE DOT} {items}", subscale=scale.score(group).label, items=items)
    return found


def tag(scale: Scale, item: Item) -> str:
    """Return the subscale of an item in a form that mixes its subscales, else nothing."""
    several = {other.group for other in scale.items}
    if item.group is None or len(scale.items) <= 2 * len(several) or headings(scale):
        return ""
    label = re.sub(r"\s*[(（].*", "", str(scale.score(item.group).label))
    return label if sum(other.group == item.group for other in scale.items) > 1 else ""


def label(scale: Scale, item: Item) -> str:
    """Return the label of an item, without the name of its subscale where a heading says it."""
    text = str(item.label)
    if item.group is None:
        return text
    head = re.match(r"(.+?)[:：]\s*", text)
    if head is None or head[1].casefold() != str(scale.score(item.group).label).casefold():
        return text
    rest = text[head.end() :]
    return rest[:1].upper() + rest[1:]


def with_labels(scale: Scale, error: InvalidResponseError) -> InvalidResponseError:
    """Return *error* with the items named by their labels, as they stand in the form, instead of their codes."""
    labels = {item.code: f"“{item.label}”" for item in scale.items}
    values = {
        name: re.sub(r"\w+", lambda code: labels.get(code[0], code[0]), value) if isinstance(value, str) else value
        for name, value in error.message.values.items()
    }
    return InvalidResponseError(error.item, Message(error.message.text, values))
