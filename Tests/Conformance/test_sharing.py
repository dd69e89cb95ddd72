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


@pytest.fixture(scope="module")
def report(tmp_path_factory, tgkernel_path):
    """A report on a dataset with results of one's own, within limits."""
    directory = tmp_path_factory.mktemp("report")
    (directory / "report.tg").write_text(
        "%zoo load words\n%dataset add mine --like iberian,romance-plain --metric accuracy\n"
        "%result add mine bag-64x2-n4/europe-2500 0.61\n"
        '%report --target mine --where "parameters < 20e3" --out report.html\n'
        '%report --target mine --where "parameters < 20e3" --out report.pdf\n'
        "%evaluate --method history\n"
    )
    subprocess.run([tgkernel_path, "run", "report.tg"], cwd=directory, check=True, capture_output=True)
    return directory / "report.html"


@pytest.fixture(scope="module")
def tgkernel_path():
    from jupyter_client.kernelspec import get_kernel_spec

    started = pathlib.Path(get_kernel_spec(KERNEL).argv[0])
    return (started.parent / "program").read_text().strip() if started.name == "launch" else str(started)


def test_a_report_fits_a_phone_and_a_page_and_asks_for_nothing(report):
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("Chromium and its driver are not installed.")
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.binary_location = shutil.which("chromium")
    browser = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    )
    # Whatever is wider than its place is cut, or has to be scrolled.
    wide = (
        "return [...document.querySelectorAll('body, body *')].filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1"
        " && !e.closest('svg')).map(e => e.tagName + ' ' + e.textContent.slice(0, 60))"
    )
    try:
        for media, width in (("screen", 390), ("screen", 360), ("screen", 794), ("screen", 980), ("screen", 1400), ("print", 688)):
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media})
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
            )
            browser.get(report.as_uri())
            browser.execute_script("document.querySelectorAll('details').forEach(e => e.open = true)")
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width
            assert browser.execute_script(wide) == []
        assert not browser.get_log("browser")
        asked = [entry["message"] for entry in browser.get_log("performance") if "requestWillBeSent\"" in entry["message"]]
        assert asked and all('"url":"file:///' in message for message in asked)
    finally:
        browser.quit()


def test_a_table_that_goes_on_has_its_heads_on_each_page(report):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed.")
    text = subprocess.run(
        ["pdftotext", "-layout", report.with_suffix(".pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    for page in text.split("\f"):
        rows = [line for line in page.splitlines() if re.match(r" *(auto|history|logme) +[a-z-]+(-[0-9]+)? +[0-9.,]+ ", line)]
        assert not rows or "target" in page, page
    assert not re.search(r"[\[( ]-$", text, re.M)
