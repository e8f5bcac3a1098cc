"""What explorers and sheets show: a state, what there is to choose, and blocks for it."""
