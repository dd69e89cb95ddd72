"""Sphinx's settings; script/support/site/build.py gathers the sources."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "integrations" / "pygments"))

project = "TransferGraph for Jupyter"
version = release = re.search(
    r'version = "([^"]+)"', (ROOT / "Sources/TGMagics/Session/InterpreterInfo+TransferGraph.swift").read_text()
)[1]
extensions = ["myst_nb", "sphinx_copybutton"]
exclude_patterns = []
html_theme = "furo"
html_title = f"TransferGraph {version}"
html_logo = html_favicon = str(ROOT / "kernelspec" / "logo-svg.svg")
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = html_copy_source = False
html_show_sphinx = False
nitpicky = True
# Notebooks are committed as they were executed; pages were run before they came here.
nb_execution_mode = "off"
nb_merge_streams = True
# Widgets need a kernel, and their scripts would come from elsewhere.
nb_ipywidgets_js = {}
nb_mime_priority_overrides = [("html", "image/svg+xml", 5), ("html", "text/html", 10)]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
# Pygments knows neither all of Swift nor the tracebacks of a kernel that is not Python's.
suppress_warnings = ["mystnb.unknown_mime_type", "misc.highlighting_failure"]
copybutton_exclude = ".linenos, .gp"


def setup(app):
    from pygments.lexers.special import TextLexer
    from transfergraph_pygments import TransferGraphLexer

    app.add_lexer("csv", TextLexer)
    app.add_lexer("transfergraph", TransferGraphLexer)
