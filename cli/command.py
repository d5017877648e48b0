"""What every command gets: its wiring, and a known trouble told in one clear sentence."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from cli.settings import SettingWrong, read_settings
from cli.wiring import Wiring, wire

# Known troubles: told in one sentence, without a trace.
EXPECTED = (
    "SettingWrong",
    "ServiceError",
    "TrainingFailed",
    "EnvironmentMissing",
    "UnderstandingFailed",
    "FileWrong",
    "FigureError",
    "PortTaken",
    "TokenRefused",
)


def wired[**P](command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its wiring, and turn a known trouble into one clear sentence."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(_wire(), *args, **kwargs)
        except Exception as error:
            if not _is_expected(error):
                raise
            click.echo(f"trede: {error}", err=True)
            sys.exit(1)

    return run


def _wire() -> Wiring:
    # What people wrote is for the account that runs Trede, and for nobody else on the machine.
    os.umask(0o077)
    return wire(read_settings())


def _is_expected(error: Exception) -> bool:
    return isinstance(error, SettingWrong) or any(kind.__name__ in EXPECTED for kind in type(error).__mro__)


def tell(line: str) -> None:
    click.echo(f"  {line}", err=True)
