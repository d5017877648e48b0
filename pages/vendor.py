"""Fetch what is not ours into static/vendor: `python -m pages.vendor`. Needs npm; running the chat does not.

The exact versions stand here, the hashes of the result in static/vendor/README.md; a test compares them.
"""

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"
HTMX = "htmx.org@4.0.1"
SCRIPTS = {"htmx.min.js": "dist/htmx.min.js", "hx-sse.min.js": "dist/ext/hx-sse.min.js"}
# One file in this order; each package is EUPL-1.2 and used unchanged, without the tokens of any municipality.
STYLES = (
    "@utrecht/alert-css@4.0.2",
    "@utrecht/button-css@4.0.1",
    "@utrecht/data-badge-css@3.0.1",
    "@utrecht/form-field-description-css@3.0.1",
    "@utrecht/form-field-error-message-css@3.0.1",
    "@utrecht/form-label-css@3.0.1",
    "@utrecht/heading-1-css@3.0.1",
    "@utrecht/heading-2-css@3.0.1",
    "@utrecht/link-css@3.0.1",
    "@utrecht/paragraph-css@4.0.1",
    "@utrecht/skip-link-css@3.0.1",
    "@utrecht/textarea-css@4.0.1",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        htmx = _unpack(HTMX, Path(folder))
        for name, inside in SCRIPTS.items():
            (VENDOR / name).write_bytes((htmx / inside).read_bytes())
        _keep_licence(htmx / "LICENSE", "htmx.txt")
        packages = [_unpack(package, Path(folder)) for package in STYLES]
        _keep_licence(packages[0] / "LICENSE.md", "utrecht.md")
        (VENDOR / "utrecht.css").write_text(_joined(packages), encoding="utf-8")
    for name in ("htmx.min.js", "hx-sse.min.js", "utrecht.css"):
        print(f"| `{name}` | `{sha256(VENDOR / name)}` |")  # noqa: T201 - these lines go into the README


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _unpack(package: str, folder: Path) -> Path:
    """The files of one npm package."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    packed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - fixed words
    target = folder / packed.removesuffix(".tgz")
    with tarfile.open(folder / packed) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def _joined(packages: list[Path]) -> str:
    parts = [
        f"/* {name} */\n{(package / 'dist' / 'index.css').read_text(encoding='utf-8').rstrip()}\n"
        for name, package in zip(STYLES, packages, strict=True)
    ]
    return "\n".join(parts)


def _keep_licence(source: Path, name: str) -> None:
    (VENDOR / "licences").mkdir(parents=True, exist_ok=True)
    (VENDOR / "licences" / name).write_bytes(source.read_bytes())


if __name__ == "__main__":
    main()
