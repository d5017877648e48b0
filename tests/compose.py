"""docker-compose.yml as the tests read it."""

import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Service:
    name: str
    told: dict[str, Any]

    @property
    def is_ours(self) -> bool:
        return "build" in self.told

    @property
    def dockerfile(self) -> Path:
        build = self.told["build"]
        return ROOT / (build.get("dockerfile", "Dockerfile") if isinstance(build, dict) else "Dockerfile")

    @property
    def image_says(self) -> dict[str, str]:
        """The last word of every instruction of its Dockerfile that stands once a stage."""
        text = self.dockerfile.read_text(encoding="utf-8").replace("\\\n", " ")
        return dict(line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))

    @property
    def environment(self) -> dict[str, str]:
        """Of the image first, then of the file, which wins; `${NAME:-default}` is the default."""
        given = dict(pair.split("=", 1) for pair in shlex.split(self.image_says["ENV"])) if self.is_ours else {}
        return given | {name: default_of(str(value)) for name, value in self.told.get("environment", {}).items()}

    @property
    def command(self) -> list[str]:
        """What runs in the container, in full."""
        entrypoint = self.told.get("entrypoint") or yaml.safe_load(self.image_says["ENTRYPOINT"])
        return [*entrypoint, *self.told["command"]]

    @property
    def user(self) -> str:
        return str(self.told.get("user") or self.image_says["USER"])


def default_of(value: str) -> str:
    if not value.startswith("${"):
        return value
    return value.removeprefix("${").partition("}")[0].partition(":-")[2] + value.partition("}")[2]


@cache
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


@cache
def services() -> dict[str, Service]:
    return {name: Service(name, told) for name, told in compose()["services"].items()}
