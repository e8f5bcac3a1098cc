from .class_report import (
    distribution as distribution,
    gains as gains,
    heat_map as heat_map,
    items as items,
    misconceptions as misconceptions,
    overview as overview,
    results_of as results_of,
    to_teach_again as to_teach_again,
)
