"""Drawings reach readers that trust nothing: a fresh JupyterLab and Notebook 7 show a picture for each of them."""

import base64
import struct
import subprocess
import sys
import zlib

import nbformat
import pytest
from conftest import ROOT, run
from test_clients import notebook

pytest.importorskip("selenium.webdriver")
from test_browser import browser, open_notebook, pytestmark, server, wait  # noqa: E402,F401

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CELLS = [
    "%zoo load words", "%chart results", "%chart distances --interactive", "%graph build --target iberian", "%graph show",
    "%recommend iberian --top 4 --method auto", "%evaluate --method logme --target iberian --target celtic",
]


def executed(client, cells):
    book = notebook(*cells)
    for cell in book.cells:
        reply, outputs = run(client, cell.source, timeout=180)
        assert reply["status"] == "ok", cell.source
        cell.outputs = [
            nbformat.v4.output_from_msg({"msg_type": kind, "content": content, "header": {"msg_type": kind}})
            for kind, content in outputs if kind in ("display_data", "execute_result")
        ]
    return book


def drawings(book):
    return [
        output for cell in book.cells for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]


def decoded(png):
    """An indexed PNG's width, height and pixels as (red, green, blue, alpha), each chunk's checksum held."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, chunks = 8, {}
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place:place + 8])
        data = png[place + 8:place + 8 + length]
        assert struct.unpack(">I", png[place + 8 + length:place + 12 + length])[0] == zlib.crc32(name + data)
        chunks[name] = data
        place += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 3)
    palette = [
        (*chunks[b"PLTE"][3 * i:3 * i + 3], alpha) for i, alpha in enumerate(chunks[b"tRNS"])
    ]
    raw = zlib.decompress(chunks[b"IDAT"])
    rows = [raw[row * (width + 1):(row + 1) * (width + 1)] for row in range(height)]
    assert all(row[0] == 0 for row in rows)
    return width, height, [[palette[index] for index in row[1:]] for row in rows]


def test_pictures_hold_what_is_drawn_on_no_ground(client):
    book = executed(client, CELLS)
    found = drawings(book)
    assert len(found) == 8
    for output in found:
        size = output.metadata["image/png"]
        width, height, rows = decoded(base64.b64decode(output.data["image/png"]))
        assert (width, height) == (2 * size["width"], 2 * size["height"]) and size["alt"]
        pixels = [pixel for row in rows for pixel in row]
        clear = sum(pixel[3] == 0 for pixel in pixels) / len(pixels)
        assert 0.3 < clear < 0.995, clear
        # The outermost pixels are empty: nothing is cut off.
        edge = rows[0] + rows[-1] + [row[0] for row in rows] + [row[-1] for row in rows]
        assert all(pixel[3] == 0 for pixel in edge)


@pytest.mark.parametrize("page", ["lab/tree", "notebooks"])
def test_an_untrusted_notebook_shows_every_drawing(browser, server, client, page, tmp_path):  # noqa: F811
    made = executed(client, [cell.replace(" --interactive", "") for cell in CELLS])
    books = {"made.ipynb": made} | {path.name: nbformat.read(path, 4) for path in NOTEBOOKS}
    for name, book in books.items():
        for cell in book.cells:
            cell.metadata.pop("trusted", None)
        # Notebooks written before drawings had PNGs show none; see the notebooks' own test.
        expected = sum("image/png" in output["data"] for output in drawings(book))
        if not expected:
            continue
        nbformat.write(book, server.directory / name)
        open_notebook(browser, f"{server}/{page}/{name}?reset", needs_kernel=False)
        count = (
            "document.querySelectorAll('.jp-WindowedPanel-outer').forEach(e => e.scrollTop += 700);"
            "const w = window.jupyterapp.shell.currentWidget; const seen = window.seen = window.seen || new Set();"
            "w.content.widgets.forEach((c, i) => c.node.querySelectorAll('.jp-OutputArea-output img').forEach((e, j) => {"
            "if (e.naturalWidth > 100) seen.add(arguments[0] + i + '/' + j)}));"
            "return [...seen].filter(e => e.startsWith(arguments[0])).length"
        )
        wait(browser, lambda: browser.execute_script(count, name) == expected, f"{name} shows too few pictures", 90)


def test_jupyterlab_draws_an_interactive_chart_itself(browser, server, client):  # noqa: F811
    book = executed(client, [CELLS[0], "%chart results --interactive", "%evaluate --method logme --interactive"])
    nbformat.write(book, server.directory / "interactive.ipynb")
    open_notebook(browser, f"{server}/lab/tree/interactive.ipynb?reset", needs_kernel=False)
    script = "return document.querySelectorAll('.vega-embed canvas, .vega-embed svg').length"
    wait(browser, lambda: browser.execute_script(script) >= 4, "Vega draws nothing.", 90)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_is_small(path):
    assert path.stat().st_size < 3_000_000


def test_without_fonts_a_drawing_is_still_one(tmp_path, tgkernel, monkeypatch):
    configuration = tmp_path / "fonts.conf"
    configuration.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    script = tmp_path / "draw.tg"
    script.write_text(f"%zoo load words\ng = %graph show\n%export g {tmp_path}/g.png\n")
    done = subprocess.run([tgkernel, "run", str(script)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-500:]
    assert decoded((tmp_path / "g.png").read_bytes())[0] == 1680
