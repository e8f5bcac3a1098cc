"""The secret of a folder of results, from which texts and pages get names that tell nothing.

Without a secret, whoever has a text could work out its name and look its writer up, and could look
for two texts of one name. It is made on the first run and goes along when a class is marked again,
so that names stay the same.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path

SECRET = "secret.txt"
_LENGTH = 32
_ABOUT = "# Names texts and pages. Keep it with the results, and give it to nobody.\n"


def new_secret() -> bytes:
    """Return a secret that nobody has had before."""
    return secrets.token_bytes(_LENGTH)


def read_secret(results: Path) -> bytes | None:
    """Return the secret of a folder of results, or None where it is missing or damaged."""
    try:
        lines = (results / SECRET).read_text(encoding="ascii").split("\n")
        secret = bytes.fromhex(next(line for line in lines if line and line[0] != "#"))
    except (OSError, ValueError, StopIteration):
        return None
    return secret if len(secret) == _LENGTH else None


def write_secret(results: Path, secret: bytes) -> None:
    """Write the secret into a new folder of results, for its owner's eyes only."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(results / SECRET, flags, 0o600), "w", encoding="ascii") as file:
        file.write(f"{_ABOUT}{secret.hex()}\n")


def keyed_hash(secret: bytes, purpose: str, *parts: str, size: int) -> bytes:
    """Return a hash of texts that nobody can make without the secret.

    Arguments:
        secret: of the results.
        purpose: what it is for, so that hashes for two purposes never meet.
        parts: what it is of, in order.
        size: of the hash, in bytes.
    """
    whole = "\0".join((purpose, *parts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, key=secret, digest_size=size).digest()


def blind_id(secret: bytes, question: str, text: str) -> str:
    """Return the name under which a text is marked; it tells nothing of who wrote it.

    It has 60 bits. A changed text has another name, so that no mark is ever given to words that
    were not read, and the same words of two students have one.

    >>> blind_id(bytes(32), "un-minister", "Dear Minister")
    'rdcv-hwmf-znos'
    """
    digest = keyed_hash(secret, "text", question, text, size=8)
    letters = base64.b32encode(digest).decode().lower()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:12]}"
