"""Every notebook of the repository runs from its first cell to its last, and what comes from a zoo is only text."""

import os
import re
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT, run

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EVIL = "<script>alert(1)</script>"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_notebook(path, tmp_path):
    needs_published = "shared/zoos/transfergraph" in path.read_text()
    if needs_published and not (ROOT.parent / "shared" / "zoos" / "transfergraph").is_dir():
        pytest.skip("The published zoos are not beside this checkout (../shared).")
    if "%features extract" in path.read_text():
        pytest.importorskip("onnxruntime", reason="onnxruntime is not installed here")
    if path.stem == "hubs":
        maker = ROOT / "script/support/make-hubs.py"
        subprocess.run([sys.executable, maker, "--to", ROOT / "build/hubs", "invented"], check=True)
    done = subprocess.run(
        [sys.executable, str(ROOT / "script/support/execute_notebook.py"), str(path), str(tmp_path)],
        capture_output=True, text=True, timeout=900, env={**os.environ, "TGKERNEL_PYTHON": sys.executable},
    )
    assert done.returncode == 0, done.stderr[-3_000:]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_what_is_committed_was_executed_to_its_end(path):
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    errors = [output.evalue for cell in cells for output in cell.outputs if output.output_type == "error"]
    assert not errors


@pytest.fixture
def evil_zoo(tmp_path):
    """A zoo whose names would run in a page that took them for HTML."""
    rows = ["model,dataset,score"]
    for model in range(12):
        for data in range(12):
            rows.append(f"{EVIL}{model},{EVIL}d{data},{(model * 7 + data * 5) % 11 / 11}")
    (tmp_path / "records.csv").write_text("\n".join(rows) + "\n")
    return tmp_path


def test_names_of_a_zoo_are_text_in_every_display(client, evil_zoo):
    shown = 0
    for cell in (
        f"%zoo load {evil_zoo} --as evil", "%zoo info", "%zoo list", "%models", "%datasets", "%records", "%scores",
        "%graph build", "%graph info", "%graph show", f"%graph show --around '{EVIL}1'", "%embed node2vec --dimension 8",
        f"%predict --target '{EVIL}d1' --method history", "%evaluate --method history --method random",
        f"%recommend '{EVIL}d1'", f"%predict --target '{EVIL}'", f"%zoo use '{EVIL}'", "%who",
    ):
        reply, outputs = run(client, cell, timeout=120)
        for kind, content in outputs:
            for mime, text in content.get("data", {}).items():
                if mime in ("text/html", "image/svg+xml"):
                    shown += 1
                    assert not re.search(r"<script|onerror=|javascript:", text, re.IGNORECASE), (cell, mime)
    assert shown >= 8
