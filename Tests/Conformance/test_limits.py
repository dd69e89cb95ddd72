"""The real program where the system gives it little: files, threads, memory, the size of a file. Each is a named error,
quickly, or the kernel goes on without."""

import array
import json
import math
import os
import pathlib
import resource
import shutil
import struct
import subprocess
import tempfile
import time

import pytest
from raw import RawKernel

MEBIBYTE = 1 << 20


@pytest.fixture
def start(tgkernel, tmp_path):
    """Starts the kernel under limits of `resource.RLIMIT_…`."""
    kernels = []

    def start(limits, directory=tmp_path, **options):
        kernel = RawKernel(tgkernel, directory, start=False, **options)
        kernels.append(kernel)
        kernel.start(preexec_fn=lambda: [resource.setrlimit(limit, (n, n)) for limit, n in limits.items()])
        return kernel

    yield start
    for kernel in kernels:
        kernel.stop()


def assert_refused(kernel, name):
    """It ended soon, with a sentence on its standard error and a status that says so."""
    assert kernel.process.wait(5) == 1
    log = kernel.log.read_text()
    assert name in log and "Fatal error" not in log


@pytest.mark.parametrize("files", [8, 16, 20, 24, 32, 60])
def test_too_few_files_are_said(start, files):
    assert_refused(start({resource.RLIMIT_NOFILE: files}), "TooFewFiles")


def test_few_files_are_enough(start):
    kernel = start({resource.RLIMIT_NOFILE: 80})
    assert kernel.reply(kernel.execute("%zoo load words"))["status"] == "ok"


def test_the_limit_of_open_files_is_raised_where_that_is_allowed(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, start=False)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    kernel.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, hard)))
    try:
        assert kernel.is_well()
    finally:
        kernel.stop()


@pytest.mark.parametrize("mebibytes", [160, 250])
def test_too_little_address_space_is_said(start, mebibytes):
    assert_refused(start({resource.RLIMIT_AS: mebibytes * MEBIBYTE}), "TooLittleMemory")


def test_little_address_space_is_enough(start):
    """Linear algebra finds its buffers, on as many threads as there is room for, and can be interrupted."""
    kernel = start({resource.RLIMIT_AS: 600_000 * 1_024})
    assert kernel.reply(kernel.execute("%zoo load words"))["status"] == "ok"
    line = "%predict --target iberian --method tg:lr:n2v"
    assert kernel.reply(kernel.execute(line), timeout=120)["status"] == "ok"
    request = kernel.execute("%evaluate --method tg:rf:n2v --method tg:xgb:n2v")
    time.sleep(0.5)
    kernel.send("interrupt_request", {}, kernel.control)
    assert kernel.reply(request)["ename"] == "KeyboardInterrupt"


# What a kernel of `words` needs beside the memory that arithmetic works in, with some room for pictures.
AMPLE = 600_000


@pytest.mark.parametrize("kibibytes", [400_000, 440_000, 480_000, 520_000, 560_000, 600_000, 800_000])
def test_the_kernel_refuses_to_start_or_survives_every_command(start, kibibytes):
    """Whatever does not fit is an error with a name; nothing hangs, and the kernel answers afterwards."""
    kernel = start({resource.RLIMIT_AS: kibibytes * 1_024})
    if kernel.process.poll() is not None:
        return assert_refused(kernel, "TooLittleMemory")
    for line in (
        "%zoo load words", "%predict --target iberian --method auto", "%predict --target iberian --method tg:lr:n2v",
        "%evaluate --target iberian --target celtic --method auto", "%zoo load mteb", "%graph show",
        "%predict --target Banking77Classification --method auto", "%zoo load words", "%zoo info",  # of mteb where that fits
    ):
        reply = kernel.reply(kernel.execute(line, stop_on_error=False), timeout=60)
        assert reply["status"] == "ok" or reply["ename"] in ("OutOfMemory", "UnknownDataset"), (line, reply)
        if kibibytes >= AMPLE and "mteb" not in line and "Banking" not in line:
            assert reply["status"] == "ok", (line, reply)
    kernel.send("shutdown_request", {"restart": False}, kernel.control)
    assert kernel.process.wait(10) == 0


def test_a_table_that_does_not_fit_is_an_error_before_the_memory_is_gone(start, tmp_path):
    rows = 3_000_000
    with open(tmp_path / "results.csv", "w") as file:
        file.write("model,dataset,score\n")
        file.writelines(f"m{row % 4_999},d{row * 7_919 % 907},0.{row * 104_729 % 10_000:04}\n" for row in range(rows))
    kernel = start({resource.RLIMIT_AS: AMPLE * 1_024})
    reply = kernel.reply(kernel.execute(f"%zoo load {tmp_path}/results.csv", stop_on_error=False), timeout=60)
    assert reply["status"] == "error", reply
    assert reply["ename"] == "OutOfMemory" and "ulimit -v" in reply["evalue"], reply
    assert kernel.reply(kernel.execute("%zoo load words"), timeout=60)["status"] == "ok"


def write_array(path, kind, shape, values):
    """A file as numpy.save writes it; the tests' Python has no numpy."""
    head = str({"descr": kind, "fortran_order": False, "shape": shape}).encode().ljust(117) + b"\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + values.tobytes())


def test_features_that_do_not_fit_are_an_error_before_the_work(start, tmp_path):
    size = 4_000
    noise = array.array("f", (math.sin(place * place) for place in range(4 * size)))
    features = array.array("f")
    for row in range(size):
        features.extend(noise[row * 7_919 % (3 * size) :][:size])
    write_array(tmp_path / "x.npy", "<f4", (size, size), features)
    write_array(tmp_path / "y.npy", "<i8", (size,), array.array("q", (row % 3 for row in range(size))))
    kernel = start({resource.RLIMIT_AS: AMPLE * 1_024})
    started = time.monotonic()
    line = f"%score logme --features {tmp_path}/x.npy --labels {tmp_path}/y.npy"
    reply = kernel.reply(kernel.execute(line, stop_on_error=False), timeout=60)
    assert reply["status"] == "error" and reply["ename"] == "OutOfMemory", reply
    assert "about 367 MiB" in reply["evalue"], reply
    assert time.monotonic() - started < 5
    assert kernel.is_well()


def test_auto_runs_in_little_address_space(start):
    kernel = start({resource.RLIMIT_AS: 800_000 * 1_024})
    assert kernel.reply(kernel.execute("%zoo load words"))["status"] == "ok"
    line = "%evaluate --target iberian --target celtic --method auto"
    assert kernel.reply(kernel.execute(line), timeout=120)["status"] == "ok"


def test_a_file_that_may_not_become_that_large_is_an_error_and_the_history_goes_on(start, tmp_path):
    env = {"TRANSFERGRAPH_HISTORY": str(tmp_path / "history.sqlite")}
    kernel = start({resource.RLIMIT_FSIZE: 48 * 1_024}, env=env)
    assert kernel.reply(kernel.execute("%zoo load words"))["status"] == "ok"
    cell = f"r = %records --all\n%export r {tmp_path}/records.csv"
    reply = kernel.reply(kernel.execute(cell, stop_on_error=False))
    assert reply["status"] == "error" and "File too large" in reply["evalue"]
    assert not (tmp_path / "records.csv").exists()
    cells = [f"# {number} {'x' * 15_000}" for number in range(6)]
    for cell in cells:
        assert kernel.reply(kernel.execute(cell))["status"] == "ok"
        # Each is written by itself.
        time.sleep(0.4)
    request = kernel.send("history_request", {"hist_access_type": "tail", "n": 6})
    assert [entry[2] for entry in kernel.reply(request)["history"]] == cells
    kernel.send("shutdown_request", {"restart": False}, kernel.control)
    assert kernel.process.wait(10) == 0
    assert kernel.log.read_text().count("The history goes on in memory") == 1


def test_ports_that_cannot_be_written_are_said(start):
    kernel = start({resource.RLIMIT_FSIZE: 0})
    assert kernel.process.wait(5) == 1


def threads_of(user):
    """How many threads run for a user; the limit counts them all."""
    count = 0
    for process in pathlib.Path("/proc").iterdir():
        try:
            if process.name.isdigit() and process.stat().st_uid == user:
                count += len(list((process / "task").iterdir()))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            pass
    return count


@pytest.fixture
def few_threads(tgkernel):
    """Starts the kernel where its user may have some threads more than there are: root would have no limit."""
    user = 65_534 if os.getuid() == 0 else os.getuid()
    directory = pathlib.Path(tempfile.mkdtemp())
    directory.chmod(0o755 if user == os.getuid() else 0o777)
    kernels = []

    def start(threads):
        kernel = RawKernel(tgkernel, directory, start=False)
        kernels.append(kernel)
        kernel.path.chmod(0o666)
        most = threads_of(user) + threads

        def become():
            resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
            if user != os.getuid():
                os.setgroups([])
                os.setgid(65_534)
                os.setuid(user)

        environment = {"HOME": str(directory), "TRANSFERGRAPH_HISTORY": ":memory:"}
        kernel.env = environment
        kernel.start(preexec_fn=become)
        return kernel

    try:
        probe = subprocess.run([tgkernel, "--version"], user=user, capture_output=True, timeout=20)
        if probe.returncode != 0:
            pytest.skip("The program cannot be run as another user.")
    except PermissionError:
        pytest.skip("The program cannot be run as another user.")
    yield start
    for kernel in kernels:
        kernel.stop()
    shutil.rmtree(directory)


@pytest.mark.parametrize("threads", [3, 4, 5])
def test_too_few_threads_are_said(few_threads, threads):
    assert_refused(few_threads(threads), "TooFewThreads")


def test_few_threads_are_enough_and_one_too_many_is_an_error(few_threads):
    kernel = few_threads(8)
    assert kernel.reply(kernel.execute("%zoo load words"))["status"] == "ok"
    reply = None
    for _ in range(6):
        reply = kernel.reply(kernel.send("create_subshell_request", {}, kernel.control), kernel.control)
        if reply["status"] == "error":
            break
    assert reply["status"] == "error" and reply["ename"] == "TooFewThreads"
    # What runs in parallel elsewhere runs here too.
    reply = kernel.reply(kernel.execute("%evaluate --target iberian --target celtic --method logme"), timeout=60)
    assert reply["status"] == "ok", json.dumps(reply)
    kernel.send("shutdown_request", {"restart": False}, kernel.control)
    assert kernel.process.wait(10) == 0
