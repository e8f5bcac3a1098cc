"""The report on a class, read from its results; and a made-up class to try it on.

`__init__.pyi` lists what a notebook shows; each name loads what it uses when it is first asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
