"""Our Rasas, each in a process of its own as `trede run` or a compose file starts them; two share one Redis."""

import shutil

from benchmarks.ground import Ground, free_port
from cli.rasa_environment import NLU, PYTHON, rasa_environment


def start_rasas(ground: Ground, count: int, actions_url: str) -> str:
    """Returns their addresses with commas in between, once all of them are ready."""
    memory = str(ground.folder / "trackers.db") if count == 1 else _start_redis(ground)
    return ",".join(_start(ground, f"rasa-{number}", actions_url, memory) for number in range(count))


def start_actions(ground: Ground, name: str, command: list[str]) -> int:
    """An action server in a process of its own. Returns its port."""
    port, settings = free_port(), ground.wiring.settings
    environment = rasa_environment() | {
        "TREDE_DATA_DIR": str(settings.data_dir), "TREDE_DATABASE_URL": settings.database_url,
        "TREDE_ACTIONS_PORT": str(port),
    }  # fmt: skip
    ground.start(name, command, environment)
    ground.wait_for(name, f"http://127.0.0.1:{port}/health")
    return port


def names(count: int) -> list[str]:
    return [f"rasa-{number}" for number in range(count)] + (["redis"] if count > 1 else [])


def _start(ground: Ground, name: str, actions_url: str, memory: str) -> str:
    port = free_port()
    command = [str(PYTHON), str(NLU / "serve.py"), "--model", str(ground.model.file), "--port", str(port)]
    command += ["--actions-url", actions_url, "--tracker", memory, "--exit-with-parent"]
    ground.start(name, command, rasa_environment() | {"TREDE_RASA_TOKEN": ground.token})
    url = f"http://127.0.0.1:{port}"
    headers = {"Authorization": f"Bearer {ground.token}"}
    ground.wait_for(name, f"{url}/webhooks/trede/health", headers, '"ready":true')
    return url


def _start_redis(ground: Ground) -> str:
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise SystemExit("two Rasas share a Redis, and redis-server is not on this machine")
    ground.start("redis", [program, "--port", str(port), "--save", "", "--dir", str(ground.folder)], {})
    return f"redis://127.0.0.1:{port}/0"
