"""Graphs of NetworkX as plain data: the kind of graph, its nodes and edges with what is kept of each."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from autograder.protocol.kinds import MAX_ITEMS, Form, is_plain_key

_KINDS = ("Graph", "DiGraph", "MultiGraph", "MultiDiGraph")


def graph_forms() -> dict[type, Form]:
    """Class of NetworkX -> its form; classes that are derived from these do not cross."""
    networkx = import_module("networkx")
    return {getattr(networkx, name): Form(f"graph {name}", _apart, _together(name), 4) for name in _KINDS}


def _apart(graph: Any) -> tuple[Any, ...]:
    many = graph.is_multigraph()
    edges = graph.edges(data=True, keys=True) if many else graph.edges(data=True)
    nodes = [(node, dict(kept)) for node, kept in graph.nodes(data=True)]
    if not all(is_plain_key(node) for node, _ in nodes):
        raise ValueError("a node that is no plain data")
    return nodes, [(*edge[:-1], dict(edge[-1])) for edge in edges], dict(graph.graph)


def _together(name: str) -> Any:
    def made(parts: Any) -> Any:
        nodes, edges, kept = parts
        if len(nodes) + len(edges) > MAX_ITEMS or not all(is_plain_key(node) for node, _ in nodes):
            raise ValueError("a graph as it is not written")
        graph: Any = getattr(import_module("networkx"), name)()
        graph.graph.update(kept)
        graph.add_nodes_from(nodes)
        known = {node for node, _ in nodes}
        if not all(len(edge) == 3 + graph.is_multigraph() and {edge[0], edge[1]} <= known for edge in edges):
            raise ValueError("an edge between nodes that are not there")
        graph.add_edges_from(edges)
        return graph

    return made
