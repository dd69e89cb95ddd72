"""Executes a notebook with the installed kernel and writes it as .ipynb and .html.

usage: execute_notebook.py NOTEBOOK OUTPUT_DIRECTORY [NAME=VALUE ...]

Each NAME=VALUE becomes an assignment in a cell after the one tagged `parameters`. Ends with a short table of the last
evaluation in the notebook. `%features extract` runs in this Python, unless TGKERNEL_PYTHON names another.
"""

import os
import pathlib
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter

JSON = "application/vnd.transfergraph+json"


def quoted(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return f'"{escaped}"'


def inject(notebook, parameters):
    lines = [f"{name} = {quoted(value)}" for name, value in parameters]
    for index, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            injected = nbformat.v4.new_code_cell("\n".join(lines))
            injected.metadata["tags"] = ["injected-parameters"]
            notebook.cells.insert(index + 1, injected)
            return
    raise SystemExit("The notebook has no cell tagged 'parameters'.")


def last_evaluation(notebook):
    found = None
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            value = output.get("data", {}).get(JSON)
            if isinstance(value, dict) and value.get("kind") == "evaluation":
                found = value
    return found


def main():
    os.environ.setdefault("TGKERNEL_PYTHON", sys.executable)
    source, directory, *assignments = sys.argv[1:]
    source, directory = pathlib.Path(source), pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(source, as_version=4)
    parameters = [assignment.split("=", 1) for assignment in assignments]
    if parameters:
        inject(notebook, parameters)
    client = NotebookClient(
        notebook, timeout=1800, kernel_name="transfergraph", resources={"metadata": {"path": str(source.parent)}}
    )
    start = time.monotonic()
    failure = None
    try:
        client.execute()
    except CellExecutionError as error:
        failure = error
    target = directory / source.name
    nbformat.write(notebook, target)
    html, _ = HTMLExporter().from_notebook_node(notebook)
    target.with_suffix(".html").write_text(html, encoding="utf-8")
    if failure:
        print(failure, file=sys.stderr)
        raise SystemExit(f"A cell failed; the notebook so far is in {target}.")
    print(f"Executed {source} in {time.monotonic() - start:.1f} s.")
    evaluation = last_evaluation(notebook)
    if evaluation:
        measures = ["Pearson", "Spearman", "regret@5"]
        print(f"\n{'method':<14}" + "".join(f"{'mean ' + measure:>16}" for measure in measures))
        for method in evaluation["methods"]:
            means = evaluation["means"][method]
            figures = ["undefined" if means[m] is None else f"{means[m]:.3f}" for m in measures]
            print(f"{method:<14}" + "".join(f"{figure:>16}" for figure in figures))
    print(f"\nOpen {target.with_suffix('.html')}")


main()
