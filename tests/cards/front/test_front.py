"""The front end: files that one module is made of, and what they have to know of cards."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from cybernorms.cards import clause_parts, drawn, parts, seat_parts
from cybernorms.cards.front import FILES, HERE, join, module, starter, still_style, style
from cybernorms.cards.parts import Part

DESCRIBING = (clause_parts, drawn, parts, seat_parts)
NAMED = r"(?:const|let|class|(?:async )?function\*?)"
TOP = re.compile(rf"^(?:export (?:default )?)?{NAMED} (\w+)", re.MULTILINE)


def source(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def names_in(table: str, text: str) -> set[str]:
    """Return the names in a table of the front end, in either of the two ways to write them."""
    found = re.search(rf"const {table} = \{{(\n.*?\n| [^\n]* )\}};", text, re.DOTALL)
    assert found, f"there is no table {table}"
    methods = set(re.findall(r"^  (\w+)\(", found[1], re.MULTILINE))
    return methods or set(re.findall(r"\w+", found[1]))


# One module, and the transport that only pages have
WORKER = "worker.js"


def test_every_file_is_in_the_module() -> None:
    """Prevents a file that is written and never sent."""
    assert {path.name for path in HERE.glob("*.js")} == {*FILES, "starter.js", WORKER}
    assert set(TOP.findall(module())) >= {
        name for file in FILES for name in TOP.findall(source(file))
    }


def test_the_joined_module_imports_nothing_and_exports_only_how_to_draw() -> None:
    """Prevents a notebook that asks a server for files which are not there."""
    assert not re.search(r"^\s*(import\b|export .* from\b)", module(), re.MULTILINE)
    assert not re.search(r"\bimport\(", module())
    assert re.findall(r"^export (.*?)\(", module(), re.MULTILINE) == ["function render"]


def test_no_name_is_exported_by_two_files() -> None:
    """Prevents two exports of one name, which no browser takes in one module."""
    exported = rf"^export {NAMED} (\w+)"
    names = Counter(
        name for file in FILES for name in re.findall(exported, source(file), re.MULTILINE)
    )
    assert len(names) > 40
    assert not [name for name, count in names.items() if count > 1]


def test_two_files_can_have_helpers_of_one_name(tmp_path: Path) -> None:
    """Prevents that a helper of one file stands in the way of another file's."""
    one = "const size = 1;\nexport function first() { return size; }\n"
    two = 'import { first } from "./one.js";\nconst size = 2;\n'
    two += "export function second() { return first() + size; }\n"
    last = 'import { second } from "./two.js";\nif (second() !== 3) throw new Error("mixed up");\n'
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests load the same module")
    path = tmp_path / "joined.mjs"
    path.write_text(join([one, two, last]), encoding="utf-8")
    done = subprocess.run([node, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_file_imports_only_what_the_ones_before_it_export() -> None:
    """Prevents a name that works file by file and is missing once they are joined."""
    exported: dict[str, set[str]] = {}
    for file in FILES:
        for names, other in re.findall(
            r'^import \{([^}]*)\} from "\./([^"]+)";', source(file), re.MULTILINE
        ):
            wanted = {each.strip() for each in names.split(",") if each.strip()}
            assert " as " not in names, "a new name would be lost when the files are joined"
            assert wanted <= exported[other], f"{file} wants {wanted - exported[other]}"
        exported[file] = set(re.findall(rf"^export {NAMED} (\w+)", source(file), re.MULTILINE))


def test_imports_over_several_lines_are_taken_out_too() -> None:
    """Prevents an import that a formatter has broken into lines from staying in the module."""
    first = "export const a = 1;\nexport async function b() {}\nexport class C {}\n"
    second = 'import {\n  a,\n  b,\n} from "./a.js";\nexport const d = a;\n'
    assert join([first, second]) == (
        "const { a, b, C } = (() => {\nconst a = 1;\nasync function b() {}\nclass C {}\n"
        "return { a, b, C };\n})();\nexport const d = a;\n"
    )


@pytest.mark.parametrize("name", ["module", "starter"])
def test_a_javascript_engine_takes_it(name: str, tmp_path: Path) -> None:
    """Prevents a slip of the pen after which no card of any lesson appears."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests load the same module")
    path = tmp_path / f"{name}.mjs"
    path.write_text({"module": module, "starter": starter}[name](), encoding="utf-8")
    done = subprocess.run([node, "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_starter_waits_for_this_very_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents cards of one version from being drawn by the front end of another."""
    assert "NAME_OF_THE_MODULE" not in starter() and len(starter()) < 2500
    names = set()
    for text in ("const a = 1;", "const a = 2;"):
        monkeypatch.setattr("cybernorms.cards.front.module", lambda text=text: text)
        names.add(starter.__wrapped__())
    assert len(names) == 2


# What it knows of cards


def test_the_front_end_draws_every_control_and_every_part() -> None:
    """Prevents a card of which a part is missing, without a word."""
    controls = {kind.__struct_config__.tag for kind in parts.Control.__args__}
    assert names_in("CONTROLS", source("controls.js")) == controls
    drawn = {kind.__struct_config__.tag for kind in Part.__subclasses__()}
    assert names_in("DRAW", source("parts.js")) == drawn


def test_every_field_of_a_description_is_looked_at() -> None:
    """Prevents a field that is renamed on one side only."""
    text = "".join(source(file) for file in FILES)
    told = [value for module in DESCRIBING for value in vars(module).values()]
    own = [module.__name__ for module in DESCRIBING]
    structs = [kind for kind in told if isinstance(kind, type) and kind.__module__ in own]
    fields = {name for kind in structs for name in getattr(kind, "__struct_fields__", ())}
    assert len(fields) > 30
    assert not [name for name in sorted(fields) if not re.search(rf"\b{name}\b", text)]


def test_text_of_a_card_is_never_taken_for_html() -> None:
    """Prevents an option, a name or a typed text from being run as code."""
    text = "".join(source(file) for file in FILES)
    assert re.findall(r"innerHTML = (.*);", text) == ["content"]
    held = re.findall(r'holding\("\w+", (?:\{[^}]*\}|\w+), ([\w.]+)\)', text)
    assert held and set(held) <= {
        "content",
        *("part.html", "part.lead", "part.summary", "result.html"),
        *("line.above", "item.lead", "item.reading", "found.html", "beside.html"),
        *("part.after", "panel.outcome", "happening.html", "item.html"),
    }
    assert not re.search(r"\b(eval|insertAdjacentHTML|outerHTML|document\.write)\b", text)


# The style


COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color-mix|light-dark)\("
    r"|[:\s,](?:white|black|gray|grey|red|green|blue|yellow|orange|navy|silver)\b(?=[;\s,)])",
    re.IGNORECASE,
)


def test_the_style_has_no_colour_outside_its_tokens() -> None:
    """Prevents a colour that is legible in one of the two themes only."""
    tokens = re.findall(r"--[\w-]+:\s*light-dark\([^;]*;", style())
    assert len(tokens) > 12
    rest = re.sub(r"--[\w-]+:[^;]*;", "", style())
    rest = re.sub(r"\.cn figure img \{[^}]*\}", "", rest)  # drawn for white paper
    assert COLOUR.findall(rest) == []


def test_a_colour_that_is_no_token_is_noticed() -> None:
    """Prevents a search that finds nothing."""
    for rule in ("a{color: #fff}", "a{background: rgb(0 0 0 / 50%)}", "a{color: white;}"):
        assert COLOUR.search(rule)
    assert not COLOUR.search("a{white-space: nowrap; color: var(--ink); background: Canvas}")


def test_every_token_that_is_used_is_there() -> None:
    """Prevents a slip in the name of a colour, after which text is black on black."""
    there = set(re.findall(r"(--[\w-]+):", style()))
    script = "".join(source(file) for file in FILES)
    there |= set(re.findall(r'setProperty\("(--[\w-]+)"', script))
    used = set(re.findall(r"var\((--[\w-]+)", style()))
    assert len(used) > 20 and used - there == set()


def test_every_rule_stays_inside_a_card() -> None:
    """Prevents a card from changing the look of JupyterLab."""
    bare = re.sub(r"@media[^{]*\{|@supports[^{]*\{", "", style())
    bare = re.sub(r"@keyframes[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}", "", bare)
    selectors = re.findall(r"(?:^|\})\s*([^{}@]+?)\s*\{", bare)
    assert len(selectors) > 60
    for selector in selectors:
        assert re.search(r"\.cn\b|\.cn-|\bcybernorms\b", selector), selector


def test_the_style_of_a_still_picture_is_short_and_has_only_its_own() -> None:
    """Prevents saved notebooks that carry a whole stylesheet in each of forty outputs."""
    assert len(still_style()) < 1500
    selectors = re.findall(r"(?:^<style>|\})\s*([^{}]+?)\s*\{", still_style())
    assert selectors and all(
        each.strip().startswith(".cn-still") for one in selectors for each in one.split(",")
    )
