"""The health check of a container: does the process beside me still answer? Quick to start, so nothing of ours is read.

`python cli/probe.py`: exit code 0 when `/livez` on TREDE_OPS_PORT says so.
"""

import os
import sys
import urllib.request


def main() -> int:
    port = os.environ.get("TREDE_OPS_PORT", "")
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{int(port)}/livez", timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    except (OSError, ValueError) as error:
        print(f"probe: {type(error).__name__}", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main())
