"""A Jupyter teaching module on international cyber norms.

The names below are all that a notebook needs. Each loads what it uses when it is first called, so
that importing this package costs almost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cybernorms.version import __version__ as __version__

if TYPE_CHECKING:
    from cybernorms.corpus.frames import frame as data
    from cybernorms.corpus.sources import cite
    from cybernorms.widgets.attributions import show_attributions
    from cybernorms.widgets.checking import check
    from cybernorms.widgets.claim_tracer import show_claims
    from cybernorms.widgets.clause_lab import show_clause_lab
    from cybernorms.widgets.conflicts import show_conflicts
    from cybernorms.widgets.coverage import show_coverage
    from cybernorms.widgets.document_reader import show_documents
    from cybernorms.widgets.error_hunt import show_error_hunt
    from cybernorms.widgets.evidence import show_evidence
    from cybernorms.widgets.forecast_form import show_forecast
    from cybernorms.widgets.forecast_score import show_forecast_score
    from cybernorms.widgets.form import ask
    from cybernorms.widgets.glossary import show_glossary
    from cybernorms.widgets.handing_in import hand_in
    from cybernorms.widgets.incidents import show_incidents
    from cybernorms.widgets.law_or_norm import show_law_or_norm
    from cybernorms.widgets.module_map import progress, show_map
    from cybernorms.widgets.norm_explorer import show_norms
    from cybernorms.widgets.policy_coder import show_policy_coder
    from cybernorms.widgets.proposed_agreed import show_proposed_agreed
    from cybernorms.widgets.rooms import show_rooms
    from cybernorms.widgets.sessions import show_groups
    from cybernorms.widgets.spread import show_spread
    from cybernorms.widgets.timeline import show_timeline
    from cybernorms.widgets.votes import show_votes
    from cybernorms.widgets.wording_lab import show_wording

_HOMES = {
    "ask": "cybernorms.widgets.form",
    "check": "cybernorms.widgets.checking",
    "cite": "cybernorms.corpus.sources",
    "data": "cybernorms.corpus.frames:frame",
    "hand_in": "cybernorms.widgets.handing_in",
    "progress": "cybernorms.widgets.module_map",
    "show_attributions": "cybernorms.widgets.attributions",
    "show_claims": "cybernorms.widgets.claim_tracer",
    "show_clause_lab": "cybernorms.widgets.clause_lab",
    "show_conflicts": "cybernorms.widgets.conflicts",
    "show_coverage": "cybernorms.widgets.coverage",
    "show_documents": "cybernorms.widgets.document_reader",
    "show_error_hunt": "cybernorms.widgets.error_hunt",
    "show_evidence": "cybernorms.widgets.evidence",
    "show_forecast": "cybernorms.widgets.forecast_form",
    "show_forecast_score": "cybernorms.widgets.forecast_score",
    "show_glossary": "cybernorms.widgets.glossary",
    "show_groups": "cybernorms.widgets.sessions",
    "show_incidents": "cybernorms.widgets.incidents",
    "show_law_or_norm": "cybernorms.widgets.law_or_norm",
    "show_map": "cybernorms.widgets.module_map",
    "show_norms": "cybernorms.widgets.norm_explorer",
    "show_policy_coder": "cybernorms.widgets.policy_coder",
    "show_proposed_agreed": "cybernorms.widgets.proposed_agreed",
    "show_rooms": "cybernorms.widgets.rooms",
    "show_spread": "cybernorms.widgets.spread",
    "show_timeline": "cybernorms.widgets.timeline",
    "show_votes": "cybernorms.widgets.votes",
    "show_wording": "cybernorms.widgets.wording_lab",
}

__all__ = [
    "ask",
    "check",
    "cite",
    "data",
    "hand_in",
    "progress",
    "show_attributions",
    "show_claims",
    "show_clause_lab",
    "show_conflicts",
    "show_coverage",
    "show_documents",
    "show_error_hunt",
    "show_evidence",
    "show_forecast",
    "show_forecast_score",
    "show_glossary",
    "show_groups",
    "show_incidents",
    "show_law_or_norm",
    "show_map",
    "show_norms",
    "show_policy_coder",
    "show_proposed_agreed",
    "show_rooms",
    "show_spread",
    "show_timeline",
    "show_votes",
    "show_wording",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home, _, original = _HOMES[name].partition(":")
    value = getattr(import_module(home), original or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
