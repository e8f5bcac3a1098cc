"""Who names whom, how surely, and citing what."""

from __future__ import annotations

from cybernorms.document import to_text
from cybernorms.pages.attributions import incidents_with_statements, statement_blocks
from tests.cards.messages import change
from tests.explorers import explore


def test_the_statement_reader_shows_who_names_whom_how_surely_and_citing_what() -> None:
    """Prevents accusations that are shown without their author or their doubt."""
    reader = explore("attributions", "exchange-2021", "03")
    text = " ".join(reader.text().split())
    assert "European Union" in text and "from the territory of China" in text
    assert "high degree of confidence" in text and "denied" in text
    assert "It is not a finding of this module" in text


def test_every_incident_with_statements_can_be_opened() -> None:
    """Prevents an entry of the list that leads to an error."""
    reader = explore("attributions", lesson="03")
    for incident in incidents_with_statements("03"):
        change(reader, incident=incident.id)
        assert to_text(statement_blocks(reader.state_shown)) in reader.text()
        assert incident.name in reader.text()
