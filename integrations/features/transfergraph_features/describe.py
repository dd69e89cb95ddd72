"""python -m transfergraph_features.describe --texts texts.json --out text.npy

Encodes a list of texts as rows of a float32 matrix. Prints a line of JSON for each thing that happens.
"""

import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from . import encoders
from .errors import UserError


class Interrupted(Exception):
    pass


def encode(texts, encoder, name, batch, report, is_interrupted):
    rows = []
    start = time.monotonic()
    for first in range(0, len(texts), batch):
        if is_interrupted():
            raise Interrupted
        block = texts[first:first + batch]
        try:
            vectors = np.asarray(encoder(block), dtype=np.float32)
        except Exception as error:
            raise UserError(f"{name} failed: {(str(error) or type(error).__name__).splitlines()[0]}.") from error
        if vectors.ndim != 2 or len(vectors) != len(block) or rows and vectors.shape[1] != rows[0].shape[1]:
            raise UserError(f"{name} gave an array of shape {vectors.shape} for {len(block)} texts; a row for each is wanted.")
        if not np.isfinite(vectors).all():
            raise UserError(f"{name} gave a number that is not finite.")
        rows.append(vectors)
        done = first + len(block)
        left = (time.monotonic() - start) / done * (len(texts) - done)
        report({"event": "progress", "model": name, "position": 0, "count": 1, "done": done, "samples": len(texts), "left": left})
    return np.concatenate(rows)


def main(words=None):
    parser = argparse.ArgumentParser(prog="transfergraph_features.describe", description=__doc__)
    parser.add_argument("--texts", required=True, help="a JSON file with a list of texts")
    parser.add_argument("--out", required=True)
    parser.add_argument("--encoder")
    parser.add_argument("--batch", type=int, default=128)
    options = parser.parse_args(words)
    # Whatever libraries print goes to standard error; standard output is for what is read by programs.
    output, sys.stdout = sys.stdout, sys.stderr
    asked = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.append(True))

    def report(event):
        output.write(json.dumps(event) + "\n")
        output.flush()

    try:
        texts = json.loads(Path(options.texts).read_text(encoding="utf-8"))
        name, encoder = encoders.load(options.encoder)
        vectors = encode(texts, encoder, name, options.batch, report, lambda: bool(asked))
    except UserError as error:
        report({"event": "error", "error": str(error)})
        return 1
    except Interrupted:
        report({"event": "interrupted"})
        return 130
    part = options.out + ".part"
    with open(part, "wb") as file:
        np.save(file, vectors)
    os.replace(part, options.out)
    report({"event": "done", "model": name, "dimension": int(vectors.shape[1]), "samples": len(vectors)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
