"""`trede backup FILE` and `trede restore FILE`: the door to the file, and how far it is."""

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cli.wiring import Wiring, now
from db.migrate import is_current, is_known, making_anew, newest_form
from db.models import Backup as BackupMade
from services.backup.errors import BackupTooNew
from services.backup.restore import Backup, refuse_a_full_store, take_in
from services.backup.write import write_backup
from services.calendar import day_and_time
from services.errors import ServiceError

type Tell = Callable[[str], None]
PIPE = "-"
TOLD_EVERY = 2.0


class BackupRefused(ServiceError):
    """The backup cannot be written or read there; the message says why."""


def backup(wiring: Wiring, file: str, tell: Tell) -> None:
    """Raises a ServiceError, and then leaves no file of that name behind."""
    if not is_current(wiring.database.engine):
        raise BackupRefused("De database is niet in de nieuwste vorm: draai eerst `trede prepare`.")
    started, passphrase = time.monotonic(), wiring.settings.backup_key
    with _written(file) as out, wiring.database.snapshot() as connection:
        head = write_backup(
            connection, out, passphrase, newest_form(), wiring.keys.check, now(), _progress(tell, "Back-up")
        )
    made_at, sealed = datetime.fromisoformat(head.made_at), bool(passphrase)
    with wiring.database.writing() as session:
        session.add(BackupMade(made_at=made_at, row_count=head.rows, sealed=sealed))
    tell(f"Back-up: klaar, {_thousands(head.rows)} rijen in {time.monotonic() - started:.0f} s.")
    tell(
        "Versleuteld met TREDE_BACKUP_KEY." if sealed else "Niet versleuteld: zet TREDE_BACKUP_KEY, of versleutel zelf."
    )
    tell("TREDE_SECRET_KEY staat er niet in: bewaar die apart, anders zijn adressen niet meer te lezen.")


def restore(wiring: Wiring, file: str, tell: Tell) -> None:
    """Raises a ServiceError, and then the store is as it was."""
    started = time.monotonic()
    with _read(file) as given:
        taken = Backup(given, wiring.settings.backup_key)
        head = taken.head
        if not is_known(head.revision):
            raise BackupTooNew
        made = day_and_time(datetime.fromisoformat(head.made_at), "nl")
        tell(f"Back-up van {made}: {_thousands(head.rows)} rijen, vorm {head.revision}.")
        with making_anew(wiring.database.engine, head.revision, refuse_a_full_store) as connection:
            take_in(connection, taken, _progress(tell, "Terugzetten"))
    tell(f"Terugzetten: klaar in {time.monotonic() - started:.0f} s; alles geteld en gecontroleerd.")
    if head.key_check != wiring.keys.check:
        tell("LET OP: gemaakt met een andere TREDE_SECRET_KEY. Zet die terug, anders zijn adressen niet te lezen.")
    tell("Draai nu `trede prepare`: die maakt het model als het er niet is.")


@contextmanager
def _written(file: str) -> Iterator[BinaryIO]:
    """For the owner only, and under its name only when it is whole and on the disk."""
    if file == PIPE:
        if sys.stdout.isatty():
            raise BackupRefused("Een back-up past niet op een scherm: stuur hem naar een bestand (> bestand).")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(file)
    if path.exists():
        raise BackupRefused(f"{path} bestaat al; een back-up wordt nooit overschreven.")
    try:
        descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise BackupRefused(f"{path.parent}: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.link(made, path)
    finally:
        os.unlink(made)


@contextmanager
def _read(file: str) -> Iterator[io.BufferedReader]:
    try:
        opened = open(sys.stdin.fileno() if file == PIPE else file, "rb", closefd=file != PIPE)  # noqa: SIM115
    except OSError as error:
        raise BackupRefused(f"{file}: {error.strerror}") from error
    with opened:
        yield opened


def _progress(tell: Tell, what: str) -> Callable[[str, int, int], None]:
    """Of large tables at most one sentence in two seconds, of small ones none."""
    told = time.monotonic()

    def progress(table: str, done: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told > TOLD_EVERY:
            told = time.monotonic()
            tell(f"{what}: {table} {_thousands(done)} van {_thousands(of)}")

    return progress


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
