"""Style sheets and scripts: read once, named after their content, so that a browser may keep them for a year."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

SHARED = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    digest: str
    kind: str
    content: bytes
    packed: bytes


class Assets:
    """The files of some folders, served under `prefix`/{digest}/{path:path}. Of two with one name the last wins."""

    def __init__(self, prefix: str, *folders: Path) -> None:
        self.prefix = prefix
        self.folders = folders

    @cached_property
    def all(self) -> dict[str, Asset]:
        """By their path within a folder."""
        return {
            path.relative_to(folder).as_posix(): _asset(path)
            for folder in self.folders
            for path in sorted(folder.rglob("*"))
            if path.suffix in KINDS
        }

    def path(self, name: str) -> str:
        return f"{self.prefix}/{self.all[name].digest}/{name}"

    async def serve(self, request: Request) -> Response:
        asset = self.all.get(request.path_params["path"])
        if asset is None:
            raise HTTPException(404)
        # An old page may ask for an older version: it gets the present one, and may not keep it.
        right = asset.digest == request.path_params["digest"]
        headers = {"Cache-Control": "public, max-age=31536000, immutable" if right else "no-cache"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(asset.packed, media_type=asset.kind, headers=headers)
        return Response(asset.content, media_type=asset.kind, headers=headers)


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(digest, KINDS[path.suffix], content, gzip.compress(content, mtime=0))
