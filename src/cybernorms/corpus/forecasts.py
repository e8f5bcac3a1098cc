"""What could be forecast in September 2015, who forecast it, and what happened."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from cybernorms.corpus.columns import Date, IdIn, Status
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow, group_by, load
from cybernorms.corpus.sources import Fact, Quotation, Source


class Forecaster(Fact, frozen=True, kw_only=True):
    """Who said how likely a statement was, as a probability from 0 to 1 that it is true.

    The number is a judgement of this module, argued in `reason`; `words` is a paraphrase.
    """

    table: ClassVar[str] = "forecasters"

    forecast: Annotated[str, IdIn("forecasts")]
    maker: str
    date: Date
    words: str
    quotation: Quotation | None = None
    probability: float
    reason: str

    def check(self) -> None:
        if not 0 <= self.probability <= 1:
            raise self.problem(
                "probability",
                f"{self.probability:g} is not a probability",
                "Write a number from 0 to 1",
            )


class ForecastStatement(TableRow, frozen=True, kw_only=True):
    """A statement that could turn out true or false by 30 September 2015.

    `name` is what it is about, in a few words. `outcome` says whether it did turn out true, and
    `opens_in` from which lesson on learners see it and the words that explain it.
    """

    table: ClassVar[str] = "forecasts"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    name: str
    statement: str
    outcome: bool
    outcome_text: str
    outcome_quotation: Quotation | None = None
    opens_in: Literal["06"]
    outcome_source: Source
    outcome_pinpoint: str
    outcome_status: Status
    forecasters: tuple[Forecaster, ...]

    @classmethod
    def read(cls) -> tuple[ForecastStatement, ...]:
        return load(cls, forecasters=group_by(Forecaster.rows(), "forecast"))


def load_forecasts(*, lesson: LessonNumber) -> tuple[ForecastStatement, ...]:
    """Return the statements whose outcome a lesson may tell, with their forecasts, in order."""
    return open_rows(ForecastStatement.rows(), lesson)
