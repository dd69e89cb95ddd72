"""Cells are coloured: by a CodeMirror mode that every front end has, and by the Pygments lexer of integrations/pygments."""

import nbformat
import pytest
from nbconvert import HTMLExporter
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, String
from test_clients import notebook

CELL = "# a comment\n%zoo load 'a zoo' --as small\nx = %predict --target \"the $name\" --top 5\n"


def tokens(text, kind):
    return [value for token, value in get_lexer_by_name("transfergraph").get_tokens(text) if token in kind]


def test_pygments_knows_the_language():
    assert tokens(CELL, Keyword) == ["%zoo", "%predict"]
    assert tokens(CELL, Comment) == ["# a comment"]
    assert tokens(CELL, Name.Attribute) == ["--as", "--target", "--top"]
    assert tokens(CELL, Name.Variable) == ["x", "$name"]
    assert "'a zoo'" in tokens(CELL, String)
    assert "".join(value for _, value in get_lexer_by_name("transfergraph").get_tokens(CELL)) == CELL
    sql = "%%sql --rows 5\nselect model from records -- all of them\n"
    assert tokens(sql, Keyword) == ["%%sql", "select", "from"]
    assert "".join(value for _, value in get_lexer_by_name("transfergraph").get_tokens(sql)) == sql


@pytest.mark.parametrize("text", ["", "\n", "x = ", "'", '"', "$", "\\", "%%sql", "%%sql\n", "%", "-", "--", "a'b\"c$", "\t# \n%x"])
def test_pygments_takes_every_text(text):
    found = "".join(value for _, value in get_lexer_by_name("transfergraph").get_tokens(text))
    assert found.strip() == text.strip()


def test_what_the_kernel_says_of_its_language(client):
    client.kernel_info()
    info = client.get_shell_msg(timeout=20)["content"]["language_info"]
    assert info["pygments_lexer"] == "transfergraph"
    assert info["codemirror_mode"] == "shell"


def test_nbconvert_colours(client):
    book = notebook(CELL)
    book.metadata["language_info"] = {"name": "transfergraph", "pygments_lexer": "transfergraph"}
    html, _ = HTMLExporter().from_notebook_node(nbformat.from_dict(book))
    assert '<span class="c1"># a comment</span>' in html and '<span class="na">--as</span>' in html
