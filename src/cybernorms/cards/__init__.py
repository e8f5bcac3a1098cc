"""Cards: what a form or an explorer shows and what it answers, apart from where it is drawn.

A card describes itself as data (`parts`), and answers messages (`card`). The files in `front` draw
any description with native HTML, in a notebook or on a page without Jupyter.
"""
