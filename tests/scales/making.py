"""Limits and changes for the tests of what is said of a change."""

from dataclasses import replace

from tracker.core.messages import Text
from tracker.scales.catalogue import scale
from tracker.scales.change import change_since
from tracker.scales.model import Threshold

NRS = scale("nrs-pain").score("pain")
VAS = scale("vas-pain").score("pain")
SCIM = scale("scim-iii").score("total")


def limit(key="limit", kind="mcid", value=2, **more):
    plain = Threshold(
        id=key,
        score="pain",
        kind=kind,
        value=value,
        upper=None,
        relative=False,
        sign="improve",
        population=Text("somebody", "某人"),
        citation="Somebody 2001",
        verified=True,
    )
    return replace(plain, **more)


def percent(value, key=None, kind="mcid", **more):
    return limit(key or f"percent_{value}", kind, value, relative=True, **more)


def published(scale_id, code):
    return next(one for one in scale(scale_id).thresholds if one.id == code)


def change(before, now, definition=NRS):
    return change_since(definition, before, now)
