"""A Jupyter teaching module on international cyber norms.

`__init__.pyi` lists all that a notebook needs. Each name loads what it uses when it is first asked
for, so that importing this package costs almost nothing.
"""

import lazy_loader

from cybernorms.version import __version__ as __version__

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
