"""Papermill's parameters in the language of the TransferGraph kernel: `name = "value"`, used as `$name`."""

import json
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

WORD = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[-+.\d][\w.+-]*|true|false|True|False|None|null)"""
ASSIGNMENT = re.compile(
    rf"^[ \t]*(?P<name>[^\W\d]\w*)[ \t]*=[ \t]*(?P<value>{WORD}(?:[ \t]+{WORD})*)[ \t]*(?:#[ \t]*(?P<help>.*))?$",
    re.MULTILINE,
)


class TransferGraphTranslator(Translator):
    """Every value is a text there, so every value is written as one, and a list as several."""

    @classmethod
    def translate_escaped_str(cls, str_val):
        escaped = str(str_val).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
        return f'"{escaped}"'

    @classmethod
    def translate_raw_str(cls, val):
        return cls.translate_escaped_str(val)

    @classmethod
    def translate_none(cls, val):
        return '""'

    @classmethod
    def translate_bool(cls, val):
        return '"true"' if val else '"false"'

    @classmethod
    def translate_list(cls, val):
        """As many texts: behind an option, `--method $name`, each of them is one."""
        return " ".join(
            cls.translate_dict(item) if isinstance(item, (dict, list)) else cls.translate(item) for item in val
        ) or '""'

    @classmethod
    def translate_dict(cls, val):
        """JSON, as one text."""
        return cls.translate_escaped_str(json.dumps(val, ensure_ascii=False, default=str))

    @classmethod
    def comment(cls, cmt_str):
        return f"# {cmt_str}"

    @classmethod
    def inspect(cls, parameters_cell):
        """The texts and numbers that the cell assigns; what stands behind them as a comment is their help."""
        return [
            Parameter(found["name"], cls.kind(found["value"]), found["value"], found["help"] or "")
            for found in ASSIGNMENT.finditer(parameters_cell["source"])
        ]

    @staticmethod
    def kind(value):
        return "str" if re.fullmatch(WORD, value) else "list"


class TransferGraphEngine(NBClientEngine):
    """Papermill's usual engine, under a name by which this module is found."""


papermill_translators.register("transfergraph", TransferGraphTranslator)
