"""The language of the TransferGraph kernel's cells, for Pygments."""

from pygments.lexer import RegexLexer, bygroups, using
from pygments.lexers.sql import SqlLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Text, Whitespace


class TransferGraphLexer(RegexLexer):
    """Magics, options, texts, variables and comments; below `%%sql` the rest of the cell is SQL."""

    name = "TransferGraph"
    aliases = ["transfergraph"]
    filenames = ["*.tg"]
    mimetypes = ["text/x-transfergraph"]

    tokens = {
        "root": [
            (r"(%%sql)\b([^\n]*)(\n)((?:.|\n)*)", bygroups(Keyword, using(lambda **_: _Line()), Whitespace, using(SqlLexer))),
            (r"([ \t]*)(#[^\n]*)", bygroups(Whitespace, Comment.Single)),
            (r"([ \t]*)([^\W\d]\w*)([ \t]*)(=)", bygroups(Whitespace, Name.Variable, Whitespace, Operator), "command"),
            (r"[ \t]+", Whitespace),
            (r"\n", Whitespace),
            (r"", Text, "command"),
        ],
        "command": [
            (r"[ \t]+", Whitespace),
            (r"(%%?[^\W\d][\w-]*)", Keyword, "words"),
            (r"(?=[\"'$\n-]|[\d.])", Text, "words"),
            (r"[^\W\d][\w-]*\??", Keyword, "words"),
            (r"", Text, "words"),
        ],
        "words": [
            (r"\\\n", String.Escape),
            (r"\n", Whitespace, "#pop:2"),
            (r"[ \t]+", Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r"'[^']*'", String.Single),
            (r'"', String.Double, "double"),
            (r"\\.", String.Escape),
            (r"\$\{\w+\}|\$\w+", Name.Variable),
            (r"--[\w-]+", Name.Attribute),
            (r"-[A-Za-z]\b", Name.Attribute),
            (r"=", Operator),
            (r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?=[\s,]|$)", Number),
            (r"[^\s'\"$#=\\]+", Text),
            (r".", Text),
        ],
        "double": [
            (r'"', String.Double, "#pop"),
            (r"\$\{\w+\}|\$\w+", Name.Variable),
            (r"\\.", String.Escape),
            (r'[^"\\$]+', String.Double),
            (r".", String.Double),
        ],
    }


class _Line(RegexLexer):
    """What stands behind a cell magic's name, on its line."""

    tokens = {"root": [(r"--[\w-]+", Name.Attribute), (r"[^\n]", Text)]}
