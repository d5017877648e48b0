"""Our whole path against Rasa's own REST channel: same model, same actions, same questions, one run.

`.venv/bin/python -m benchmarks.rest_channel --rasas 1 --database sqlite` (`--help` tells the rest).
"""

import argparse
import asyncio
import json
import logging
from collections import Counter
from dataclasses import asdict
from typing import Any

from benchmarks.compare import Paired, all_at_once, one_by_one, p50, p95
from benchmarks.ground import laid
from benchmarks.our_path import OurPath
from benchmarks.plain_rasa import PlainRasa
from benchmarks.questions import questions
from benchmarks.sides import Side
from benchmarks.web_path import WebPath

WARM_UP = 40
MAY_DIFFER = 0.02


def main() -> None:
    arguments = _arguments()
    logging.basicConfig(level=logging.WARNING)
    result = asyncio.run(_measure(arguments))
    if arguments.json:
        print(json.dumps(result, indent=2))
    else:
        _show(result)


async def _measure(arguments: argparse.Namespace) -> dict[str, Any]:
    with laid(arguments.database) as ground:
        texts = questions(ground)
        plain_rasa = PlainRasa(ground, arguments.rasas, arguments.actions, arguments.plain_tracker)
        our_path: WebPath | OurPath = OurPath(ground, arguments.rasas, arguments.actions_apart)
        if arguments.over_http:
            our_path = WebPath(ground, arguments.rasas)
        async with our_path as ours, plain_rasa as plain:
            await one_by_one(ours, plain, texts, WARM_UP)
            result: dict[str, Any] = {"settings": vars(arguments), "model": ground.model.version}
            if arguments.pairs:
                times = await one_by_one(ours, plain, texts, arguments.pairs)
                result["one by one"] = _told(times, p50=p50, p95=p95)
            for residents in arguments.residents:
                found = await all_at_once(ours, plain, texts, residents, arguments.blocks)
                result[f"{residents} residents"] = {
                    "a message": _told(found.seconds), "processor": _told(found.cpu), "waited": _told(found.waited)
                }  # fmt: skip
            result["messages"] = _check(ours, plain)
    return result


def _told(paired: Paired, **of: Any) -> dict[str, Any]:
    """Milliseconds of both sides, and the ratio with its spread."""
    told = {"mean": {"ours": _ms(paired.ours), "plain": _ms(paired.plain), "ratio": asdict(paired.ratio())}}
    for name, function in of.items():
        ours, plain = 1000 * function(paired.ours), 1000 * function(paired.plain)
        told[name] = {"ours": ours, "plain": plain, "ratio": asdict(paired.ratio(function))}
    return told


def _ms(times: list[float]) -> float:
    return 1000 * sum(times) / len(times)


def _check(ours: Side, plain: Side) -> int:
    """Both have answered every line, with the same topics; otherwise the comparison is worth nothing. Only ours looks
    for two requests in one message, which makes some answers differ."""
    first, second = Counter(ours.answered()), Counter(plain.answered())
    different = (first - second).total()
    if first.total() != second.total() or different > MAY_DIFFER * first.total():
        raise SystemExit(f"the two did not answer alike: {(first - second) + (second - first)}")
    return first.total()


def _show(result: dict[str, Any]) -> None:
    print(f"{result['settings']}  model {result['model']}, {result['messages']} messages a side")
    print(f"{'':32}{'ours ms':>10}{'plain ms':>10}{'ratio':>8}  95% of resamplings")
    for title, measured in result.items():
        if not isinstance(measured, dict) or title == "settings":
            continue
        rows = measured.items() if "a message" not in measured else ((k, v["mean"]) for k, v in measured.items())
        for name, row in rows:
            ratio = row["ratio"]
            print(
                f"{title + ', ' + name:32}{row['ours']:10.1f}{row['plain']:10.1f}{ratio['middle']:8.2f}"
                f"  {ratio['low']:.2f} to {ratio['high']:.2f}"
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rasas", type=int, default=1, help="of each side")
    parser.add_argument("--actions-apart", action="store_true", help="our actions in a process of their own, as plain")
    parser.add_argument("--over-http", action="store_true", help="our side from outside: a form posted to `trede run`")
    parser.add_argument("--actions", choices=["ours", "sdk"], default="ours", help="what serves plain Rasa's actions")
    parser.add_argument("--plain-tracker", choices=["memory", "sqlite"], default="memory")
    parser.add_argument("--pairs", type=int, default=200, help="messages one by one")
    parser.add_argument("--residents", type=int, nargs="*", default=[1, 8, 32])
    parser.add_argument("--blocks", type=int, default=6, help="of each side, for each number of residents")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
