"""The reference, from what the kernel says of itself: its commands' declarations, its tables, its values.

What a declaration does not say (what a column means, say) stands in `docs/reference/words.json`; a name that is missing
there, or that the kernel does not have, ends the build.
"""

import json
import re

import numpy as np

from kernel import ROOT, Kernel

WORDS = json.loads((ROOT / "docs/reference/words.json").read_text())


def code(text):
    return "`" + text.replace("|", "\\|") + "`"


def plain(text):
    """Text as Markdown that shows it as it is, in one cell of a table."""
    return re.sub(r"([\\`*_{}\[\]<>#|$])", r"\\\1", text or "").replace("\n", " ")


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def words(kind, names):
    """What is said of each name of a kind: of all of them and of no others."""
    known = WORDS[kind]
    missing, further = [n for n in names if n not in known], [n for n in known if n not in names]
    if missing or further:
        raise SystemExit(f"docs/reference/words.json, {kind}: it lacks {missing}, and there is no {further}.")
    return known


PLACES = {"line": "a line (`%{0}`)", "cell": "a whole cell (`%%{0}`)", "terminal": "the terminal (`tgkernel {0}`)"}


def command_text(help, kernel, level):
    name = help["name"]
    sign = "%%" if help["places"] and "line" not in help["places"] else "%"
    text = [f"{'#' * level} {sign}{name}\n"]
    text.append(plain(help["abstract"]) + "\n")
    text.append(f"```text\n{help['usage']}\n```\n")
    places = [PLACES[place].format(name) for place in help["places"]]
    text.append("Where: " + ", ".join(places) + ".\n")
    if help["parameters"]:
        text.append(table(["option", "what it does"], [[code(p["form"]), plain(p["text"])] for p in help["parameters"]]))
    if help["discussion"]:
        text.append(f"```text\n{help['discussion']}\n```\n")
    for subcommand in help["subcommands"]:
        text.append(command_text(kernel.json(f"%help {name} {subcommand}")[0], kernel, level + 1))
    return "\n".join(text)


def commands(kernel, folder):
    names = [row[0].split()[0].lstrip("%") for row in kernel.json("%lsmagic")[0]["rows"]]
    rows = []
    for name in sorted(set(names)):
        help = kernel.json(f"%help {name}")[0]
        (folder / f"{name}.md").write_text(command_text(help, kernel, 1))
        sign = "%" if "line" in help["places"] else "%%"
        rows.append([f"[`{sign}{name}`]({name}.md)", plain(help["abstract"]), "yes" if "terminal" in help["places"] else ""])
    listing = "\n".join(sorted(set(names)))
    (folder / "index.md").write_text(
        "# Commands\n\nEvery command of a notebook, as `%help` knows it. One that the terminal has too is a subcommand of"
        " `tgkernel` with the same options; see [In scripts and terminals](../../how-to/terminal.md).\n\n"
        + table(["command", "what it does", "in the terminal"], rows)
        + f"\n```{{toctree}}\n:hidden:\n\n{listing}\n```\n")
    return len(rows)


def methods(kernel, path):
    rows = kernel.json("%zoo load words\n%methods")[-1]["rows"]
    scores = WORDS["scores"]
    path.write_text(
        "# Methods\n\n`--method` of `%predict`, `%recommend`, `%evaluate` and `%simulate` takes these names, with the zoo"
        " `words`; `%methods` lists those of yours. A transferability score is a method where the zoo holds values of it."
        " [What each is worth](../auto.md) is measured, and `%evaluate` measures it on your zoo.\n\n"
        + table(["method", "what it predicts by"], [[code(name), plain(what)] for name, what in rows])
        + "\n## Transferability scores\n\n`%score` computes them from a matrix of features: "
        + ", ".join(code(name) for name in score_names(kernel)) + f". {scores}\n")


def score_names(kernel):
    first = next(p["text"] for p in kernel.json("%help score")[0]["parameters"] if p["form"] == "<score>")
    return [name for name in re.search(r"one of ([^)]*)\)", first)[1].split(", ") if name != "all"]


def sql(kernel, path):
    kernel.json("%%zoo one\nmodel,dataset,score\na,x,0.5\nb,x,0.75")
    names = [row[0] for row in kernel.json("%%sql\nselect name from sqlite_master where type = 'table'")[0]["rows"]]
    text = [
        "# SQL tables\n\n`%%sql`, `tgkernel sql` and `--where` ask SQLite over these tables. `models`, `datasets` and `records`"
        " hold every further column of the zoo's files too. Yes and no are 1 and 0. `has(column, 'x')` says whether a set, written"
        " with `;`, holds `x`. [How to ask](../how-to/sql.md).\n"
    ]
    said = words("tables", names)
    for name in names:
        rows = kernel.json(f"%%sql\npragma table_info({name})")[0]
        place = {column: index for index, column in enumerate(column_names(rows))}
        columns = [(row[place["name"]], row[place["type"]]) for row in rows["rows"]]
        meaning = words(f"columns of {name}", [column for column, _ in columns])
        text.append(f"## {name}\n\n{said[name]}\n")
        text.append(table(["column", "type", "what it is"], [[code(c), t.lower(), meaning[c]] for c, t in columns]))
    path.write_text("\n".join(text))
    return len(names)


def column_names(value):
    return [column if isinstance(column, str) else column["name"] for column in value["columns"]]


EXAMPLES = [
    "%zoo load words", "%zoo info", "%models --rows 2", "%graph build --target iberian", "%walk iberian --length 4 --seed 1",
    "%embed node2vec --dimension 8", "%neighbours iberian --top 2", "%predict --target iberian --method logme --top 2",
    "%evaluate --method logme --target iberian --target celtic", "%evaluate --method logme --history-ratio 1,0.5",
    "%recommend iberian --top 2", "%help who", "%simulate --target iberian --runs 2",
    "%dataset add mine --like iberian,celtic", "%recommend mine --top 2",
]


def shape(value, depth=0):
    """A value's kind in words, and what it is made of."""
    if isinstance(value, dict):
        return "object" + (f" of {', '.join(code(key) for key in value)}" if depth and len(value) <= 12 else "")
    if isinstance(value, list):
        return f"array, each {shape(value[0], depth + 1)}" if value else "array"
    if value is None:
        return "null where there is none"
    return {bool: "true or false", int: "whole number", float: "number", str: "text"}[type(value)]


def json_kinds(kernel, path, further):
    found = {}
    for cell in EXAMPLES + further:
        for value in kernel.json(cell):
            found.setdefault(value.get("kind"), (cell, value))
    declared = set()
    for source in (ROOT / "Sources").glob("*/Values/*.swift"):
        declared |= set(re.findall(r'^\s*(?:return \[)?"kind": "([a-z-]+)"', source.read_text(), re.M))
    said = words("json kinds", sorted(declared | set(found)))
    text = [
        "# JSON\n\nEvery value carries its numbers with every digit as `application/vnd.transfergraph+json`: in a notebook's"
        " outputs, through `--output-format json`, and through `%export NAME FILE.json`. It is one object, whose `kind` says"
        " what the rest is. A member that is not listed here may be added in any version; one that is listed changes its"
        " meaning only with the first number of the version ([CHANGELOG](../../CHANGELOG.md)).\n"
    ]
    for kind, what in said.items():
        text.append(f"## {kind}\n\n{what}\n")
        if kind in found:
            cell, value = found[kind]
            text.append(f"From {code(cell.splitlines()[-1])}:\n")
            text.append(table(["member", "what it holds"], [[code(key), shape(value[key])] for key in value]))
    path.write_text("\n".join(text))
    return len(said)


def environment(path):
    names = {"TRANSFERGRAPH_HISTORY"}  # Made of the kernel's name.
    for file in [*(ROOT / "Sources").rglob("*.swift"), *(ROOT / "Sources").rglob("*.c")]:
        names |= set(re.findall(r'"((?:TGKERNEL|TRANSFERGRAPH)_[A-Z_]+)"', file.read_text()))
    said = words("environment", sorted(names))
    path.write_text(
        "# Environment variables\n\nThe program needs none of them. A kernel takes them from the server that starts it; the"
        " kernelspec's `env` can set them.\n\n" + table(["variable", "what it does"], [[code(n), said[n]] for n in sorted(names)]))


def formats(kernel, path):
    """`docs/reference/formats.md` is written by hand; it tells of every value of `--format`."""
    form = next(p["text"] for p in kernel.json("%help zoo load")[0]["parameters"] if p["form"].startswith("--format"))
    names = re.search(r"one of ([^)]*)\)", form)[1].split(", ")
    told = re.findall(r"^\| `([a-z][a-z-]*)`", path.read_text(), re.M)
    if sorted(names) != sorted(told):
        raise SystemExit(f"docs/reference/formats.md tells of {told}, and --format takes {names}.")


def write(folder, work):
    (folder / "commands").mkdir(parents=True)
    np.save(work / "features.npy", np.random.default_rng(0).normal(size=(60, 4)))
    np.save(work / "labels.npy", np.arange(60) % 3)
    (work / "published.csv").write_text("method,target,pearson\nlogme,iberian,0.5\n")
    with Kernel(work) as kernel:
        formats(kernel, folder / "formats.md")
        counts = {"commands": commands(kernel, folder / "commands")}
        methods(kernel, folder / "methods.md")
        counts["kinds of JSON"] = json_kinds(kernel, folder / "json.md", WORDS["further examples"])
        counts["SQL tables"] = sql(kernel, folder / "sql.md")
        environment(folder / "environment.md")
    return counts
