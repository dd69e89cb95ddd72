"""A notebook for other people: slides, Markdown, LaTeX, a script that runs again, jupytext's texts, and voila's page."""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbclient
import nbformat
import pytest
from conftest import KERNEL, run, text_of
from nbconvert import HTMLExporter, LatexExporter, MarkdownExporter, ScriptExporter, SlidesExporter
from test_clients import notebook
from traitlets.config import Config

CELLS = [
    "%zoo load words",
    "%recommend iberian --method history --top 3",
    "best = %recommend iberian --method history --top 1",
    "%chart results --dataset iberian",
    "%%sql\nselect model, score from records\n\nwhere dataset = 'iberian' -- the first two\norder by score desc, model limit 2",
    "%echo The first is $best.",
]


@pytest.fixture(scope="module")
def executed():
    book = notebook(*CELLS)
    book.cells.insert(0, nbformat.v4.new_markdown_cell("# A title\n\nWhich model, and *why*?"))
    book.cells[0].metadata["slideshow"] = {"slide_type": "slide"}
    book.cells[4].metadata["slideshow"] = {"slide_type": "slide"}
    nbclient.NotebookClient(book, kernel_name=KERNEL, timeout=120).execute()
    return book


def drawings(book):
    return sum("image/png" in output.get("data", {}) for cell in book.cells for output in cell.get("outputs", []))


def first_model(book):
    return next(cell for cell in book.cells if cell.source.startswith("%echo")).outputs[0].text.split()[-1].rstrip(".")


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_pages_hold_every_table_and_drawing(exporter, executed):
    text, _ = exporter().from_notebook_node(executed)
    assert drawings(executed) >= 1
    pictures = text.count("data:image/png") + text.count("data:image/svg+xml") + text.count("<svg")
    # The logo of the page itself may be one more.
    assert pictures >= drawings(executed)
    assert first_model(executed) in text and text.count("<table") >= 3
    if exporter is SlidesExporter:
        assert text.count("<section") >= 2


def test_markdown_holds_tables_and_names_its_pictures(executed, tmp_path):
    text, resources = MarkdownExporter().from_notebook_node(executed)
    named = re.findall(r"!\[[^]]*\]\(([^)]*)\)", text)
    assert len(named) == drawings(executed)
    assert all(resources["outputs"][name] for name in named)
    assert first_model(executed) in text


@pytest.fixture
def pandoc(monkeypatch):
    if not shutil.which("pandoc"):
        pypandoc = pytest.importorskip("pypandoc", reason="Pandoc is not installed.")
        monkeypatch.setenv("PATH", os.environ["PATH"] + ":" + str(pathlib.Path(pypandoc.get_pandoc_path()).parent))


def test_latex_holds_every_drawing_without_inkscape(executed, pandoc):
    """Each drawing brings a PNG, so that nothing has to be made of its SVG."""
    settings = Config({"SVG2PDFPreprocessor": {"enabled": False}})
    text, resources = LatexExporter(config=settings).from_notebook_node(executed)
    named = re.findall(r"\\adjustimage\{[^}]*\}\{(?:\{\})?([^}]*)\}", text)
    named = [name for name in named if "output" in name] or re.findall(r"\{(output_[^}]*\.png)\}", text)
    assert len(named) == drawings(executed)
    assert all(resources["outputs"][name].startswith(b"\x89PNG") for name in named)
    assert first_model(executed) in text and r"\section{A title}" in text


def test_a_script_gives_what_the_notebook_gave(executed, client, tmp_path):
    text, resources = ScriptExporter().from_notebook_node(executed)
    script = tmp_path / ("script" + resources["output_extension"])
    script.write_text(text)
    reply, outputs = run(client, f"%run '{script}'", timeout=120)
    assert reply["status"] == "ok", reply
    shown = "\n".join(
        content["data"].get("text/plain", "") for kind, content in outputs if kind in ("display_data", "execute_result")
    )
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type in ("display_data", "execute_result"):
                assert output.data["text/plain"] in shown
    assert text_of(outputs).endswith(f"The first is {first_model(executed)}.\n")


def test_jupytext_there_and_back(executed, tmp_path):
    pytest.importorskip("jupytext", reason="jupytext is not installed.")
    before, text, after = (tmp_path / name for name in ("before.ipynb", "text.md", "after.ipynb"))
    nbformat.write(executed, before)
    for arguments in (["--to", "myst", before, "-o", text], ["--to", "ipynb", text, "-o", after]):
        subprocess.run([sys.executable, "-m", "jupytext", *map(str, arguments)], check=True, capture_output=True)
    again = nbformat.read(after, 4)
    assert [(cell.cell_type, cell.source) for cell in again.cells] == [
        (cell.cell_type, cell.source) for cell in executed.cells
    ]
    assert again.metadata.kernelspec.name == KERNEL
    nbclient.NotebookClient(again, kernel_name=KERNEL, timeout=120).execute()
    assert first_model(again) == first_model(executed)


def test_voila_runs_a_notebook(executed, tmp_path):
    """Its page holds what the cells give; what it asks of other machines is a look."""
    pytest.importorskip("voila", reason="voila is not installed.")
    nbformat.write(executed, tmp_path / "page.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(tmp_path / "log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "voila", str(tmp_path / "page.ipynb"), "--no-browser", f"--port={port}"],
            stdout=log, stderr=log, cwd=tmp_path,
        )
    try:
        page = None
        for _ in range(300):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=100).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert page and first_model(executed) in page
        assert "data:image/png" in page or "image/svg+xml" in page or "<svg" in page
    finally:
        server.terminate()
        server.wait(20)
