from .corpus.frames import data as data
from .corpus.sources import cite as cite
from .widgets.asking import ask as ask
from .widgets.checking import check as check
from .widgets.explorers import (
    show_attributions as show_attributions,
    show_claims as show_claims,
    show_clause as show_clause,
    show_clause_lab as show_clause_lab,
    show_coverage as show_coverage,
    show_days as show_days,
    show_documents as show_documents,
    show_evidence as show_evidence,
    show_forecast_score as show_forecast_score,
    show_game as show_game,
    show_law as show_law,
    show_negotiation as show_negotiation,
    show_norms as show_norms,
    show_pair as show_pair,
    show_proposed_agreed as show_proposed_agreed,
    show_retold as show_retold,
    show_rooms as show_rooms,
    show_spread as show_spread,
    show_timeline as show_timeline,
    show_views as show_views,
    show_votes as show_votes,
    show_wording as show_wording,
)
from .widgets.handing_in import hand_in as hand_in
from .widgets.sheets import (
    progress as progress,
    show_class_negotiation as show_class_negotiation,
    show_conflicts as show_conflicts,
    show_error_hunt as show_error_hunt,
    show_forecast as show_forecast,
    show_glossary as show_glossary,
    show_groups as show_groups,
    show_incidents as show_incidents,
    show_law_or_norm as show_law_or_norm,
    show_map as show_map,
    show_own_levels as show_own_levels,
    show_policy_coder as show_policy_coder,
)

__version__: str
