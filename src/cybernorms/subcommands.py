"""What the subcommands of `cybernorms` have in common; each is declared beside what does its work.

A package with subcommands has a module `commands` with a function `add_commands`. It is loaded for
every call, `cybernorms --help` too, so it loads what does the work only when that is to be done.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from cybernorms.errors import CyberNormsError, did_you_mean

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
_METAVARS: dict[Any, str] = {Path: "PATH", int: "NUMBER"}


class Parser(argparse.ArgumentParser):
    """Reads a command line; whatever it cannot understand is told in a sentence with a remedy."""

    def add_argument(self, *names: Any, **more: Any) -> argparse.Action:
        """Declare an argument, which is called in capitals what it is."""
        action = super().add_argument(*names, **more)
        if action.metavar is None and action.nargs != 0 and not action.choices:
            action.metavar = action.dest.upper().replace("_", "-")
            if action.option_strings:
                action.metavar = _METAVARS.get(action.type, "TEXT")
        return action

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read arguments; what is unknown is an error of the command that it was given to."""
        given = sys.argv[1:] if args is None else list(args)
        self._refuse_misspelt(given)
        found, unknown = super().parse_known_args(given, namespace)
        if unknown:
            self._refuse(self._unknown(unknown[0]))
        return found, unknown

    def _refuse_misspelt(self, given: Sequence[str]) -> None:
        """Refuse an unknown option before it is said what else is missing."""
        commands = any(isinstance(each, argparse._SubParsersAction) for each in self._actions)
        known = [option for action in self._actions for option in action.option_strings]
        for each in given:
            if each == "--" or (commands and not each.startswith("-")):
                return
            name = each.partition("=")[0]
            if each.startswith("--") and not any(option.startswith(name) for option in known):
                self._refuse(self._unknown(each))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and what to write, and exit with status 2."""
        self._refuse(self._explained(message))

    def _refuse(self, problem: CyberNormsError) -> NoReturn:
        self.exit(2, f"{problem}\n")

    def _explained(self, message: str) -> CyberNormsError:
        """Return a sentence for one of the messages of the standard library."""
        for pattern, explain in _MESSAGES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                problem: CyberNormsError = explain(self, *found.groups())
                return problem
        return CyberNormsError("This cannot be understood", remedy=self._help())

    def _help(self) -> str:
        return f"To see what can be written: {self.prog} --help"

    def _pattern(self) -> str:
        """Return how the command is written with what it needs."""
        words = [self.prog]
        for action in self._actions:
            if not action.required or action.nargs in ("*", "?"):
                continue
            words += [*action.option_strings[-1:], *self._words_for(action)]
        return " ".join(words)

    @staticmethod
    def _words_for(action: argparse.Action) -> list[str]:
        if action.choices:
            return [str(next(iter(action.choices)))]
        return [str(action.metavar or action.dest)]

    def _action(self, name: str) -> argparse.Action | None:
        """Return the argument that the standard library calls by a name."""
        for action in self._actions:
            if name in ("/".join(action.option_strings), action.metavar, action.dest):
                return action
        return None

    def _about(self, name: str) -> str:
        """Return the name of an argument with what it is."""
        action = self._action(name)
        return f"{name} ({action.help})" if action and action.help else name

    def _unknown(self, given: str) -> CyberNormsError:
        if not given.startswith("-"):
            return CyberNormsError(
                f"{given!r} is more than this command takes",
                remedy=f"Put a name with spaces into quotation marks. Write: {self._pattern()}",
            )
        name = given.partition("=")[0]
        options = [option for action in self._actions for option in action.option_strings]
        long = [option for option in options if option.startswith("--")]
        remedy = did_you_mean(name, long, f"The options are: {', '.join(long)}")
        return CyberNormsError(f"{self.prog} has no option {name!r}", remedy=remedy)

    def _missing(self, names: str) -> CyberNormsError:
        *first, last = [self._about(name) for name in names.split(", ")]
        needed = f"{', '.join(first)} and {last}" if first else last
        return CyberNormsError(f"This command needs {needed}", remedy=f"Write: {self._pattern()}")

    def _not_a_choice(self, name: str, given: str) -> CyberNormsError:
        action = self._action(name)
        choices = [str(each) for each in action.choices or ()] if action else []
        what = "command" if name == "COMMAND" else name.lower()
        return CyberNormsError(
            f"There is no {what} '{given}'",
            remedy=did_you_mean(given.lower(), choices, f"Choose: {', '.join(choices)}"),
        )

    def _not_a_number(self, name: str, given: str) -> CyberNormsError:
        return CyberNormsError(
            f"'{given}' is not a whole number", where=name, remedy="Write digits, such as 30"
        )

    def _no_value(self, name: str) -> CyberNormsError:
        action = self._action(name)
        option = action.option_strings[-1] if action and action.option_strings else name
        value = f" {action.metavar}" if action and action.metavar else ""
        return CyberNormsError(
            f"Nothing stands behind {self._about(option)}", remedy=f"Write: {option}{value}"
        )

    def _no_value_wanted(self, name: str, given: str) -> CyberNormsError:
        return CyberNormsError(
            f"{name} stands alone, and nothing belongs behind it", remedy=f"Leave out '{given}'"
        )

    def _several_options(self, given: str, options: str) -> CyberNormsError:
        return CyberNormsError(
            f"{given} can mean several options", remedy=f"Write one of them out: {options}"
        )


_MESSAGES: Sequence[tuple[str, Any]] = (
    (r"the following arguments are required: (.*)", Parser._missing),
    (r"argument (.*?): invalid choice: '(.*?)' ?\(.*\)", Parser._not_a_choice),
    (r'argument (.*?): invalid choice: "(.*?)" ?\(.*\)', Parser._not_a_choice),
    (r"argument (.*?): invalid int value: ['\"](.*)['\"]", Parser._not_a_number),
    (r"argument (.*?): expected .*", Parser._no_value),
    (r"argument (.*?): ignored explicit argument ['\"](.*)['\"]", Parser._no_value_wanted),
    (r"ambiguous option: (.*) could match (.*)", Parser._several_options),
)


def questions_option(about: str = "a folder of question sets, if not ours") -> Parser:
    """Return the option --questions, as a parent of a subcommand that has it."""
    parent = Parser(add_help=False)
    parent.add_argument("--questions", type=Path, help=about)
    return parent
