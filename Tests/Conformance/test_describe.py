"""Vectors of texts by a sentence encoder, outside the kernel: with functions of one's own, and what is said where none is."""

import importlib.util
import json
import os
import pathlib
import signal
import subprocess
import sys

import pytest

np = pytest.importorskip("numpy")

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "integrations" / "features"
OWN = """
import time

def lengths(texts):
    return [[len(text), text.count("a")] for text in texts]

def slow(texts):
    time.sleep(0.2)
    return lengths(texts)

def broken(texts):
    raise ValueError("no such word")
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "own.py").write_text(OWN)
    return tmp_path


def started(place, texts, *words):
    (place / "texts.json").write_text(json.dumps(texts))
    command = [sys.executable, "-m", "transfergraph_features.describe", "--texts", str(place / "texts.json"), "--out",
               str(place / "text.npy"), *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PACKAGE), str(place)])}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def run(place, texts, *words, code=0):
    process = started(place, texts, *words)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == code, output
    return [json.loads(line) for line in output.splitlines()]


def test_a_row_for_each_text_in_order(place):
    texts = [f"{'a' * (number % 5)} über {number}" for number in range(301)]
    events = run(place, texts, "--encoder", "own:lengths")
    assert events[-1] == {"event": "done", "model": "own:lengths", "dimension": 2, "samples": 301}
    vectors = np.load(place / "text.npy")
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [[len(text), text.count("a")] for text in texts]


def test_what_fails_is_said_and_leaves_no_file(place):
    for encoder, words in [("own:broken", "no such word"), ("own:none", "no function"), ("gone:x", "cannot be imported"),
                           ("x", "is no encoder")]:
        events = run(place, ["a"], "--encoder", encoder, code=1)
        assert words in events[-1]["error"], encoder
    assert not (place / "text.npy").exists()


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) for name in ("sentence_transformers", "model2vec", "wordllama")),
    reason="an encoder is installed")
def test_without_an_encoder_it_says_which_would_do(place):
    assert "sentence_transformers, model2vec, wordllama" in run(place, ["a"], code=1)[-1]["error"]


def test_an_interrupt_ends_it_without_a_file(place):
    process = started(place, ["a"] * 10_000, "--encoder", "own:slow")
    assert "progress" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 130 and json.loads(output.splitlines()[-1])["event"] == "interrupted"
    assert not (place / "text.npy").exists()
