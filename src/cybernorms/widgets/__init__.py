"""The comm between cards and a notebook, and the functions that notebooks call."""
