"""python -m transfergraph_features --models resnet18 --data photos --out features

Prints a line of JSON for each thing that happens, and one sentence on standard error where nothing can be done.
"""

import argparse
import json
import signal
import sys
from pathlib import Path

from . import backends, data
from .errors import UserError
from .run import Interrupted, extract


def models(words):
    """Models as they are named: by words, by a file of them (a line each), or by a folder of .onnx files."""
    found = []
    for word in words:
        path = Path(word).expanduser()
        if path.is_dir():
            files = sorted(path.glob("*.onnx"))
            if not files:
                raise UserError(f"The folder '{word}' holds no .onnx file.")
            found += [f"{file.stem}=onnx:{file}" for file in files]
        elif path.suffix == ".txt" and path.is_file():
            lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
            found += [line for line in lines if line]
        else:
            found.append(word)
    return found


def parsed(words):
    parser = argparse.ArgumentParser(prog="transfergraph_features", description=__doc__)
    parser.add_argument("--models", nargs="+", required=True,
                        help="[NAME=][PREFIX:]MODEL, a file of such lines, or a folder of .onnx files; prefixes: "
                        + ", ".join(backends.KNOWN))
    parser.add_argument("--data", required=True)
    parser.add_argument("--labels", help="the labels of a .npy file of samples")
    parser.add_argument("--out", required=True)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--limit", type=int, help="at most so many samples, each class in its share")
    parser.add_argument("--pooling", choices=("mean", "max", "cls", "none"))
    parser.add_argument("--threads", type=int)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args(words)
    for name in ("batch", "limit", "threads"):
        value = getattr(options, name)
        if value is not None and value < 1:
            parser.error(f"--{name} takes a count of 1 or more")
    return options


def main(words=None):
    options = parsed(words)
    # Whatever libraries print goes to standard error; standard output is for what is read by programs.
    output, sys.stdout = sys.stdout, sys.stderr
    asked = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.append(True))

    def report(event):
        output.write(json.dumps(event) + "\n")
        output.flush()

    try:
        samples = data.read(options.data, options.labels).limited(options.limit)
        extract(models(options.models), samples, Path(options.out).expanduser(), options, report, lambda: bool(asked))
    except UserError as error:
        report({"event": "error", "error": str(error)})
        return 1
    except Interrupted:
        report({"event": "interrupted"})
        return 130
    report({"event": "end"})
    return 0


if __name__ == "__main__":
    sys.exit(main())
