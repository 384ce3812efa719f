"""How a rule of the verifier says no."""

from pipeline.documents.seal.findings import Finding


class Refused(Exception):
    """A rule is broken.

    Args:
        finding: which one.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.name)
        self.finding = finding
