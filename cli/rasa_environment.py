"""Rasa's own environment in `nlu/`: where it is, and what its processes get to see."""

import hashlib
import os
from functools import cache

from cli.settings import ROOT

NLU = ROOT / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
# What decides how a model comes out, besides the content. How it is served is not among it.
MAKES_MODELS = ("understanding/*.py", "components/*.py", "project/*.py", "training/*.py", "uv.lock")


class EnvironmentMissing(Exception):
    """A part of `nlu/` is not there."""


def rasa_environment() -> dict[str, str]:
    """What Rasa's processes get to see: no secret of ours, no address of the database."""
    passed = ("PATH", "HOME", "LANG", "TMPDIR")
    own = {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUNBUFFERED": "1"}
    return {name: os.environ[name] for name in passed if name in os.environ} | own


@cache
def code_fingerprint() -> str:
    """Of the code that makes models. The sources have to be here, also where their environment is not."""
    digest = hashlib.sha256()
    files = sorted(path for pattern in MAKES_MODELS for path in NLU.glob(pattern))
    if not files:
        raise EnvironmentMissing(f"{NLU}: de broncode van het begrip ontbreekt.")
    for path in files:
        digest.update(path.relative_to(NLU).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
