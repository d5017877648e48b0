"""All settings, read once from the environment. Secrets may also come as `NAME_FILE`. docs/settings.md lists them."""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST_SECRET = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


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
    trusted_proxies: tuple[str, ...]
    rasa_url: str
    rasa_token: str
    actions_host: str
    actions_port: int
    ops_host: str
    ops_port: int
    telegram_token: str
    telegram_api_url: str
    telegram_municipality: str
    telegram_webhook_secret: str
    log_level: str
    backup_key: str
    own_secret_key: bool
    """The secret key was made here, because none was given: on many machines each process would make its own."""

    @property
    def secure(self) -> bool:
        """Whether residents come over https: cookies then are sent over nothing else."""
        return self.public_url.startswith("https://")


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingWrong naming the setting. An empty value is no value."""
    data_dir = Path(env.get("TREDE_DATA_DIR") or ROOT / "var").resolve()
    return Settings(
        data_dir=data_dir,
        content_dir=Path(env.get("TREDE_CONTENT_DIR") or ROOT / "content"),
        database_url=database_url(env) or f"sqlite:///{data_dir / 'trede.db'}",
        secret_key=long_secret(env, "TREDE_SECRET_KEY") or own_secret(data_dir, "secret_key"),
        host=env.get("TREDE_HOST") or "127.0.0.1",
        port=number(env, "PORT", 8000, most=65_535),
        public_url=env.get("TREDE_PUBLIC_URL") or "",
        trusted_proxies=addresses(env, "TREDE_TRUSTED_PROXIES"),
        rasa_url=env.get("TREDE_RASA_URL") or "",
        rasa_token=secret(env, "TREDE_RASA_TOKEN") or own_secret(data_dir, "rasa_token"),
        actions_host=env.get("TREDE_ACTIONS_HOST") or "127.0.0.1",
        actions_port=number(env, "TREDE_ACTIONS_PORT", 0, most=65_535),
        ops_host=env.get("TREDE_OPS_HOST") or "127.0.0.1",
        ops_port=number(env, "TREDE_OPS_PORT", 0, most=65_535),
        telegram_token=telegram_token(env),
        telegram_api_url=env.get("TREDE_TELEGRAM_API_URL") or "https://api.telegram.org/bot",
        telegram_municipality=env.get("TREDE_TELEGRAM_MUNICIPALITY") or "",
        telegram_webhook_secret=secret(env, "TREDE_TELEGRAM_WEBHOOK_SECRET"),
        log_level=log_level(env),
        backup_key=long_secret(env, "TREDE_BACKUP_KEY"),
        own_secret_key=not secret(env, "TREDE_SECRET_KEY"),
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
    except UnicodeDecodeError as error:
        raise SettingWrong(f"{name}_FILE: {file} is not text") from error


def long_secret(env: Mapping[str, str], name: str) -> str:
    """One from which keys are derived: a short one could be guessed."""
    key = secret(env, name)
    if key and len(key) < LEAST_SECRET:
        raise SettingWrong(f"{name}: has {len(key)} characters, at least {LEAST_SECRET} are needed")
    return key


def telegram_token(env: Mapping[str, str]) -> str:
    token = secret(env, "TREDE_TELEGRAM_TOKEN")
    if token and not re.fullmatch(r"\d+:\S+", token):
        raise SettingWrong("TREDE_TELEGRAM_TOKEN: has the form 123456:letters, as BotFather gives it")
    return token


def database_url(env: Mapping[str, str]) -> str:
    """The address is not told in the error: there is a password in it."""
    url = secret(env, "TREDE_DATABASE_URL")
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingWrong("TREDE_DATABASE_URL: has to begin with sqlite:/// or postgresql+psycopg://")
    return url


def log_level(env: Mapping[str, str]) -> str:
    level = (env.get("TREDE_LOG_LEVEL") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingWrong(f"TREDE_LOG_LEVEL: '{level}' is none of {', '.join(LOG_LEVELS)}")
    return level


def number(env: Mapping[str, str], name: str, default: int, least: int = 0, most: int = 100_000) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingWrong(f"{name}: '{value}' is not a whole number from {least} to {most}")
    return int(value)


def addresses(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """IP addresses or networks, with commas in between."""
    given = tuple(part.strip() for part in env.get(name, "").split(",") if part.strip())
    for part in given:
        try:
            ip_network(part)
        except ValueError as error:
            raise SettingWrong(f"{name}: '{part}' is not an IP address or network") from error
    return given


def own_secret(data_dir: Path, name: str) -> str:
    """A secret made at the first run and kept in the data folder, readable by the owner only."""
    path = data_dir / name
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Written apart and then given its name, which succeeds for one process only: two that start together must not
        # differ, and none may read half a secret.
        descriptor, made = tempfile.mkstemp(dir=data_dir, prefix=f".{name}-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    return path.read_text(encoding="utf-8").strip()
