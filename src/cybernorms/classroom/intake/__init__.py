"""Find the hand-ins of a class, read them, and tell who sent them; nothing in them is trusted."""
