"""What the conformance tests share: kernels started by Jupyter's own client, and a raw ZeroMQ client."""

import os
import pathlib
import sys

import pytest
from jupyter_client.manager import KernelManager

ROOT = pathlib.Path(__file__).resolve().parents[2]
KERNEL = "transfergraph"

sys.path.insert(0, str(pathlib.Path(__file__).parent))

# Kernels that a test class starts come before any fixture of its tests.
os.environ["TRANSFERGRAPH_HISTORY"] = ":memory:"

FAILED = pytest.StashKey()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    """Leaves with each test whether it failed, for fixtures that keep a picture of it."""
    outcome = yield
    if call.when == "call":
        item.stash[FAILED] = outcome.get_result().failed


@pytest.fixture(autouse=True)
def private_history(tmp_path, monkeypatch):
    """No test reads or writes the user's own history."""
    monkeypatch.setenv("TRANSFERGRAPH_HISTORY", str(tmp_path / "history.sqlite"))


@pytest.fixture
def manager():
    manager = KernelManager(kernel_name=KERNEL)
    yield manager
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)


@pytest.fixture
def client(manager):
    """A client of a fresh kernel, ready."""
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    yield client
    client.stop_channels()


@pytest.fixture
def tgkernel():
    """The path of the kernel's program, as its kernelspec names it."""
    started = pathlib.Path(KernelManager(kernel_name=KERNEL).kernel_spec.argv[0])
    return (started.parent / "program").read_text().strip() if started.name == "launch" else str(started)


def run(client, code, timeout=30, **options):
    """Runs a cell: its reply's content, and what it published as (type, content)."""
    outputs = []

    def collect(message):
        outputs.append((message["msg_type"], message["content"]))

    reply = client.execute_interactive(code, output_hook=collect, timeout=timeout, **options)
    return reply["content"], outputs


def text_of(outputs, name="stdout"):
    return "".join(c["text"] for kind, c in outputs if kind == "stream" and c["name"] == name)


def resident(pid):
    """The resident memory of a process, in MiB."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.fixture(scope="session")
def long_work(tmp_path_factory):
    """Cells of which the last takes many seconds: for what happens while a cell runs."""
    directory = tmp_path_factory.mktemp("long-work-zoo")
    rows = [
        f"model{model},dataset{dataset},{(model * 31 + dataset * 17) % 97 / 97}"
        for model in range(400)
        for dataset in range(25)
    ]
    (directory / "records.csv").write_text("\n".join(["model,dataset,score", *rows]) + "\n")
    return [f"%zoo load {directory}", "%graph build", "%embed node2vec --dimension 4096"]
