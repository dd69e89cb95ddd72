"""A package of somebody else's that serves an interpreter of its own through JupyterKernel: docs/writing-a-kernel.md."""

import json
import os
import re
import shutil
import subprocess

import pytest
from conftest import ROOT
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

EXAMPLE = ROOT / "Examples" / "Echo"


def blocks(language):
    text = (ROOT / "docs" / "writing-a-kernel.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_document_shows_the_example():
    assert blocks("swift") == [
        (EXAMPLE / "Package.swift").read_text(), (EXAMPLE / "Sources" / "Echo" / "main.swift").read_text()
    ]


@pytest.fixture(scope="module")
def echo(tmp_path_factory):
    """The example's program, built beside the repository. The library's own build is shared: it takes seconds."""
    if not shutil.which("swift"):
        pytest.skip("There is no Swift compiler on the path.")
    package = tmp_path_factory.mktemp("beside") / "Echo"
    shutil.copytree(EXAMPLE, package, ignore=shutil.ignore_patterns(".build"))
    manifest = package / "Package.swift"
    manifest.write_text(manifest.read_text().replace('"../.."', json.dumps(str(ROOT))))
    if (ROOT / "Package.resolved").exists():
        shutil.copy(ROOT / "Package.resolved", package)
    build = ["swift", "build", "-c", "release", "--scratch-path", str(ROOT / ".build"), "--product", "Echo"]
    done = subprocess.run(build, cwd=package, capture_output=True, text=True, timeout=1_800)
    assert done.returncode == 0, done.stdout + done.stderr
    place = subprocess.run([*build, "--show-bin-path"], cwd=package, capture_output=True, text=True, check=True)
    return os.path.join(place.stdout.strip(), "Echo")


@pytest.fixture
def client(echo, tmp_path):
    [spec] = blocks("json")
    directory = tmp_path / "kernels" / "echo"
    directory.mkdir(parents=True)
    (directory / "kernel.json").write_text(spec.replace("/path/to/.build/release/Echo", echo))
    specs = KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")])
    manager = KernelManager(kernel_name="echo", kernel_spec_manager=specs)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    yield client
    client.stop_channels()
    manager.shutdown_kernel()


def test_a_cell_runs_through_it(client):
    outputs = []

    def run(code):
        outputs.clear()
        return client.execute_interactive(code, output_hook=outputs.append, timeout=20)["content"]

    reply = run("hello there")
    assert reply["status"] == "ok" and reply["execution_count"] == 1
    assert [(o["msg_type"], o["content"].get("text")) for o in outputs if o["msg_type"] == "stream"] == [
        ("stream", "hello\nthere\n")
    ]
    [result] = [o["content"]["data"] for o in outputs if o["msg_type"] == "execute_result"]
    assert result == {"text/plain": "2 words"}
    assert run("why ?")["ename"] == "NoAnswer"
    info = client.kernel_info(reply=True, timeout=10)["content"]
    assert info["implementation"] == "echo" and info["language_info"]["name"] == "echo"
    # What the example leaves out has an answer all the same.
    assert client.complete("wh", reply=True, timeout=10)["content"]["matches"] == []
    assert client.inspect("why", reply=True, timeout=10)["content"]["found"] is False
    client.is_complete("why")
    assert client.get_shell_msg(timeout=10)["content"]["status"] == "unknown"
    reply = client.execute_interactive("a", user_expressions={"x": "1"}, output_hook=outputs.append, timeout=20)
    assert reply["content"]["user_expressions"]["x"]["ename"] == "NotImplementedError"
