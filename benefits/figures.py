"""Figures of law by reference and day. Read once, then frozen; safe to share between threads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from benefits.errors import FigureFileWrong, FigureHasNoNumber, FigureNotKnown, FigureUnknown
from benefits.figure_file import read_figure
from benefits.series import Dated, FigureValue, Series
from benefits.units import WITHOUT_NUMBER, Unit

PARAMETERS = Path(__file__).parent / "parameters"


@cache
def load_figures() -> "Figures":
    """All that come with the code, read once a process: nobody can change what is made of them."""
    return read_figures(PARAMETERS)


def read_figures(folder: Path) -> "Figures":
    """All figures under `folder`. Raises FigureFileWrong, naming file and key, at the first that breaks the form."""
    files: dict[str, Path] = {}
    by_ref: dict[str, Series] = {}
    for file in sorted(folder.rglob("*.yaml")):
        if file.stem in files:
            raise FigureFileWrong(file, "id", f"{file.stem} already stands in {files[file.stem]}")
        files[file.stem] = file
        for series in read_figure(folder, file):
            by_ref[series.ref] = series
    if not by_ref:
        raise FigureFileWrong(folder, "the folder", "holds no figures")
    return Figures(MappingProxyType(by_ref))


@dataclass(frozen=True)
class Figures:
    """The series of all parts of all figures, under `id` or `id.part`."""

    by_ref: Mapping[str, Series]

    def on(self, ref: str, day: date) -> FigureValue:
        """The value that is law on `day`. Raises FigureUnknown, FigureNotKnown or FigureHasNoNumber."""
        series = self._series(ref)
        dated = series.on(day)
        if dated is None:
            raise _not_known(series, day)
        return served(series, dated, day)

    def last_known(self, ref: str, day: date) -> FigureValue:
        """The newest value that had begun on `day`, `stale` when it is over; to be shown with a warning.

        Raises as `on` does: before the first value, and after the end of a figure that ended by law.
        """
        series = self._series(ref)
        dated = series.newest_until(day)
        if dated is None or (series.status.ended and series.is_over(day)):
            raise _not_known(series, day)
        return served(series, dated, day)

    def refs(self) -> Mapping[str, Unit]:
        """Every reference that can give a number, with its unit: what a text may use as a placeholder."""
        return {
            ref: series.unit
            for ref, series in sorted(self.by_ref.items())
            if any(isinstance(dated.value, Decimal) for dated in series.dated)
        }

    def _series(self, ref: str) -> Series:
        if ref in self.by_ref:
            return self.by_ref[ref]
        parts = [known for known in self.by_ref if known.startswith(f"{ref}.")]
        raise FigureUnknown(ref, parts[:6] or get_close_matches(ref, self.by_ref, n=3))


def served(series: Series, dated: Dated, day: date) -> FigureValue:
    """One value as it is shown or reckoned with on `day`. Raises FigureHasNoNumber."""
    if not isinstance(dated.value, Decimal):
        raise FigureHasNoNumber(series.ref, _instead(series.unit, dated))
    stale = dated.valid_to is not None and dated.valid_to < day
    return FigureValue(
        ref=series.ref,
        value=dated.value,
        unit=series.unit,
        valid_from=dated.valid_from,
        valid_to=dated.valid_to,
        article=series.article,
        source=dated.source,
        confidence=dated.confidence,
        stale=stale,
    )


def _instead(unit: Unit, dated: Dated) -> str:
    if unit is Unit.MUNICIPAL:
        return "each municipality sets its own"
    return str(dated.value) if unit in WITHOUT_NUMBER else "the law sets no limit"


def _not_known(series: Series, day: date) -> FigureNotKnown:
    ended = series.status.ended and series.is_over(day)
    return FigureNotKnown(series.ref, day, series.periods(), series.status.why if ended else None)
