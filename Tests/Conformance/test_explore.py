"""`%explore` in a browser: the front end's own widgets, moved by a person, and drawings that follow them."""

import pytest
from conftest import run

pytest.importorskip("selenium.webdriver")
pytest.importorskip("jupyterlab_widgets")
import nbformat  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select  # noqa: E402
from test_browser import (  # noqa: E402,F401
    browser, cells, command, find, kernel_status, open_notebook, pytestmark, server, wait,
)
from test_clients import notebook  # noqa: E402


def test_the_widgets_models_follow_the_protocol(client):
    opened = []
    reply, outputs = run(client, "%zoo load words\n%explore iberian", timeout=120)
    assert reply["status"] == "ok"
    opened = [content for kind, content in outputs if kind == "comm_open"]
    states = {content["comm_id"]: content["data"]["state"] for content in opened}
    assert all(content["target_name"] == "jupyter.widget" for content in opened)
    names = [state["_model_name"] for state in states.values()]
    assert names.count("DropdownModel") == 3 and names.count("FloatSliderModel") == 1 and names.count("IntSliderModel") == 1
    box = next(state for state in states.values() if state["_model_name"] == "VBoxModel")
    assert {child.removeprefix("IPY_MODEL_") for child in box["children"]} <= set(states)
    view = next(
        content["data"]["application/vnd.jupyter.widget-view+json"] for kind, content in outputs
        if kind == "display_data" and "application/vnd.jupyter.widget-view+json" in content["data"]
    )
    assert states[view["model_id"]] == box
    # A control is moved: the drawings' displays are replaced, each by its name.
    shown = {content["transient"].get("display_id") for kind, content in outputs if kind == "display_data"}
    models = next(key for key, state in states.items() if state["_model_name"] == "IntSliderModel")
    message = client.session.msg(
        "comm_msg", {"comm_id": models, "data": {"method": "update", "state": {"value": 2}, "buffer_paths": []}}
    )
    client.shell_channel.send(message)
    updates = []
    while True:
        answer = client.get_iopub_msg(timeout=60)
        if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            continue
        if answer["msg_type"] == "update_display_data":
            updates.append(answer["content"])
        if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
            break
    assert len(updates) == 5 and {update["transient"]["display_id"] for update in updates} <= shown
    assert next(iter(updates))["data"]["text/plain"].endswith(" · 2 models")
    table = next(u["data"]["application/vnd.transfergraph+json"] for u in updates if "text/html" in u["data"])
    assert len(table["rows"]) == 2
    # No number that a page may send is too large, and none ends the kernel.
    for control, state in states.items():
        for key in ("value", "index"):
            for number in (1e308, -1e308, 2**63, -(2**63), 1e19, "x", None, [1]):
                client.shell_channel.send(client.session.msg(
                    "comm_msg", {"comm_id": control, "data": {"method": "update", "state": {key: number}}}))
    client.shell_channel.send(client.session.msg(
        "comm_msg", {"comm_id": models, "data": {"method": "update", "state": {"value": 2}}}))
    assert run(client, "%echo still here", timeout=300)[0]["status"] == "ok"
    # What another page asks for is the state as it is now.
    message = client.session.msg("comm_msg", {"comm_id": models, "data": {"method": "request_state"}})
    client.shell_channel.send(message)
    while True:
        answer = client.get_iopub_msg(timeout=60)
        if answer["msg_type"] == "comm_msg" and answer["parent_header"]["msg_id"] == message["header"]["msg_id"]:
            assert answer["content"]["data"]["state"]["value"] == 2
            break


def test_a_person_moves_the_controls(browser, server):  # noqa: F811
    nbformat.write(notebook("%zoo load words", "%explore iberian"), server.directory / "explore.ipynb")
    open_notebook(browser, f"{server}/lab/tree/explore.ipynb?reset")
    for index in range(2):
        browser.execute_script("window.jupyterapp.shell.currentWidget.content.activeCellIndex = arguments[0];", index)
        command(browser, "notebook:run-cell")
        wait(browser, lambda: cells(browser)[index]["count"], f"Cell {index} did not end.", 90)
    wait(browser, lambda: len(find(browser, ".jupyter-widgets select")) == 3, "There are no controls.", 60)
    wait(browser, lambda: len(cells(browser)[1]["outputs"]) >= 6, "There are no drawings.")
    before = cells(browser)[1]["outputs"]
    Select(find(browser, ".jupyter-widgets select")[0]).select_by_visible_text("celtic")
    wait(
        browser, lambda: "celtic" in str(cells(browser)[1]["outputs"][-1]["data"]["text/plain"]),
        "The table does not follow.", 60,
    )
    pictures = lambda outputs: [o["data"]["image/png"] for o in outputs if "image/png" in o["data"]]  # noqa: E731
    assert pictures(before)
    wait(browser, lambda: pictures(cells(browser)[1]["outputs"]) != pictures(before), "The drawings do not follow.", 60)
    handle = find(browser, ".widget-readout")
    assert len(handle) == 2
    handle[1].click()
    handle[1].send_keys(Keys.CONTROL, "a")
    handle[1].send_keys("3", Keys.ENTER)
    rows = lambda: len(cells(browser)[1]["outputs"][-1]["data"]["application/vnd.transfergraph+json"]["rows"])  # noqa: E731
    wait(browser, lambda: rows() == 3, "The number of models does not follow.", 60)
    # The saved notebook shows what the controls were moved to last.
    last = cells(browser)[1]["outputs"]
    command(browser, "docmanager:save")
    saved = lambda: nbformat.read(server.directory / "explore.ipynb", 4).cells[1].outputs  # noqa: E731
    text = lambda output: "".join(output["data"].get("text/plain", ""))  # noqa: E731
    wait(browser, lambda: [text(o) for o in saved()] == [text(o) for o in last], "The notebook is not as it was last.")
    assert "celtic" in text(saved()[-1]) and text(saved()[1]).endswith(" · 3 models")
    assert "iberian" not in "".join(text(o) for o in saved()[:-1])
    assert not [o for o in cells(browser)[1]["outputs"] if o["output_type"] == "error"]
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE" and "widget" in entry["message"]]
