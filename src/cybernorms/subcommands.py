"""What the subcommands of `cybernorms` have in common; each is declared beside what does its work.

A package with subcommands has a module `commands` with a function `add_commands`. It is loaded for
every call, `cybernorms --help` too, so it loads what does the work only when that is to be done.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def questions_option(
    about: str = "a folder of question sets, if not ours",
) -> argparse.ArgumentParser:
    """Return the option --questions, as a parent of a subcommand that has it."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--questions", type=Path, help=about)
    return parent
