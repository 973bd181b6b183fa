"""Settings of the rules whose figures a clinic may set: OMERACT-OARSI responders and EDSS worsening."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.core.messages import tr
from tracker.scales.responders import OMERACT_OARSI, VARIANT_A
from tracker.services.responder_rules import EDSS_FIGURES, FIGURES, check_days, check_figure, check_step
from tracker.ui.figures_panel import Figures, FiguresPanel, FiguresRule

if TYPE_CHECKING:
    from tracker.services.responder_rules import ResponderRules


def responder_settings(rules: "ResponderRules", *, read_only: bool) -> FiguresPanel:
    """Return the panel of the OMERACT-OARSI rule, marked for as long as no source was seen."""
    rule = FiguresRule(
        title=tr("OMERACT-OARSI responder criteria"),
        words=tr(
            "Met by a high response of pain or function, or by the lower limits in two of pain, function and the "
            "patient’s global assessment. Each asks for the percent and for the points, on scores of 0 to 100."
        ),
        titles={
            "high_percent": tr("High response: % of baseline"),
            "high_points": tr("High response: points of 100"),
            "low_percent": tr("Two of three: % of baseline"),
            "low_points": tr("Two of three: points of 100"),
        },
        checks=dict.fromkeys(FIGURES, check_figure),
        shipped=OMERACT_OARSI,
        current=rules.omeract_oarsi,
        with_figures=_with_figures,
        keep=rules.change_omeract_oarsi,
        mark=lambda rule: tr(
            "UNVERIFIED: these figures were not seen in their source ({citation}). Compare them with "
            "it before you rely on an answer; every answer is shown so marked.",
            citation=rule.citation,
        ),
    )
    return FiguresPanel(rule, read_only=read_only)


def worsening_settings(rules: "ResponderRules", *, read_only: bool) -> FiguresPanel:
    """Return the panel of the rule for EDSS worsening, marked where its figures are neither variant A nor B."""
    rule = FiguresRule(
        title=tr("EDSS: confirmed worsening"),
        words=tr(
            "A rise of EDSS counts from the baseline on: the first figure from 0, a step up to and including the last "
            "baseline named, the smaller step above it. It is confirmed by a visit at least so many days later, every "
            "visit between holding. Variant A: 1.5, 1, 5.5, 0.5; variant B stops at 5; 84 days are 12 weeks, 168 are "
            "24. The rule defines worsening only."
        ),
        titles={
            "from_zero": tr("Rise from a baseline of 0"),
            "step": tr("Rise from a higher baseline"),
            "up_to": tr("… up to a baseline of"),
            "above": tr("Rise from a baseline above that"),
            "days": tr("Days to the confirming visit"),
        },
        checks=dict.fromkeys(EDSS_FIGURES, check_step) | {"days": check_days},
        shipped=VARIANT_A,
        current=rules.edss_worsening,
        with_figures=_with_figures,
        keep=rules.change_edss_worsening,
        mark=lambda _rule: tr(
            "UNVERIFIED: these are your own figures, neither of the two published variants; every answer says so."
        ),
    )
    return FiguresPanel(rule, read_only=read_only)


def _with_figures(rule: Any, figures: Figures) -> Any:
    return replace(rule, **figures)
