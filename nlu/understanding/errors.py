"""Every error of this package, on one page."""

from __future__ import annotations


class UnderstandingError(Exception):
    """Base of all errors here."""


class PartMissing(UnderstandingError):
    """A part that the manifest lists is not in the model."""


class PartChanged(UnderstandingError):
    """A part of the model differs from the checksum in its manifest."""


class ManifestUnreadable(UnderstandingError):
    """The manifest is absent, not JSON, or of another format."""


class TooFewExamples(UnderstandingError):
    """Training needs at least two topics with at least two different examples each."""
