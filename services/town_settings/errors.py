"""What can be wrong with a change of the settings of a municipality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from services.content.faults import Fault
from services.errors import ServiceError
from services.town_settings.effects import Effect


@dataclass(frozen=True)
class Misfit:
    """`where` is the setting, with its language or part: `name.nl`. `kind` is what the form calls it."""

    where: str
    kind: str
    limit: str = ""


class SettingsError(ServiceError):
    """The settings stay as they were."""


class SettingsRefused(SettingsError):
    """It does not fit, or residents would read something wrong."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__()
        self.misfits = tuple(misfits)


class SettingsQuestion(SettingsError):
    """It can be kept; but first somebody says that it is meant so."""

    def __init__(self, told: Mapping[str, Any], faults: Sequence[Fault], effects: Sequence[Effect], mark: str) -> None:
        super().__init__()
        self.told, self.faults, self.effects = told, tuple(faults), tuple(effects)
        self.mark = mark
        """What to send back as the confirmation of exactly this."""


class SettingsChanged(SettingsError):
    """A colleague changed it since it was opened."""


class NoSuchProgramme(SettingsError):
    """This municipality has no such kind of conversation."""


class NoSuchSetting(SettingsError):
    """There is no such setting."""


class OfTownsOnly(SettingsError):
    """The national library speaks with nobody: it has no settings of its own."""


def misfits_of(error: ValidationError) -> list[Misfit]:
    return [_misfit(tuple(map(str, one["loc"])), one["type"], one.get("ctx") or {}) for one in error.errors()]


def _misfit(place: tuple[str, ...], kind: str, told: dict[str, object]) -> Misfit:
    limits = (told.get(name) for name in ("ge", "gt", "le", "lt", "max_length", "min_length"))
    return Misfit(".".join(place), kind, next((str(limit) for limit in limits if limit is not None), ""))
