"""What can be wrong with a backup, or with the store it should go into."""

from services.errors import ServiceError


class NotABackup(ServiceError):
    """This file is no backup of Trede."""


class BackupBroken(ServiceError):
    """The backup is not whole: it was cut off or changed. Nothing was restored; take another one."""


class BackupSealed(ServiceError):
    """The backup is encrypted: set TREDE_BACKUP_KEY (or TREDE_BACKUP_KEY_FILE) to the key it was made with."""


class WrongBackupKey(ServiceError):
    """The backup was encrypted with another TREDE_BACKUP_KEY, or its first part is damaged."""


class BackupTooNew(ServiceError):
    """The backup was made by a newer Trede: restore it with that version."""


class RowRefused(ServiceError):
    """This database refuses a row of the backup; nothing was restored."""

    def __init__(self, table: str) -> None:
        super().__init__(f"This database refuses a row of table '{table}' of the backup; nothing was restored.")


class StoreNotEmpty(ServiceError):
    """There is data in this database. A backup is only restored into an empty one: name a new database."""
