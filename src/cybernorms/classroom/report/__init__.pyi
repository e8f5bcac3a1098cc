from .class_report import distribution as distribution
from .class_report import gains as gains
from .class_report import heat_map as heat_map
from .class_report import items as items
from .class_report import misconceptions as misconceptions
from .class_report import overview as overview
from .class_report import results_of as results_of
from .class_report import to_teach_again as to_teach_again
