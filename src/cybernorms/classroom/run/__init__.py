"""Mark a class: all its hand-ins, on all cores."""
