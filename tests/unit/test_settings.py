"""A setting that cannot be used is named, before anything starts."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli.settings import Settings, SettingWrong, own_secret, read_settings

LONG = "123456:" + "x" * 40  # the form of a token of Telegram serves for all


def read(folder: Path, **env: str) -> Settings:
    return read_settings({"TREDE_DATA_DIR": str(folder), **env})


def test_without_settings_all_is_on_this_machine_only(tmp_path: Path) -> None:
    settings = read(tmp_path)

    assert (settings.host, settings.actions_host, settings.port) == ("127.0.0.1", "127.0.0.1", 8000)
    assert settings.database_url == f"sqlite:///{tmp_path / 'trede.db'}"
    assert not settings.secure


def test_an_empty_setting_is_no_setting(tmp_path: Path) -> None:
    empty = dict.fromkeys(("TREDE_HOST", "PORT", "TREDE_DATABASE_URL", "TREDE_LOG_LEVEL", "TREDE_CONTENT_DIR"), "")

    assert read(tmp_path, **empty) == read(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "TREDE_SECRET_KEY", "TREDE_RASA_TOKEN", "TREDE_TELEGRAM_TOKEN", "TREDE_TELEGRAM_WEBHOOK_SECRET",
        "TREDE_BACKUP_KEY",
    ],
)  # fmt: skip
def test_a_secret_may_come_from_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text(LONG + "\n", encoding="utf-8")
    settings = read(tmp_path, **{f"{name}_FILE": str(tmp_path / "secret")})

    assert getattr(settings, name.removeprefix("TREDE_").lower()) == LONG


def test_the_address_of_the_database_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql+psycopg://u:p@db/trede\n", encoding="utf-8")

    assert read(tmp_path, TREDE_DATABASE_URL_FILE=str(tmp_path / "url")).database_url.endswith("@db/trede")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "acht"), ("PORT", "-1"), ("PORT", "65536"), ("PORT", "80.0"), ("TREDE_ACTIONS_PORT", "x"),
        ("TREDE_LOG_LEVEL", "luid"), ("TREDE_TRUSTED_PROXIES", "10.0.0.5,proxy.intern"),
        ("TREDE_SECRET_KEY", "kort"), ("TREDE_BACKUP_KEY", "kort"), ("TREDE_SECRET_KEY_FILE", "/nergens/te/vinden"),
        ("TREDE_DATABASE_URL", "mysql://root:geheim@db/trede"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingWrong, match=f"^{name}: ") as wrong:
        read(tmp_path, **{name: value})

    assert "geheim" not in str(wrong.value)


def test_a_secret_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingWrong, match="TREDE_RASA_TOKEN_FILE"):
        read(tmp_path, TREDE_RASA_TOKEN_FILE=str(tmp_path / "secret"))


def test_processes_that_start_together_share_one_secret_for_the_owner_only(tmp_path: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        made = set(pool.map(lambda _: own_secret(tmp_path / "var", "secret_key"), range(40)))

    assert len(made) == 1
    assert len(made.pop()) >= 32
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_cookies_are_secure_when_residents_come_over_https(tmp_path: Path) -> None:
    assert read(tmp_path, TREDE_PUBLIC_URL="https://chat.example.nl").secure


def test_proxies_are_addresses_or_networks(tmp_path: Path) -> None:
    assert read(tmp_path).trusted_proxies == ()
    assert read(tmp_path, TREDE_TRUSTED_PROXIES="10.0.0.5, 10.1.0.0/24,").trusted_proxies == ("10.0.0.5", "10.1.0.0/24")
