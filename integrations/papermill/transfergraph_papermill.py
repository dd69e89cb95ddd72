"""Papermill's parameters in the language of the TransferGraph kernel: `name = "value"`, used as `$name`."""

from papermill.engines import NBClientEngine
from papermill.translators import Translator, papermill_translators


class TransferGraphTranslator(Translator):
    """Every value is a text there, so every value is written as one."""

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
        return cls.translate_escaped_str(" ".join(map(str, val)))

    @classmethod
    def comment(cls, cmt_str):
        return f"# {cmt_str}"


class TransferGraphEngine(NBClientEngine):
    """Papermill's usual engine, under a name by which this module is found."""


papermill_translators.register("transfergraph", TransferGraphTranslator)
