"""All settings, read once from the environment. Secrets may also come as `NAME_FILE`. docs/settings.md lists them."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SettingWrong(Exception):
    """A setting cannot be used; the message names it and says what it should be."""


@dataclass(frozen=True)
class Settings:
    data_dir: Path
    content_dir: Path
    database_url: str
    secret_key: str
    host: str
    port: int
    public_url: str
    rasa_url: str
    rasa_token: str
    actions_host: str
    actions_port: int
    telegram_token: str
    telegram_api_url: str
    telegram_municipality: str
    telegram_webhook_secret: str
    retention_days: int
    log_level: str

    @property
    def secure(self) -> bool:
        """Whether residents come over https: cookies then are sent over nothing else."""
        return self.public_url.startswith("https://")


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingWrong naming the setting."""
    data_dir = Path(env.get("TREDE_DATA_DIR", ROOT / "var")).resolve()
    return Settings(
        data_dir=data_dir,
        content_dir=Path(env.get("TREDE_CONTENT_DIR", ROOT / "content")),
        database_url=secret(env, "TREDE_DATABASE_URL") or f"sqlite:///{data_dir / 'trede.db'}",
        secret_key=secret(env, "TREDE_SECRET_KEY") or own_secret(data_dir, "secret_key"),
        host=env.get("TREDE_HOST", "127.0.0.1"),
        port=number(env, "PORT", 8000),
        public_url=env.get("TREDE_PUBLIC_URL", ""),
        rasa_url=env.get("TREDE_RASA_URL", ""),
        rasa_token=secret(env, "TREDE_RASA_TOKEN") or own_secret(data_dir, "rasa_token"),
        actions_host=env.get("TREDE_ACTIONS_HOST", "127.0.0.1"),
        actions_port=number(env, "TREDE_ACTIONS_PORT", 0),
        telegram_token=secret(env, "TREDE_TELEGRAM_TOKEN"),
        telegram_api_url=env.get("TREDE_TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        telegram_municipality=env.get("TREDE_TELEGRAM_MUNICIPALITY", ""),
        telegram_webhook_secret=secret(env, "TREDE_TELEGRAM_WEBHOOK_SECRET"),
        retention_days=number(env, "TREDE_RETENTION_DAYS", 30),
        log_level=env.get("TREDE_LOG_LEVEL", "INFO"),
    )


def secret(env: Mapping[str, str], name: str) -> str:
    """The value of `name`, or the contents of the file named by `name_FILE`."""
    file = env.get(f"{name}_FILE")
    if not file:
        return env.get(name, "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingWrong(f"{name}_FILE: {file} cannot be read ({error.strerror})") from error


def number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "")
    if value and not value.isdecimal():
        raise SettingWrong(f"{name}: '{value}' is not a whole number")
    return int(value) if value else default


def own_secret(data_dir: Path, name: str) -> str:
    """A secret made at the first run and kept in the data folder, readable by the owner only."""
    path = data_dir / name
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        # Made whole or not at all, and by one process only: two that start together must not differ.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        made = secrets.token_urlsafe(48)
        file.write(made)
    return made
