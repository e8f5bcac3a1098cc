"""A Jupyter teaching module on international cyber norms.

`__init__.pyi` lists all that a notebook needs. Each name loads what it uses when it is first asked
for, so that importing this package costs almost nothing.
"""

from cybernorms.starting import begin

# Before anything that takes time, so that Ctrl+C is a sentence from the start.
begin()

from cybernorms.shadowing import refuse_shadowing  # noqa: E402

# Before any library is loaded, since one that lies beside a lesson may be anybody's.
refuse_shadowing()

import lazy_loader  # noqa: E402

from cybernorms.version import __version__ as __version__  # noqa: E402

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
