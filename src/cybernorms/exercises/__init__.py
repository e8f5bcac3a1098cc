"""Questions, marking, and the learner's record: no pandas, no widgets."""
