from .class_report import (
    distribution as distribution,
    gains as gains,
    overview as overview,
    results_of as results_of,
    to_teach_again as to_teach_again,
)
from .question_parts import (
    heat_map as heat_map,
    items as items,
    misconceptions as misconceptions,
    on_one_scale as on_one_scale,
)
