"""A Jupyter teaching module on international cyber norms.

`__init__.pyi` lists all that a notebook needs. Each name loads what it uses when it is first asked
for, so that importing this package costs almost nothing.
"""

from cybernorms.starting import begin

begin()  # before anything that takes time, so that Ctrl+C is a sentence from the start

from cybernorms.shadowing import refuse_shadowing  # noqa: E402

refuse_shadowing()  # before any library is loaded, since one beside a lesson may be anybody's

import lazy_loader  # noqa: E402

from cybernorms.version import __version__ as __version__  # noqa: E402

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
