"""Graphs and vectors that the program writes, read by NumPy and networkx."""
import csv
import json
import subprocess

import networkx
import numpy
import pytest


@pytest.fixture
def program(tgkernel):
    def run(*arguments):
        result = subprocess.run([tgkernel, *map(str, arguments)], capture_output=True, text=True, timeout=120)
        assert result.returncode == 0, result.stderr
        return result.stdout
    return run


def cosines(vectors):
    units = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)
    return units @ units.T


def test_numpy_reads_vectors_whose_cosines_are_those_that_are_told(program, tmp_path):
    file = tmp_path / "vectors.npy"
    program("embed", "graphsage", "--zoo", "words", "--dimension", 16, "--epochs", 5, "--no-quality", "--export", file)
    vectors = numpy.load(file)
    names = (tmp_path / "vectors.txt").read_text().splitlines()
    assert vectors.dtype == numpy.float32 and vectors.shape == (len(names), 16)
    again = tmp_path / "vectors.csv"
    program("embed", "graphsage", "--zoo", "words", "--dimension", 16, "--epochs", 5, "--no-quality", "--export", again)
    with open(again, newline="") as lines:
        rows = list(csv.reader(lines))
    assert [row[0] for row in rows[1:]] == names
    assert numpy.array_equal(numpy.array([row[1:] for row in rows[1:]], dtype=numpy.float32), vectors)


def test_neighbours_are_those_of_the_file(program, tmp_path):
    file = tmp_path / "vectors.npy"
    program("embed", "spectral", "--zoo", "words", "--no-quality", "--export", file)
    names = (tmp_path / "vectors.txt").read_text().splitlines()
    told = json.loads(
        program("neighbours", "iberian", "--zoo", "words", "--learner", "spectral", "--top", 4, "--output-format", "json"))
    vectors = numpy.load(file).astype(float)
    own = cosines(vectors[numpy.linalg.norm(vectors, axis=1) > 0])
    kept = [name for name, vector in zip(names, vectors) if numpy.any(vector)]
    place = {name: index for index, name in enumerate(kept)}
    listed = {entry["name"]: entry["cosine"] for entry in told["neighbours"]}
    assert len(listed) == 8
    for name, cosine in listed.items():
        assert abs(own[place["iberian"], place[name]] - cosine) < 1e-5
    table = list(csv.DictReader(program(
        "neighbours", "iberian", "--zoo", "words", "--learner", "spectral", "--top", 4, "--output-format", "csv").splitlines()))
    assert [row["neighbour"] for row in table] == list(listed)


def test_networkx_reads_the_graph_and_finds_the_nodes_of_the_vectors(program, tmp_path):
    graphml, vectors = tmp_path / "graph.graphml", tmp_path / "vectors.npy"
    program("graph", "export", graphml, "--zoo", "words")
    program("embed", "spectral", "--zoo", "words", "--dimension", 8, "--no-quality", "--export", vectors)
    graph = networkx.read_graphml(graphml)
    names = (tmp_path / "vectors.txt").read_text().splitlines()
    assert [data["name"] for _, data in graph.nodes(data=True)] == names
    assert len(names) == len(numpy.load(vectors))
    told = json.loads(program("neighbours", "iberian", "--zoo", "words", "--output-format", "json"))
    node = {data["name"]: node for node, data in graph.nodes(data=True)}
    for entry in told["neighbours"]:
        shared = set(networkx.common_neighbors(networkx.Graph(graph), node["iberian"], node[entry["name"]]))
        assert {graph.nodes[other]["name"] for other in shared} == set(entry["joined_with_both"])
        assert bool(entry["edges"]) == graph.has_edge(node["iberian"], node[entry["name"]])
