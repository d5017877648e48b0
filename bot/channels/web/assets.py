"""Our style sheets and scripts: read once, named after their content, so that a browser may keep them for a year."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    digest: str
    kind: str
    content: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """By their path under static/."""
    return {
        path.relative_to(FOLDER).as_posix(): _asset(path) for path in sorted(FOLDER.rglob("*")) if path.suffix in KINDS
    }


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(digest, KINDS[path.suffix], content, gzip.compress(content, mtime=0))


def asset_path(name: str) -> str:
    return f"/static/{assets()[name].digest}/{name}"


async def serve_asset(request: Request) -> Response:
    asset = assets().get(request.path_params["path"])
    if asset is None:
        raise HTTPException(404)
    # An old page may ask for an older version: it gets the present one, and may not keep it.
    right = asset.digest == request.path_params["digest"]
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if right else "no-cache"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.kind, headers=headers)
    return Response(asset.content, media_type=asset.kind, headers=headers)
