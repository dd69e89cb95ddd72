"""Every notebook as people see it: in JupyterLab, light and dark, on a phone, and printed. The pictures are in build/pictures.

`script/test --pictures` takes them of all notebooks; elsewhere one is enough.
"""

import base64
import json
import os
import shutil

import nbformat
import pytest
from conftest import ROOT

pytest.importorskip("selenium.webdriver")
from nbconvert import HTMLExporter  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from test_browser import browser, open_notebook, pytestmark, server, wait  # noqa: E402,F401

PICTURES = ROOT / "build" / "pictures"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
if os.environ.get("TRANSFERGRAPH_PICTURES") != "all":
    NOTEBOOKS = [path for path in NOTEBOOKS if path.stem == "quickstart"]
# A picture of more rows than this is more than the browser draws.
TALLEST = 16_000

# What reaches beyond the box that it stands in, and cannot be scrolled to there: `[what, by how much]`.
CUT = """
const found = [];
for (const e of document.querySelectorAll(arguments[0] + ' :is(table, img, svg, pre, p, summary, h1, h2, h3)')) {
  if (!e.getClientRects().length || e.closest('.CodeMirror, .cm-editor, [hidden]')) continue;
  const box = e.getBoundingClientRect();
  let limit = document.documentElement.clientWidth, scrolls = false;
  for (let p = e.parentElement; p; p = p.parentElement) {
    const overflow = getComputedStyle(p).overflowX;
    if (['auto', 'scroll'].includes(overflow) && arguments[1]) { scrolls = true; break; }
    if (['auto', 'scroll', 'hidden', 'clip'].includes(overflow)) limit = Math.min(limit, p.getBoundingClientRect().right);
  }
  if (!scrolls && box.right > limit + 1) found.push([e.tagName + ' ' + e.textContent.trim().slice(0, 60), box.right - limit]);
}
return found;
"""


def emulate(browser, width, height):  # noqa: F811
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    )


def picture(browser, name):  # noqa: F811
    PICTURES.mkdir(parents=True, exist_ok=True)
    data = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})["data"]
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(data))


def asked_elsewhere(browser, own):  # noqa: F811
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith((*own, "data:", "blob:", "chrome:", "devtools:")):
                found.append(url)
    return found


def complaints(browser):  # noqa: F811
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_in_jupyterlab(browser, server, path, theme):  # noqa: F811
    settings = server.directory / "jupyter_config_dir" / "lab" / "user-settings" / "@jupyterlab"
    for name, value in (
        ("apputils-extension/themes", {"theme": f"JupyterLab {theme}"}),
        ("notebook-extension/tracker", {"windowingMode": "none", "kernelShutdown": True}),
    ):
        (settings / name).parent.mkdir(parents=True, exist_ok=True)
        (settings / f"{name}.jupyterlab-settings").write_text(json.dumps(value))
    shutil.copy(path, server.directory / path.name)
    emulate(browser, 1400, 1000)
    open_notebook(browser, f"{server}/lab/tree/{path.name}?reset", needs_kernel=False)
    browser.execute_script("window.jupyterapp.shell.collapseLeft()")
    inner = (
        "return Math.max(...[...document.querySelectorAll('.jp-Notebook, .jp-WindowedPanel-outer, .jp-WindowedPanel-inner')]"
        ".map(e => e.scrollHeight))"
    )
    count = len(nbformat.read(path, 4).cells)
    wait(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell")) == count, "Cells are missing.")
    # Outputs are there before Markdown is rendered.
    told = sum(cell.cell_type == "markdown" and bool(cell.source.strip()) for cell in nbformat.read(path, 4).cells)
    rendered = (
        "return [...document.querySelectorAll('.jp-Notebook .jp-MarkdownCell.jp-mod-rendered .jp-RenderedMarkdown')]"
        ".filter(e => e.textContent.trim()).length"
    )
    wait(browser, lambda: browser.execute_script(rendered) == told, "Markdown is not rendered.")
    loaded = "return [...document.querySelectorAll('.jp-Notebook img')].every(e => e.complete && e.naturalWidth)"
    wait(browser, lambda: browser.execute_script(loaded), "Pictures are missing.")
    emulate(browser, 1400, min(TALLEST, browser.execute_script(inner) + 160))
    wait(browser, lambda: browser.execute_script(
        "return document.querySelector('.jp-Notebook').getBoundingClientRect().height") > 500, "The page has no height.")
    picture(browser, f"{path.stem}-{theme.lower()}")
    dark = browser.execute_script("return document.body.dataset.jpThemeLight")
    assert dark == ("false" if theme == "Dark" else "true")
    assert not browser.execute_script(CUT, ".jp-Notebook", False)
    assert not complaints(browser)
    assert not asked_elsewhere(browser, (server, server.replace("http", "ws")))


def page_of(path, folder):
    """The notebook as one page of HTML, without the scripts that nbconvert's own template fetches."""
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    page = folder / f"{path.stem}.html"
    page.write_text(exporter.from_filename(str(path))[0], encoding="utf-8")
    return page


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_on_a_phone(browser, path, tmp_path):  # noqa: F811
    emulate(browser, 390, 844)
    browser.get(page_of(path, tmp_path).as_uri())
    height = browser.execute_script("return document.documentElement.scrollHeight")
    emulate(browser, 390, min(TALLEST, height))
    picture(browser, f"{path.stem}-phone")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    assert not browser.execute_script(CUT, "body", True)
    assert not complaints(browser)
    assert not asked_elsewhere(browser, ("file:",))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_printed(browser, path, tmp_path):  # noqa: F811
    """On A4 in landscape at 80 %, as the documentation says: nbconvert's page shrinks neither drawings nor tables."""
    scale = 0.8
    emulate(browser, int(1045 / scale), 1000)  # A4 less its margins, in CSS's pixels.
    browser.get(page_of(path, tmp_path).as_uri())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    cut = browser.execute_script(CUT, "body", False)
    options = {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True, "scale": scale, "landscape": True}
    printed = browser.execute_cdp_cmd("Page.printToPDF", options)["data"]
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{path.stem}.pdf").write_bytes(base64.b64decode(printed))
    assert not cut
