"""The Rasa processes that can be reached: what each of them says of itself."""

import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from cli.settings import Settings

ANSWERS_WITHIN = 3.0
"""Seconds; one that is slower is busy, and asked again at the next look."""


def where_rasa_runs(data_dir: Path) -> dict[str, Any]:
    """What `trede run` told of its own child: `url`, `pid`, `ready_after_s`; nothing when it never ran here."""
    try:
        return dict(json.loads((data_dir / "rasa.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


class Rasas:
    """A name that stands for several machines is asked at each of its addresses."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def health(self) -> list[dict[str, Any]]:
        """Of every one that answers. On new connections: an old one would lead to the process that is leaving."""
        bearer = {"Authorization": f"Bearer {self._settings.rasa_token}"}
        with httpx.Client(headers=bearer, timeout=ANSWERS_WITHIN, limits=httpx.Limits(max_connections=1)) as client:
            told = [_ask(client, url) for url in self._urls()]
        return [one for one in told if one is not None]

    def _urls(self) -> list[str]:
        own = where_rasa_runs(self._settings.data_dir).get("url")
        named = self._settings.rasa_url or own or ""
        return [address for url in named.split(",") if url.strip() for address in _addresses(url.strip())]


def _ask(client: httpx.Client, url: str) -> dict[str, Any] | None:
    try:
        response = client.get(f"{url}/webhooks/trede/health", headers={"Connection": "close"})
        return dict(response.json()) if response.status_code == 200 else None
    except (httpx.TransportError, ValueError):
        return None


def _addresses(url: str) -> list[str]:
    """One URL for each machine behind the name; over TLS the name itself, which its certificate is for."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname is None:
        return [url]
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except OSError:
        return []
    hosts = sorted({f"[{at[0]}]" if family == socket.AF_INET6 else str(at[0]) for family, _, _, _, at in found})
    return [f"http://{host}:{parts.port or 80}" for host in hosts]
