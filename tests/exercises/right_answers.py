"""Answers to the made-up questions that bring all points."""

from __future__ import annotations

import pandas as pd

MATCHED = {"dog-ears": "restraint", "cousins": "due-diligence", "torn-pages": "reporting"}
LOST = pd.DataFrame({"branch": ["Attic", "Cellar", "Half-landing"], "lost": [10, 2, 0.5]})
