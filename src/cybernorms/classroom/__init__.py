"""Marking a class: read hand-ins, mark them, and write what a teacher needs."""
