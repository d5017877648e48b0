"""What Rasa and TensorFlow must find before they are imported: no telemetry, no threads, nothing of residents in logs."""

from __future__ import annotations

import logging
import os
import warnings
from typing import NoReturn

_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",  # the cache of trained parts would keep residents' words in a dot folder
    "TICKET_LOCK_LIFETIME": "30",  # seconds; a turn runs a few actions of at most five seconds each
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    # Small sparse products gain nothing from threads, and a process that forks must not own any.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def environment() -> None:
    """Sets the environment; must run before `import rasa`."""
    os.environ.update(_ENVIRONMENT)
    warnings.simplefilter("ignore")


def rasa_log() -> None:
    """Silences Rasa's structured log, which prints every message when nobody has configured it."""
    import structlog

    def drop(_logger: object, _method: str, _event: object) -> NoReturn:
        raise structlog.DropEvent

    quietest = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quietest, processors=[drop], cache_logger_on_first_use=False)
