"""The one kind of error that the module raises on purpose."""


class CyberNormsError(Exception):
    """Say what happened, where, and what to do next.

    Every error that a learner, a teacher or an author of questions can cause is one of these;
    whatever shows it to a person prints the message and no traceback.

    Arguments:
        what: what happened, one sentence without a full stop.
        where: the file, item and field concerned, or "" where there is no place to name.
        remedy: what to do next, one sentence in the imperative.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        place = f" ({where})" if where else ""
        then = f" {remedy}" if remedy else ""
        super().__init__(f"{what}{place}.{then}")

    def _render_traceback_(self) -> list[str]:
        """Give IPython the message in place of a traceback, which would help no learner."""
        return [str(self)]
