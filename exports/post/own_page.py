"""The way to somebody who reads on the pages: the document lies there when it is kept, so nothing is to be done."""

from exports.post.contract import Letter


class OwnPage:
    """See `Channel`."""

    def send(self, key: str, letter: Letter) -> None:
        """Nothing leaves the house; that it was sent is noted in the case, and the person's page shows it."""
