"""A kernel that runs the documentation's cells."""

import os
import pathlib
import subprocess
import sys

import nbformat
from jupyter_client.manager import KernelManager

JSON = "application/vnd.transfergraph+json"
ROOT = pathlib.Path(__file__).resolve().parents[3]


class Kernel:
    """One session, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        environment = {**os.environ, "TRANSFERGRAPH_HISTORY": ":memory:", "TGKERNEL_PYTHON": sys.executable}
        self.manager = KernelManager(kernel_name="transfergraph")
        self.manager.start_kernel(cwd=str(folder), env=environment)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, source):
        """The cell's outputs as a notebook holds them, the last text of a progress line alone, and its error."""
        outputs, places = [], {}

        def collect(message):
            kind, content = message["msg_type"], message["content"]
            name = content.get("transient", {}).get("display_id")
            if kind == "update_display_data" and name in places:
                places[name]["data"], places[name]["metadata"] = content["data"], content["metadata"]
            elif kind in ("stream", "display_data", "execute_result", "error"):
                output = nbformat.v4.output_from_msg({"msg_type": kind, "content": content, "header": {"msg_type": kind}})
                outputs.append(output)
                if name:
                    places[name] = output
            elif kind == "clear_output":
                outputs.clear()

        reply = self.client.execute_interactive(source, output_hook=collect, timeout=600, allow_stdin=False)["content"]
        return outputs, reply if reply["status"] == "error" else None

    def json(self, source):
        """What the cell gives to programs."""
        outputs, error = self.run(source)
        if error:
            raise SystemExit(f"{source}\n{error['ename']}: {error['evalue']}")
        return [output["data"][JSON] for output in outputs if JSON in output.get("data", {})]


def shell(source, folder):
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", source], cwd=folder, capture_output=True, text=True, timeout=600,
        env={**os.environ, "TGKERNEL_PYTHON": sys.executable},
    )
    return done.returncode, done.stdout + done.stderr
