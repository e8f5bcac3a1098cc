"""What the module knows: the tables of `data/` as frozen structs."""
