"""Content files that may be used: read, and found without faults."""

from pathlib import Path

from cli.wiring import Wiring, now
from services.calendar import day_here
from services.content.check import check_content
from services.content.read import Content, read_content
from services.errors import ContentError


def checked(wiring: Wiring, folder: Path) -> Content:
    """The content of a folder. Raises ContentError with every fault, one a line."""
    content = read_content(folder)
    faults = check_content(content, wiring.figures, day_here(now()))
    if faults:
        raise ContentError("\n".join(faults))
    return content
