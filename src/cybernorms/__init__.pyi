from .corpus.frames import data as data
from .corpus.sources import cite as cite
from .widgets.checking import check as check
from .widgets.explorers import (
    show_attributions as show_attributions,
)
from .widgets.explorers import (
    show_claims as show_claims,
)
from .widgets.explorers import (
    show_clause_lab as show_clause_lab,
)
from .widgets.explorers import (
    show_coverage as show_coverage,
)
from .widgets.explorers import (
    show_documents as show_documents,
)
from .widgets.explorers import (
    show_evidence as show_evidence,
)
from .widgets.explorers import (
    show_forecast_score as show_forecast_score,
)
from .widgets.explorers import (
    show_law as show_law,
)
from .widgets.explorers import (
    show_norms as show_norms,
)
from .widgets.explorers import (
    show_proposed_agreed as show_proposed_agreed,
)
from .widgets.explorers import (
    show_rooms as show_rooms,
)
from .widgets.explorers import (
    show_spread as show_spread,
)
from .widgets.explorers import (
    show_timeline as show_timeline,
)
from .widgets.explorers import (
    show_views as show_views,
)
from .widgets.explorers import (
    show_votes as show_votes,
)
from .widgets.explorers import (
    show_wording as show_wording,
)
from .widgets.form import ask as ask
from .widgets.handing_in import hand_in as hand_in
from .widgets.sheets import (
    progress as progress,
)
from .widgets.sheets import (
    show_conflicts as show_conflicts,
)
from .widgets.sheets import (
    show_error_hunt as show_error_hunt,
)
from .widgets.sheets import (
    show_forecast as show_forecast,
)
from .widgets.sheets import (
    show_glossary as show_glossary,
)
from .widgets.sheets import (
    show_groups as show_groups,
)
from .widgets.sheets import (
    show_incidents as show_incidents,
)
from .widgets.sheets import (
    show_law_or_norm as show_law_or_norm,
)
from .widgets.sheets import (
    show_map as show_map,
)
from .widgets.sheets import (
    show_policy_coder as show_policy_coder,
)

__version__: str
