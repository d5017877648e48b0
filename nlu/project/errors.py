"""Every error of this package, on one page."""

from __future__ import annotations


class MaterialError(Exception):
    """The material cannot be built: the message names the field."""
