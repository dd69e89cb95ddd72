"""Pages whose code is run: cells by the kernel, shell lines by a shell, in a folder of the page's own.

A comment in the line above a block says what is done with it:

    <!-- file: NAME -->      it is the content of this file
    <!-- error -->           it is meant to fail
    <!-- not run: REASON --> it is only shown
"""

import collections
import pathlib
import re
import tempfile

import nbformat
from kernel import Kernel, shell

BLOCK = re.compile(r"(?:^<!-- (?P<order>[^>]*?) -->\n)?^```(?P<language>[\w-]*)\n(?P<code>.*?)^```$\n?", re.M | re.S)


def is_run(text):
    blocks = list(BLOCK.finditer(text))
    return any(block["language"] == "transfergraph" or (block["order"] or "").startswith("not run: ") for block in blocks)


def run(text, name):
    """The page as a notebook with the outputs of its cells, and how many blocks of which kind were run."""
    counts = collections.Counter()
    cells, words, end = [], "", 0
    with tempfile.TemporaryDirectory() as folder, Kernel(folder) as kernel:
        for block in BLOCK.finditer(text):
            words += text[end : block.start()]
            end = block.end()
            language, order, code = block["language"], block["order"] or "", block["code"]
            where = f"{name}, line {text[: block.start('code')].count(chr(10)) + 1}"
            shown = f"```{language}\n{code}```\n"
            if order.startswith("not run: "):
                counts["only shown"] += 1
                words += shown
            elif order.startswith("file: "):
                file = pathlib.Path(folder, order[6:])
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(code, encoding="utf-8")
                counts["files"] += 1
                words += f"```{{code-block}} {language or 'text'}\n:caption: {order[6:]}\n{code}```\n"
            elif language == "transfergraph":
                outputs, error = kernel.run(code.rstrip("\n"))
                if bool(error) != (order == "error"):
                    raise SystemExit(f"{where}: {error['ename'] + ': ' + error['evalue'] if error else 'no error'}")
                counts["cells"] += 1
                cells += [nbformat.v4.new_markdown_cell(words), nbformat.v4.new_code_cell(code.rstrip("\n"), outputs=outputs)]
                words = ""
            elif language == "sh":
                status, said = shell(code, folder)
                if bool(status) != (order == "error"):
                    raise SystemExit(f"{where}: exit status {status}\n{said}")
                counts["shell blocks"] += 1
                words += shown
            else:
                words += shown
    cells.append(nbformat.v4.new_markdown_cell(words + text[end:]))
    book = nbformat.v4.new_notebook(cells=[cell for cell in cells if cell.source.strip()])
    book.metadata["kernelspec"] = {"name": "transfergraph", "display_name": "TransferGraph", "language": "transfergraph"}
    book.metadata["language_info"] = {"name": "transfergraph", "pygments_lexer": "transfergraph"}
    return book, counts
