"""JupyterLab and Notebook 7 in a headless Chromium: what a person does, clicked and typed."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from conftest import FAILED, KERNEL, ROOT
from test_clients import notebook

webdriver = pytest.importorskip("selenium.webdriver")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

SCREENSHOTS = ROOT / "build" / "screenshots"

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")),
    reason="Chromium and its driver are not installed (apt-get install chromium chromium-driver).",
)


class Address(str):
    """A server's address, with the directory that it serves."""

    directory: pathlib.Path


@pytest.fixture(scope="module")
def server(tmp_path_factory, long_work):
    """A Jupyter server with JupyterLab and Notebook 7 on a directory with one notebook."""
    directory = tmp_path_factory.mktemp("browser")
    book = notebook(long_work[0], "%models", long_work[1], "%graph show --around dataset1", "%lsm", "%zoo")
    nbformat.write(book, directory / "book.ipynb")
    nbformat.write(notebook(*long_work), directory / "long.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "TRANSFERGRAPH_HISTORY": str(directory / "history.sqlite")}
    environment |= {name: str(directory / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    with open(directory / "server.log", "w") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
                "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True",
                "--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True",
                "--LabApp.news_url=None", f"--ServerApp.root_dir={directory}",
            ],
            env=environment, stdout=log, stderr=log,
        )
    url = Address(f"http://127.0.0.1:{port}")
    url.directory = directory
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/api").close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(20)


@pytest.fixture
def browser(request):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.binary_location = shutil.which("chromium")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_script_timeout(120)
    yield driver
    if request.node.stash.get(FAILED, False):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for number, handle in enumerate(driver.window_handles):
            driver.switch_to.window(handle)
            driver.save_screenshot(str(SCREENSHOTS / f"{request.node.name}-{number}.png"))
    driver.quit()


def wait(browser, condition, message, timeout=60):
    return WebDriverWait(browser, timeout, 0.1).until(lambda _: condition(), message)


def command(browser, name, arguments=None):
    """Runs one of the page's commands, as its menu would, without waiting for its end."""
    browser.execute_script("window.jupyterapp.commands.execute(arguments[0], arguments[1])", name, arguments or {})


def kernel_status(browser):
    return browser.execute_script(
        "const w = window.jupyterapp.shell.currentWidget;"
        "return w && w.sessionContext && w.sessionContext.session && w.sessionContext.session.kernel"
        " ? w.sessionContext.session.kernel.status : null"
    )


def open_notebook(browser, address, needs_kernel=True):
    # Every tab believes to be the one in front.
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    browser.get(address)
    # Without the panels of an earlier visit, whose kernels would be taken for this one's.
    ready = (
        "const w = window.jupyterapp && window.jupyterapp.shell.currentWidget;"
        "return !!w && !!w.context && w.context.isReady && w.context.path === arguments[0]"
        " && w.sessionContext.isReady && w.content.widgets.length > 1"
    )
    name = address.split("/")[-1].split("?")[0]
    if not needs_kernel:
        ready = ready.replace(" && w.sessionContext.isReady", "")
    wait(browser, lambda: browser.execute_script(ready, name), "The page did not start.")
    if not needs_kernel:
        return
    wait(browser, lambda: kernel_status(browser) == "idle", "The kernel did not become idle.")
    # The widgets' manager asks on its own as soon as there is a kernel, and JupyterLab would take the end of its question
    # for the end of a cell that runs beside it.
    time.sleep(1)
    wait(browser, lambda: kernel_status(browser) == "idle", "The kernel did not stay idle.")


def find(browser, selector):
    return [element for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def cells(browser):
    return browser.execute_script(
        "return window.jupyterapp.shell.currentWidget.content.widgets.map(c => ({count: c.model.executionCount,"
        " outputs: c.model.outputs ? c.model.outputs.toJSON() : []}))"
    )


def select_cell(browser, index, at_end=True):
    browser.execute_script(
        "const n = window.jupyterapp.shell.currentWidget.content; n.activeCellIndex = arguments[0]; n.mode = 'edit';"
        "const e = n.activeCell.editor; e.focus(); const last = e.lineCount - 1;"
        "e.setCursorPosition({line: last, column: e.getLine(last).length})",
        index,
    )
    time.sleep(0.3)


@pytest.mark.parametrize("page", ["lab/tree", "notebooks"])
def test_run_all_shows_table_and_drawing_and_the_editor_helps(browser, server, page):
    open_notebook(browser, f"{server}/{page}/book.ipynb?reset")
    if page == "lab/tree":
        command(browser, "notebook:restart-clear-output")
        time.sleep(1)
        for dialog in find(browser, ".jp-Dialog .jp-mod-accept"):
            dialog.click()
    # The last two cells are there to be typed into.
    for index in range(4):
        browser.execute_script(
            "window.jupyterapp.shell.currentWidget.content.activeCellIndex = arguments[0];", index
        )
        command(browser, "notebook:run-cell")
        wait(browser, lambda: cells(browser)[index]["count"], f"Cell {index} did not end.")
        assert not [o for o in cells(browser)[index]["outputs"] if o["output_type"] == "error"]
    wait(browser, lambda: find(browser, ".jp-OutputArea-output table tr"), "There is no table.")
    wait(browser, lambda: find(browser, ".jp-OutputArea-output svg, .jp-OutputArea-output img"), "There is no drawing.")
    select_cell(browser, 4)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    wait(
        browser,
        lambda: browser.execute_script(
            "return window.jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.source"
        ).startswith("%lsmagic") or find(browser, ".jp-Completer-item"),
        "Tab completed nothing.",
    )
    select_cell(browser, 5)
    browser.switch_to.active_element.send_keys(Keys.SHIFT, Keys.TAB)
    wait(browser, lambda: find(browser, ".jp-Tooltip"), "Shift-Tab showed nothing.")
    assert "zoo" in find(browser, ".jp-Tooltip")[0].text


def test_progress_interrupt_and_restart(browser, server):
    open_notebook(browser, f"{server}/lab/tree/long.ipynb?reset")
    command(browser, "notebook:run-all-cells")
    wait(browser, lambda: kernel_status(browser) == "busy", "The kernel never became busy.")
    wait(browser, lambda: cells(browser)[2]["outputs"], "There is no progress to see.")
    shown = json.dumps(cells(browser)[2]["outputs"])
    wait(browser, lambda: json.dumps(cells(browser)[2]["outputs"]) != shown, "The progress does not move.")
    command(browser, "kernelmenu:interrupt")
    wait(browser, lambda: kernel_status(browser) == "idle", "The interrupt did not end the cell.", 15)
    wait(
        browser,
        lambda: [o for o in cells(browser)[2]["outputs"] if o.get("ename") == "KeyboardInterrupt"],
        "The interrupt is not shown.",
    )
    browser.execute_script("window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    wait(browser, lambda: kernel_status(browser) != "idle", "The kernel did not restart.", 10)
    wait(browser, lambda: kernel_status(browser) == "idle", "The kernel did not come back.", 30)
    browser.execute_script("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    command(browser, "notebook:run-cell")
    wait(browser, lambda: cells(browser)[0]["count"] == 1, "After the restart the count does not begin anew.")


def test_two_tabs_on_one_kernel(browser, server):
    open_notebook(browser, f"{server}/lab/tree/book.ipynb?reset")
    first = browser.current_window_handle
    browser.execute_script("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    command(browser, "notebook:run-cell")
    wait(browser, lambda: cells(browser)[0]["count"], "The cell did not end.")
    kernel = "return window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
    identifier = browser.execute_script(kernel)
    browser.switch_to.new_window("tab")
    open_notebook(browser, f"{server}/lab/workspaces/other/tree/book.ipynb?reset")
    assert browser.execute_script(kernel) == identifier
    browser.execute_script("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1")
    command(browser, "notebook:run-cell")
    wait(browser, lambda: find(browser, ".jp-OutputArea-output table tr"), "The second tab shows no table.")
    count = cells(browser)[1]["count"]
    browser.switch_to.window(first)
    browser.execute_script("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 2")
    command(browser, "notebook:run-cell")
    wait(browser, lambda: cells(browser)[2]["count"] == count + 1, "The first tab does not go on counting.")


def test_the_kernel_is_offered_with_its_logo(server):
    specs = json.load(urllib.request.urlopen(f"{server}/api/kernelspecs"))["kernelspecs"]
    assert specs[KERNEL]["spec"]["display_name"] == "TransferGraph"
    for logo in specs[KERNEL]["resources"].values():
        with urllib.request.urlopen(f"{server}{logo}") as picture:
            assert picture.status == 200 and picture.read()
    assert pathlib.Path(specs[KERNEL]["spec"]["argv"][0]).exists()
