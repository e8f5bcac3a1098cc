"""Which words are those of the post of 22 September 2015, without its text.

The module may not reprint the post. `post_runs.txt` has a hash of every run of one to four words of
it, in the order of the hashes; a run stays within a sentence. So a test can tell whether words are
the post's, letter by letter, and how many of them the module quotes.

    python -m tests.post_words the-post.txt

makes the file again, from a copy of the post with its title in the first line.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

RUNS = Path(__file__).with_name("post_runs.txt")
LONGEST = 4
QUOTED_FROM = 6  # shorter runs are the language's, not the post's

Words = tuple[str, ...]
_WORD = re.compile(r"[a-z0-9]+(?:[.'-][a-z0-9]+)*|…")
_SENTENCE = re.compile(r"[.?!]”?\s{2,}|\n")


def words_of(text: str) -> Words:
    """Return the words of a text as they are compared: no case, no marks around them."""
    return tuple(_WORD.findall(text.casefold().replace("\u2019", "'").replace("...", "…")))


def windows(words: Words, length: int) -> Iterator[Words]:
    """Yield every run of a length."""
    return (words[start : start + length] for start in range(len(words) - length + 1))


def hash_of(words: Words) -> str:
    """Return the hash of a run."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:10]


def runs_of(post: str) -> list[str]:
    """Return the hashes of all runs of a post, in their own order."""
    sentences = [words_of(each) for each in _SENTENCE.split(post)]
    lengths = range(1, LONGEST + 1)
    return sorted({hash_of(run) for each in sentences for n in lengths for run in windows(each, n)})


@cache
def known_runs() -> frozenset[str]:
    """Return the hashes of the runs of the post."""
    return frozenset(RUNS.read_text(encoding="utf-8").split())


def in_post(words: Words) -> bool:
    """Return whether the post has these words, one after the other."""
    length = min(len(words), LONGEST)
    return length > 0 and all(hash_of(run) in known_runs() for run in windows(words, length))


def quoted_runs(text: str) -> list[Words]:
    """Return the passages of a text that are words of the post, the longest ones there are."""
    words = words_of(text)
    found, start = [], 0
    while start <= len(words) - QUOTED_FROM:
        end = start
        while end + LONGEST <= len(words) and in_post(words[end : end + LONGEST]):
            end += 1
        length = end - start + LONGEST - 1 if end > start else 0
        if length >= QUOTED_FROM:
            found.append(words[start : start + length])
        start += max(length - LONGEST + 1, 1)
    return found


def words_in_all(passages: Iterable[Words]) -> int:
    """Return how many words of the post passages have together, each word counted once.

    Passages overlap. So runs are counted, each once, and the words before the last of each run that
    continues no other.
    """
    runs = {run for each in passages for run in windows(each, LONGEST)}
    ends = {run[1:] for run in runs}
    return len(runs) + (LONGEST - 1) * sum(run[:-1] not in ends for run in runs)


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    RUNS.write_text("\n".join(runs_of(text)) + "\n", encoding="utf-8", newline="\n")
