"""Pure functions over the corpus."""
