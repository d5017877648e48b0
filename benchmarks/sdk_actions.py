"""Our actions behind rasa-sdk's own server: `TREDE_ACTIONS_PORT=... python -m benchmarks.sdk_actions`.

The classes and their database are the same; only the server is the kit's."""

from rasa_sdk.endpoint import create_app
from sanic import Sanic

from actions.desk import Desk
from actions.server import make_executor
from cli.settings import read_settings
from cli.wiring import wire


def main() -> None:
    wiring = wire(read_settings())
    app = create_app(make_executor(Desk(wiring.database, wiring.figures)))
    app.prepare(host="127.0.0.1", port=wiring.settings.actions_port, single_process=True, motd=False)
    Sanic.serve_single(app)


if __name__ == "__main__":
    main()
