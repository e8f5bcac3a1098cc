"""How figures are drawn."""

from __future__ import annotations

import pytest


def test_a_figure_that_fails_leaves_garbage_collection_on():
    # Prevents a kernel that grows without end after one figure went wrong.
    import gc

    from cybernorms.figures.canvas import drawing

    with pytest.raises(ZeroDivisionError), drawing(2, 2, (0.1, 0.1, 0.1, 0.1)):
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
