"""The tests lie as the package does: the test of a module is found without a search."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paths import SOURCE, TESTS

PACKAGE = SOURCE / "cybernorms"
SHORT = 20

# What is tested in the file of another module, and why.
ELSEWHERE = {
}

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def test_of(module: Path) -> Path:
    """Return where the test of a module lies; that of a package is named after its folder."""
    name = module.parent.name if module.stem == "__init__" else module.stem
    return module.with_name(f"test_{name}.py")


missing=[m.as_posix() for m in MODULES if len((PACKAGE/m).read_text().splitlines())>SHORT and not (TESTS/test_of(m)).exists() and m.parts[0]!='classroom']
print(*missing,sep='\n')
have={test_of(m) for m in MODULES}
for d in {m.parent for m in MODULES}:
    for p in (TESTS/d).glob('test_*.py'):
        r=p.relative_to(TESTS)
        if r not in have: print('no module',r)
