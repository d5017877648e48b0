"""Content files that may be used: read, and found without faults."""

from collections.abc import Callable
from pathlib import Path

from cli.wiring import Wiring, now
from services.calendar import day_here
from services.content.check import check_content
from services.content.faults import Fault
from services.content.read import Content, read_content
from services.errors import ContentError


def checked(wiring: Wiring, folder: Path) -> Content:
    """The content of a folder. Raises ContentError with every fault, one a line."""
    return _without(wiring, folder, lambda fault: True)


def usable(wiring: Wiring, folder: Path) -> Content:
    """The content of a folder, whatever an editor may have meant so. Raises ContentError with all that misleads."""
    return _without(wiring, folder, lambda fault: fault.misleads)


def _without(wiring: Wiring, folder: Path, wrong: Callable[[Fault], bool]) -> Content:
    content = read_content(folder)
    faults = [str(fault) for fault in check_content(content, wiring.figures, day_here(now())) if wrong(fault)]
    if faults:
        raise ContentError("\n".join(faults))
    return content
