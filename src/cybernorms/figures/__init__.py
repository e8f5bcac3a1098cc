"""Tables to matplotlib figures, each with the text that stands for it."""
