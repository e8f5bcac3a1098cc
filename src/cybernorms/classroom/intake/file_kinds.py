"""What a file is by its first bytes, whatever its name; and names that systems leave behind."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

HEAD = 600  # bytes that are enough to tell
ASK = "ask for the file from work/hand-ins"

# Left behind by Windows, macOS, Linux, office programs and Jupyter; nobody hands them in.
_RUBBISH = {
    "__macosx",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "icon\r",
    ".ds_store",
    ".localized",
    ".directory",
    ".spotlight-v100",
    ".trashes",
    ".fseventsd",
    ".ipynb_checkpoints",
    "__pycache__",
    "$recycle.bin",
}
_RUBBISH_BEGINS = ("._", ".~lock.", "~$", ".nfs", ".fuse_hidden")

_OFFICE = {
    "docx": "a Word file",
    "xlsx": "an Excel file",
    "pptx": "a PowerPoint file",
    "odt": "a text of LibreOffice",
    "ods": "a table of LibreOffice",
    "odp": "slides of LibreOffice",
    "pages": "a file of Pages",
    "numbers": "a file of Numbers",
    "key": "a file of Keynote",
    "epub": "a book",
}
# The name of the first file in a zip that an office program has made, which stands at byte 30.
_FIRST_IN_OFFICE = re.compile(
    rb"\[Content_Types\]\.xml|_rels/\.rels|docProps/|(word|xl|ppt)/[\w/]+\.(xml|rels)"
)
_FIRST_ELSEWHERE = (
    (b"mimetypeapplication/vnd.oasis", "a file of LibreOffice"),
    (b"mimetypeapplication/epub", "a book"),
    (b"Index/Document.iwa", "a file of Pages, Numbers or Keynote"),
)
_INSIDE_OFFICE = (
    (b"word/", "a Word file"),
    (b"xl/", "an Excel file"),
    (b"ppt/", "a PowerPoint file"),
    (b"", "an Office file"),
)

# First bytes, from which place on, and what they mean. `None` as the remedy asks for the file.
_SIGNS: Sequence[tuple[int, bytes, str]] = (
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG\r\n", "a picture (PNG)"),
    (0, b"\xff\xd8\xff", "a picture (JPEG)"),
    (0, b"GIF8", "a picture (GIF)"),
    (0, b"BM", "a picture (BMP)"),
    (0, b"II*\0", "a picture (TIFF)"),
    (0, b"MM\0*", "a picture (TIFF)"),
    (8, b"WEBP", "a picture (WebP)"),
    (4, b"ftyphei", "a picture (HEIC)"),
    (4, b"ftypmif1", "a picture (HEIC)"),
    (4, b"ftypavif", "a picture (AVIF)"),
    (4, b"ftyp", "a film or a sound"),
    (0, b"ID3", "a sound"),
    (0, b"RIFF", "a film or a sound"),
    (0, b"OggS", "a film or a sound"),
    (0, b"\x1aE\xdf\xa3", "a film"),
    (0, b"{\\rtf", "a text of a word processor (RTF)"),
    (0, b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file"),
    (0, b"bplist00", "a file that macOS keeps for itself"),
    (0, b"SQLite format 3", "a database"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
)
_PACKED: Sequence[tuple[int, bytes, str]] = (
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"7z\xbc\xaf'\x1c", "7-Zip"),
    (0, b"Rar!", "RAR"),
    (0, b"(\xb5/\xfd", "zstd"),
    (257, b"ustar", "tar"),
)
_MAIL = re.compile(
    rb"\A(from |(return-path|received|delivered-to|mime-version|message-id|from|to|date|subject|"
    rb"x-[a-z-]+): )",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"\A\s*(<!doctype html|<html|<head|<body|<\?xml|<pre|<!--)", re.IGNORECASE)


def is_rubbish(name: str) -> bool:
    """Return whether a name is one of those that systems leave behind by themselves."""
    low = name.lower()
    return low in _RUBBISH or low.startswith(_RUBBISH_BEGINS)


def is_zip(head: bytes) -> bool:
    """Return whether a file begins as a zip does."""
    return head.startswith((b"PK\3\4", b"PK\5\6"))


def office_file(name: str, head: bytes) -> str:
    """Return what a file of an office program is, which is a zip; nothing of any other zip."""
    if known := _OFFICE.get(name.lower().rpartition(".")[2]):
        return known
    if _FIRST_IN_OFFICE.match(head, 30):
        return next(what for sign, what in _INSIDE_OFFICE if sign in head)
    return next((what for sign, what in _FIRST_ELSEWHERE if head.startswith(sign, 30)), "")


def other_kind(name: str, head: bytes) -> str:
    """Return what a file is, and what to do, where it cannot be a hand-in; else nothing.

    Arguments:
        name: of the file.
        head: its first bytes.
    """
    if not head.strip(b"\0 \t\r\n"):
        return ""
    if name.lower() == "winmail.dat" or head.startswith(b'x\x9f>"'):
        return "is an attachment as Outlook packs it (winmail.dat); ask for it as a zip"
    for at, sign, what in _PACKED:
        if head.startswith(sign, at):
            return f"is packed with {what}; unpack it, then mark again"
    for at, sign, what in _SIGNS:
        if head.startswith(sign, at):
            return f"is {what}, not a hand-in; {ASK}"
    if is_zip(head):
        what = office_file(name, head)
        if what:
            return f"is {what}, not a hand-in; {ASK}"
        return "is a zip under another name; give it one that ends in .zip, then mark again"
    text = _plain(head)
    if text.startswith(b"{") and b'"cells"' in text[:100]:
        return f"is a notebook; {ASK}, which hand_in() writes"
    if text.startswith((b"{", b"[")):
        return ""
    if _MAIL.match(text):
        return "is an e-mail; open it, save what is attached to it here, then mark again"
    if _PAGE.match(text):
        return f"is a web page, not a hand-in; {ASK}"
    return ""


def describe_text(name: str, head: bytes) -> str:
    """Return what a file is that is neither a hand-in nor of a kind with signs of its own."""
    if kind := other_kind(name, head):
        return kind
    if b"\0" in _plain(head)[:200]:
        return f"is not JSON, as every hand-in is; {ASK}"
    if _plain(head).startswith((b"{", b"[")):
        return "is not JSON, as every hand-in is; ask for it to be sent again"
    return f"is not JSON, as every hand-in is, but another text; {ASK}"


def may_be_hand_in(head: bytes) -> bool:
    """Return whether a file begins as a hand-in or a record does, or is empty."""
    text = _plain(head)
    return not text or (text.startswith((b"{", b"[")) and not other_kind("", head))


def _plain(head: bytes) -> bytes:
    """Return the beginning of a text as ASCII, in whichever of Unicode's encodings it is."""
    encoding = json.detect_encoding(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff\0 \t\r\n")
    return text.encode("ascii", "replace")
