"""Builds the documentation site; called by script/docs.

usage: build.py OUTPUT
"""

import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import nbformat

import check
import pages
import reference
from kernel import ROOT

LINK = re.compile(r"(?<!\\)\]\((?!\w+:|#)([^)\s#]+)(#[^)\s]*)?\)")
HERE = pathlib.Path(__file__).parent


def gathered():
    """Each source of the site by its place there, with its own place in the repository."""
    found = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        found[path.relative_to(ROOT / "docs")] = path
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        found[pathlib.Path("notebooks") / path.name] = path
    for path in sorted((ROOT / "Sources/Core/Zoos").glob("*/README.md")):
        found[pathlib.Path("reference/zoos") / f"{path.parent.name}.md"] = path
    for name in ("CHANGELOG.md", "CONTRIBUTING.md"):
        found[pathlib.Path(name.lower())] = ROOT / name
    return found


def main():
    output = pathlib.Path(sys.argv[1]).resolve()
    start = time.monotonic()
    staging = ROOT / "build/site-source"
    shutil.rmtree(staging, ignore_errors=True)
    sources = gathered()
    places = {source: place for place, source in sources.items()}
    texts = {place: source.read_text() for place, source in sources.items() if place.suffix == ".md"}
    executed = {place for place, text in texts.items() if pages.is_run(text)}

    def linked(text, place, source):
        """The text with its links as they are in the site: one to a file that the site lacks becomes plain text."""

        def replace(match):
            target = (source.parent / match[1]).resolve()
            if target in places:
                there = places[target]
            elif target.parent == ROOT / "docs/images":
                there = target.relative_to(ROOT / "docs")
            elif target.suffix == ".md" and target.is_relative_to(ROOT / "docs/reference") and not target.exists():
                there = target.relative_to(ROOT / "docs")  # The reference, which is made; Sphinx tells what is not.
            elif target.exists():
                return "]()"
            else:
                raise SystemExit(f"{source}: there is no {match[1]}")
            if there in executed:
                there = there.with_suffix(".ipynb")
            return f"]({os.path.relpath(there, place.parent)}{match[2] or ''})"

        text = LINK.sub(replace, text)
        return re.sub(r"\[([^\]]*)\]\(\)", r"\1", text)

    counts = collections.Counter()
    for place, source in sources.items():
        target = staging / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if place in executed:
            text = linked(texts[place], place, source)
            book, more = pages.run(text, str(source.relative_to(ROOT)))
            counts += more
            nbformat.write(book, target.with_suffix(".ipynb"))
            print(f"  {source.relative_to(ROOT)}: {sum(more.values())} blocks")
        elif place.suffix == ".md":
            target.write_text(linked(texts[place], place, source))
        else:
            book = nbformat.read(source, as_version=4)
            for cell in book.cells:
                if cell.cell_type == "markdown":
                    cell.source = linked(cell.source, place, source)
            nbformat.write(book, target)
    work = ROOT / "build/site-work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    shutil.copytree(ROOT / "docs/images", staging / "images")
    counts += collections.Counter(reference.write(staging / "reference", work))
    for made in [*(staging / "reference").glob("*.md"), *(staging / "reference/commands").glob("*.md")]:
        place = made.relative_to(staging)
        if place not in sources:
            made.write_text(linked(made.read_text(), place, ROOT / "docs" / place))
    shutil.rmtree(output, ignore_errors=True)
    log = ROOT / "build/site.log"
    with log.open("w") as file:
        status = subprocess.run(
            [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-n", "-q", "-c", HERE, staging, output],
            stderr=subprocess.STDOUT, stdout=file,
        ).returncode
    if status:
        raise SystemExit(log.read_text()[-6000:] + f"\nThe site was not built; {log} has it all.")
    shutil.rmtree(output / ".doctrees", ignore_errors=True)
    number, problems = check.problems(output)
    if problems:
        raise SystemExit("\n".join(problems[:40]) + f"\n{len(problems)} problems")
    print(f"{output}/index.html: {number} pages in {time.monotonic() - start:.0f} s; run and made: "
          + ", ".join(f"{count} {what}" for what, count in counts.items()))


main()
