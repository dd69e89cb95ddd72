"""What goes wrong on clusters, made to go wrong on one of two nodes on this machine's loopback."""

import fcntl
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Conformance"))

import slurm_cluster  # noqa: E402
from projections import library, networks, python  # noqa: E402, F401

REASON = slurm_cluster.missing()
if REASON:
    pytest.skip(REASON, allow_module_level=True)

# Eight targets, about a second each with the pause that the set-up makes.
SWEEP = ("evaluate", "--method", "tg:lr:n2v", "--method", "auto", "--targets", "8", "--embeddings", "1", "--dimension", "8")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    with slurm_cluster.running(tmp_path_factory.mktemp("slurm")) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def rested(cluster):
    """Each test finds two idle nodes and an empty queue, whatever the one before left."""
    cluster.run("scancel", "--me", check=False)
    for node in cluster.nodes:
        if node not in cluster.processes:
            cluster.start_node(node)
    cluster.wait(lambda: cluster.idle() == 2, "two idle nodes", 60)


@pytest.fixture(scope="session")
def program():
    found = pathlib.Path(__file__).resolve().parents[2] / ".build" / "release" / "tgkernel"
    return str(found.resolve())


@pytest.fixture(scope="session")
def expected(cluster, program, tmp_path_factory):
    """What one run on one machine gives."""
    file = tmp_path_factory.mktemp("local") / "one.csv"
    text = cluster.run(
        program, *SWEEP, "--zoo", "words", "--output-format", "json", "--export", str(file), timeout=300)
    return text, file.read_bytes()


def heed_interrupts():
    """What a shell starts in the background ignores interrupts, and so would what that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Submission:
    """`tgkernel evaluate … --on slurm` in a terminal, with what its screen shows."""

    def __init__(self, cluster, program, folder, *more, words=SWEEP, environment={}):
        self.folder = pathlib.Path(folder)
        self.export = self.folder.with_suffix(".csv")
        self.screen = ""
        self.cluster = cluster
        keeper, screen = pty.openpty()
        # Wide enough for all that a line of it tells.
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("4H", 40, 240, 0, 0))
        command = [program, *words]
        if words is SWEEP:
            command += ["--zoo", "words"]
        if words[0] != "jobs":
            command += ["--on", "slurm", "--out", str(folder)]
        if words is SWEEP or words[0] == "jobs":
            command += ["--export", str(self.export)]
        self.process = subprocess.Popen(
            [*command, "--output-format", "json", *more], env={**cluster.environment, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=screen, text=True,
            start_new_session=True, preexec_fn=heed_interrupts)
        os.close(screen)
        self._reader = threading.Thread(target=self._read, args=(keeper,), daemon=True)
        self._reader.start()

    def _read(self, keeper):
        while True:
            try:
                data = os.read(keeper, 4096)
            except OSError:
                return
            if not data:
                return
            self.screen += data.decode(errors="replace")

    def parts(self):
        return {int(re.match(r"part-(\d+)-", path.name)[1]) for path in self.folder.glob("part-*.tgpart")}

    def wait_for(self, is_so, what, seconds=60):
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, f"waited {seconds} s for {what}; the screen: {self.screen[-2000:]}"
            assert self.process.poll() is None or is_so(), f"it ended before {what}: {self.screen[-2000:]}"
            time.sleep(0.05)

    def running(self):
        """The array's running tasks: its number and the node."""
        text = self.cluster.run(
            "squeue", "--noheader", "--array", "--states=R", "--name=tg-evaluate", "--format=%K %N", check=False)
        return dict(line.split() for line in text.splitlines() if len(line.split()) == 2)

    def finish(self, code=0, seconds=180):
        output, _ = self.process.communicate(timeout=seconds)
        self._reader.join(5)
        assert self.process.returncode == code, self.screen[-3000:]
        return output.strip()

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def answer(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()


@pytest.fixture
def submit(cluster, program, tmp_path):
    begun = []

    def start(*more, folder=None, **options):
        one = Submission(cluster, program, folder or tmp_path / "sweep", *more, **options)
        begun.append(one)
        return one

    yield start
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture
def slow(tmp_path):
    """A set-up that gives each part time in which something can go wrong."""
    file = tmp_path / "slow.sh"
    file.write_text("sleep 3\n")
    return str(file)
