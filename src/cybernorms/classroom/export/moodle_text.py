"""Text as Moodle XML has it: elements, CDATA, gaps, and nothing that Moodle takes for a picture.

Format: https://docs.moodle.org/en/Moodle_XML_format. Every text stands in CDATA.
"""

from __future__ import annotations

import re
from html import escape
from xml.sax.saxutils import quoteattr

from cybernorms.classroom.export.question_texts import html_paragraphs

# What a new site's filter “Display emoticons as images” turns into pictures, wherever it stands.
EMOTICONS = (
    *(":-)", ":)", ":-D", ";-)", ":-/", "V-.", ":-P", ":-p", "B-)", "^-)", "8-)", ":o)", ":-("),
    *(":(", "8-.", ":-I", ":-X", "8-o", "P-|", "8-[", "(grr)", "xx-P", "|-.", "}-]", "(h)"),
    *("(heart)", "(y)", "(n)", "(martin)", "( )"),
)
WORD_JOINER = "\u2060"  # seen by no reader, and a line does not break at it
# The per cent that Moodle allows for an answer; it refuses a file that has any other.
FRACTIONS = (
    *(100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0),
    *(25.0, 20.0, 16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0),
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Moodle takes the backslash away again before these two alone; other marks have to be entities.
_IN_GAPS = {"}": r"\}", "#": r"\#", "~": "&#126;", "\\": "&#92;", "&": "&amp;", "{": "&#123;"}


def without_emoticons(text: str) -> str:
    """Return text in which Moodle finds no emoticon, so that norm (h) is not shown as a heart.

    >>> without_emoticons("norm (h)").replace(WORD_JOINER, "|")
    'norm (|h)'
    """
    for emoticon in EMOTICONS:
        text = text.replace(emoticon, emoticon[0] + WORD_JOINER + emoticon[1:])
    return text


def cdata(text: str) -> str:
    """Return text as CDATA, also where it holds the end of one.

    >>> cdata("a]]>b")
    '<![CDATA[a]]]]><![CDATA[>b]]>'
    """
    clean = without_emoticons(_NOT_IN_XML.sub("", text))
    return "<![CDATA[" + clean.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def gap_text(text: str) -> str:
    """Return text for a gap, where some characters have a meaning of their own.

    >>> gap_text("70 % {a} of A/70/174 #1 & more")
    '70 % &#123;a\\\\} of A/70/174 \\\\#1 &amp;amp; more'
    """
    return "".join(_IN_GAPS.get(one, one) for one in plain_html(text))


def beside_gaps(html: str) -> str:
    """Return HTML that stands beside gaps, in which nothing else begins one."""
    return html.replace("{", "&#123;")


def plain_html(text: str) -> str:
    """Return text as HTML without markup."""
    return escape(text, quote=False)


def element(name: str, content: str, **attributes: str) -> str:
    """Return an XML element with content that is XML already."""
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def html_element(name: str, html: str, **attributes: str) -> str:
    """Return an element with a text in HTML."""
    return element(name, element("text", cdata(html)), **attributes, format="html")


def answer_element(
    fraction: float, text: str, feedback: str, extra: str = "", form: str = "html"
) -> str:
    """Return an answer that brings some per cent, with its feedback."""
    content = element("text", cdata(text)) + html_element("feedback", html_paragraphs(feedback))
    return element("answer", content + extra, fraction=decimal(fraction, 5), format=form)


def subquestion(text: str, answer: str) -> str:
    """Return a pair of a question of matching pairs, both without markup."""
    pair = element("text", cdata(plain_html(text)))
    pair += element("answer", element("text", cdata(plain_html(answer))))
    return element("subquestion", pair, format="html")


def decimal(value: float, places: int = 7) -> str:
    """Return a number without the zeros that end it.

    >>> decimal(12.0), decimal(100 / 3, 5)
    ('12', '33.33333')
    """
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def nearest_fraction(credit: float) -> float:
    """Return the allowed per cent that is nearest to a credit from 0 to 1.

    >>> nearest_fraction(1 / 3), nearest_fraction(0.45)
    (33.33333, 50.0)
    """
    return min(FRACTIONS, key=lambda allowed: abs(allowed - 100 * credit))
