"""Sweeps on a cluster from a notebook's cells: the same values as here, a live display, and a kernel that restarts."""

import json
import queue
import re
import time

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager


class Notebook:
    """A kernel that sees the cluster."""

    def __init__(self, program, environment):
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(
            argv=[program, "--connection-file", "{connection_file}"], language="transfergraph", interrupt_mode="message")
        self.environment = {**environment, "TRANSFERGRAPH_HISTORY": ":memory:"}
        self.client = None

    def start(self):
        self.manager.start_kernel(env=self.environment)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)
        return self

    def kill(self):
        """As when the machine of the session goes down: nobody tells the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, answer=None, timeout=180):
        """A cell's reply and its displays' texts, each as it was last; and all that was shown."""
        self.shown, self.questions = [], []

        def collect(message):
            kind, content = message["msg_type"], message["content"]
            if kind in ("display_data", "update_display_data", "execute_result"):
                self.shown.append(content["data"])
            elif kind == "stream":
                self.shown.append({"text/plain": content["text"]})

        def stdin(message):
            self.questions.append(message["content"]["prompt"])
            self.client.input(answer)

        return self.client.execute_interactive(
            code, output_hook=collect, stdin_hook=stdin, allow_stdin=answer is not None, timeout=timeout)["content"]

    def start_cell(self, code):
        return self.client.execute(code, allow_stdin=True)

    def text(self):
        return "\n".join(data.get("text/plain", "") for data in self.shown)

    def wait_for_display(self, pattern, seconds=60):
        end = time.monotonic() + seconds
        seen = ""
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            seen = message["content"].get("data", {}).get("text/plain", "") or seen
            if re.search(pattern, seen):
                return
        raise AssertionError(f"no display had {pattern}; the last was {seen}")


@pytest.fixture
def notebook(cluster, program, library):
    one = Notebook(program, {**library, **cluster.environment}).start()
    yield one
    if one.manager.has_kernel:
        one.kill()


def ok(reply):
    assert reply["status"] == "ok", reply
    return reply


def value(notebook, code, file):
    """What a cell gives, as %export writes it; and what was shown meanwhile."""
    ok(notebook.run(f"value = {code}"))
    shown = notebook.text()
    ok(notebook.run(f"%export value {file}"))
    return file.read_bytes(), shown


COMMANDS = {
    "evaluate": "%evaluate --method tg:lr:n2v --method auto --targets 6 --embeddings 1 --dimension 8",
    "simulate": "%simulate --method random --method history --targets 4 --runs 5 --seed 1 --seed 2",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_cell_on_a_cluster_gives_the_value_of_one_here(notebook, tmp_path, name):
    ok(notebook.run("%zoo load words"))
    here, _ = value(notebook, COMMANDS[name], tmp_path / "here.json")
    there, shown = value(
        notebook, f"{COMMANDS[name]} --on slurm --jobs 3 --out {tmp_path}/sweep", tmp_path / "there.json")
    assert there == here and re.search(r"\d of 3 parts done", shown)
    ok(notebook.run("%jobs list"))
    assert f"{tmp_path}/sweep" in notebook.text()


def test_features_and_scores_on_a_cluster_are_those_of_here(notebook, tmp_path, networks):
    extract = f"%features extract --models {networks} --data {networks}/samples.npz"
    ok(notebook.run(f"{extract} --out {tmp_path}/here"))
    ok(notebook.run(f"{extract} --on slurm --jobs 3 --out {tmp_path}/there"))

    def arrays(folder):
        return {path.name: path.read_bytes() for path in folder.glob("*.npy")}

    assert len(arrays(tmp_path / "here")) == 15 and arrays(tmp_path / "here") == arrays(tmp_path / "there")
    here, _ = value(notebook, f"%score all --from {tmp_path}/here", tmp_path / "here.json")
    assert len(json.loads(here)["models"]) == 7
    there, _ = value(
        notebook, f"%score all --from {tmp_path}/there --on slurm --jobs 3 --out {tmp_path}/scores",
        tmp_path / "there.json")
    assert there == here


def test_a_kernel_that_went_away_finds_its_sweep_again(notebook, program, cluster, library, tmp_path, slow):
    line = COMMANDS["evaluate"]
    ok(notebook.run("%zoo load words"))
    here, _ = value(notebook, line, tmp_path / "here.json")
    notebook.start_cell(f"{line} --on slurm --jobs 4 --setup {slow} --out {tmp_path}/sweep")
    notebook.wait_for_display("[12] running")
    notebook.kill()
    second = Notebook(program, {**library, **cluster.environment}).start()
    try:
        ok(second.run("%jobs list"))
        assert f"{tmp_path}/sweep" in second.text()
        there, _ = value(second, f"%jobs attach {tmp_path}/sweep", tmp_path / "there.json")
        assert there == here
    finally:
        second.kill()


@pytest.mark.parametrize("answer", ["y", "n"])
def test_an_interrupt_of_a_cell_asks(notebook, cluster, tmp_path, slow, answer):
    ok(notebook.run("%zoo load words"))
    number = notebook.start_cell(
        f"{COMMANDS['evaluate']} --on slurm --jobs 4 --setup {slow} --out {tmp_path}/sweep")
    notebook.wait_for_display("[12] running")
    notebook.manager.interrupt_kernel()
    asked = notebook.client.get_stdin_msg(timeout=30)
    assert "Cancel the" in asked["content"]["prompt"]
    notebook.client.input(answer)
    reply = notebook.client.get_shell_msg(timeout=30)
    while reply["parent_header"].get("msg_id") != number:
        reply = notebook.client.get_shell_msg(timeout=30)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    if answer == "y":
        assert "cancelled" in reply["content"]["evalue"]
    else:
        assert "go on without" in reply["content"]["evalue"]
        ok(notebook.run(f"%jobs cancel {tmp_path}/sweep"))
    cluster.wait(lambda: not cluster.run("squeue", "-h", "--name=tg-evaluate"), "an empty queue", 40)
    ok(notebook.run("%jobs"))
    assert re.search(r"evaluate", notebook.text())


def test_lists_of_jobs_of_other_versions(notebook, cluster, tmp_path):
    """A list from before it named its version is read; a later one is refused and left as it is."""
    ok(notebook.run("%zoo load words"))
    ok(notebook.run(f"{COMMANDS['simulate']} --on slurm --jobs 1 --out {tmp_path}/sweep"))
    file = cluster.folder / "jobs.txt"
    lines = file.read_text().splitlines()
    assert lines[0] == "# transfergraph-jobs 1" and lines[-1] == f"{tmp_path}/sweep"
    file.write_text("\n".join(lines[1:]) + "\n")
    ok(notebook.run("%jobs"))
    assert f"{tmp_path}/sweep" in notebook.text()
    later = "# transfergraph-jobs 2\nwho knows\n"
    file.write_text(later)
    assert "later version" in notebook.run("%jobs")["evalue"]
    ok(notebook.run(f"{COMMANDS['simulate']} --on slurm --jobs 1 --out {tmp_path}/other"))
    assert file.read_text() == later
    file.unlink()
