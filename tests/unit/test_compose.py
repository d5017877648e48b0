"""The files for containers: right in form, closed to the outside, without secrets, and true to the commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.install import UV_VERSION
from cli.main import main
from tests.compose import ROOT, Service, compose, services

SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
DOCKERFILES = (ROOT / "Dockerfile", ROOT / "nlu" / "Dockerfile")
ALL = pytest.mark.parametrize("service", services().values(), ids=services().keys())
OURS = [service for service in services().values() if service.is_ours]


def has_compose() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0


def test_the_file_has_the_form_of_compose() -> None:
    checker = ROOT / ".venv" / "bin" / "check-jsonschema"
    command = [str(checker), "--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not has_compose(), reason="this docker has no compose")
def test_docker_compose_takes_the_file() -> None:
    command = ["docker", "compose", "-f", str(ROOT / "docker-compose.yml"), "--profile", "telegram", "config", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_only_the_web_is_published_and_only_on_this_machine() -> None:
    published = {name: service.told["ports"] for name, service in services().items() if "ports" in service.told}

    assert list(published) == ["web"]
    assert all(":-127.0.0.1:" in port for port in published["web"])


def test_who_needs_nothing_from_outside_is_on_the_network_that_leads_nowhere() -> None:
    assert compose()["networks"]["inside"]["internal"] is True
    reach_out = {name for name, service in services().items() if "outside" in service.told["networks"]}

    assert reach_out == {"web", "telegram"}


@ALL
def test_no_service_is_root_or_may_become_it_or_may_write_to_its_image(service: Service) -> None:
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service.user)
    assert service.told["cap_drop"] == ["ALL"]
    assert service.told["security_opt"] == ["no-new-privileges:true"]
    assert service.told["read_only"] is True


@ALL
def test_every_service_that_stays_has_a_health_check_and_a_bound_log(service: Service) -> None:
    once = service.name == "prepare"

    assert service.told["healthcheck"].get("disable", False) is once
    assert once or service.told["healthcheck"]["test"]
    assert service.told["logging"]["options"]["max-size"]


def test_all_of_ours_wait_until_what_has_to_be_there_is_made() -> None:
    waiting = {name for name, s in services().items() if "prepare" in s.told.get("depends_on", {})}

    assert waiting == {"web", "worker", "actions", "telegram"}
    assert compose()["services"]["web"]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_every_setting_that_is_used_stands_in_the_docs() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "docker-compose.yml", *DOCKERFILES))
    used = {name.removesuffix("_FILE") for name in re.findall(r"\b(TREDE_[A-Z_]+)\b", text)}

    assert len(used) > 10
    assert {name for name in used if f"`{name}`" not in SETTINGS} == set()


def test_a_secret_comes_from_a_file_only() -> None:
    secret = set(re.findall(r"^\| `(\w+)` \|[^|]*\| secret \|", SETTINGS, re.MULTILINE)) | {"POSTGRES_PASSWORD"}
    given = {name for service in services().values() for name in service.environment}

    assert len(secret) > 5
    assert given & secret == set()
    assert all(set(told) == {"file"} for told in compose()["secrets"].values())


@ALL
def test_a_service_is_given_the_secrets_that_it_reads_and_no_others(service: Service) -> None:
    text = str(service.told)
    read = set(re.findall(r"/run/secrets/(\w+)", text))

    assert set(service.told.get("secrets", [])) == read


@pytest.mark.parametrize("service", OURS, ids=[service.name for service in OURS])
def test_every_command_exists(service: Service) -> None:
    program, first, *rest = service.command
    if program == "trede":
        assert first in main.commands
        assert rest == []
        return
    script = ROOT / first.removeprefix("/")
    known = set(re.findall(r'"(--[a-z-]+)"', script.read_text(encoding="utf-8")))

    assert script.exists()
    assert {option.partition("=")[0] for option in rest} <= known


def test_rasa_reads_the_models_and_the_trainer_writes_them() -> None:
    writes = {name: str(s.told.get("volumes", [])) for name, s in services().items() if "models:" in str(s.told)}

    assert {name for name, volumes in writes.items() if not volumes.endswith(":ro']")} == {
        "prepare",
        "trainer",
        "worker",
    }
    assert {name for name, volumes in writes.items() if volumes.endswith(":ro']")} == {"rasa-1", "rasa-2"}
    assert services()["trainer"].user == services()["worker"].user


@pytest.mark.parametrize("file", DOCKERFILES, ids=["product", "nlu"])
def test_an_image_is_made_as_an_installation_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    pythons = (ROOT / ".python-version").read_text().split()
    made = re.findall(r"^FROM python:(\d\.\d+)-slim", text, re.MULTILINE)

    assert f"uv=={UV_VERSION}" in text
    assert len(set(made)) == 1
    assert made[0] in pythons
    assert "--frozen --no-dev" in text
    assert not re.search(r"^ADD |https?://(?!127\.0\.0\.1)", text, re.MULTILINE)


def test_only_what_runs_goes_into_an_image() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    product = {folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").exists()} - {"tests", "benchmarks"}

    assert rules[0] == "*"
    assert {f"!{name}" for name in product | {"content", "nlu", "pyproject.toml", "uv.lock"}} <= set(rules)
    assert {"!var", "!secrets", "!tests"} & set(rules) == set()
    assert {"nlu/.venv", "**/__pycache__"} <= set(rules)
