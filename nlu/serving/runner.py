"""Runs Rasa's graph of components by calling them one after the other.

Rasa hands every small graph to dask, which plans it anew for each message; that took as long as the work itself."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


class DirectRunner(DaskGraphRunner):  # type: ignore[misc]
    """The same components and the same inputs, in an order that is found once for each target."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._orders: dict[tuple[str, ...], list[tuple[str, list[str]]]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The output of each target. `inputs`: what stands in for nodes that are not in the graph."""
        wanted = tuple(targets or self._graph_schema.target_names)
        found = dict(inputs or {})
        for name, parents in self._orders.get(wanted) or self._find_order(wanted):
            node: GraphNode = self._instantiated_nodes[name]
            found[name] = node(*((parent, found[parent]) for parent in parents))[1]
        return {name: found[name] for name in wanted}

    def _find_order(self, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        """Every node that the targets need, each after its parents."""
        nodes: GraphSchema = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        order: dict[str, list[str]] = {}

        def add(name: str) -> None:
            if name in nodes and name not in order:
                parents = list(nodes[name].needs.values())
                for parent in parents:
                    add(parent)
                order[name] = parents

        for target in targets:
            add(target)
        self._orders[targets] = list(order.items())
        return self._orders[targets]
