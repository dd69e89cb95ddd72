"""Transports, encryption, registration, signals and the kernel's end."""

import json
import os
import pathlib
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time

import pytest
import zmq
from conftest import KERNEL, run, text_of
from jupyter_client.manager import KernelManager
from raw import DELIMITER, RawKernel


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


@pytest.mark.parametrize("transport", ["tcp", "ipc", "tcp6", "curve", "ipc+curve"])
def test_a_cell_runs_over(transport, tgkernel, tmp_path):
    file = {}
    if "ipc" in transport:
        file = {"transport": "ipc", "ip": str(tmp_path / "socket")}
        file |= {f"{channel}_port": n for n, channel in enumerate(("shell", "iopub", "stdin", "control", "hb"), 1)}
    if transport == "tcp6":
        if not has_ipv6():
            pytest.skip("This machine has no IPv6.")
        file = {"ip": "::1"}
    if "curve" in transport:
        public, secret = zmq.curve_keypair()
        file |= {"curve_publickey": public.decode(), "curve_secretkey": secret.decode()}
    kernel = RawKernel(tgkernel, tmp_path, **file)
    try:
        assert kernel.receive(kernel.iopub)["type"] == "iopub_welcome"
        request = kernel.execute("%echo hello")
        assert kernel.reply(request)["status"] == "ok"
        outputs = kernel.until_idle(request)
        assert [o["content"]["text"] for o in outputs if o["type"] == "stream"] == ["hello\n"]
    finally:
        kernel.stop()


def test_without_the_key_nobody_gets_through_curve(tgkernel, tmp_path):
    public, secret = zmq.curve_keypair()
    kernel = RawKernel(tgkernel, tmp_path, curve_publickey=public.decode(), curve_secretkey=secret.decode())
    try:
        plain = kernel.context.socket(zmq.DEALER)
        plain.linger = 0
        plain.connect(kernel.address("shell"))
        kernel.send("kernel_info_request", {}, plain)
        assert not plain.poll(500)
        assert kernel.is_well()
        plain.close()
    finally:
        kernel.stop()


def test_jupyters_own_encryption(tmp_path):
    manager = KernelManager(kernel_name=KERNEL, transport_encryption="required")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=20)
        assert "curve_publickey" in json.loads(open(manager.connection_file).read())
        assert text_of(run(client, "%echo safe")[1]) == "safe\n"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_registration_handshake(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, start=False)
    with kernel.context.socket(zmq.ROUTER) as service:
        service.linger = 0
        port = service.bind_to_random_port("tcp://127.0.0.1")
        registration = {
            "kernel_id": "the one", "transport": "tcp", "registration_ip": "127.0.0.1", "registration_port": port,
            "signature_scheme": "hmac-sha256", "key": kernel.key.decode(),
        }
        kernel.path.write_text(json.dumps(registration))
        kernel.process = subprocess.Popen([tgkernel, "--connection-file", str(kernel.path)])
        assert service.poll(10_000)
        identity, delimiter, signature, content = service.recv_multipart()
        assert delimiter == DELIMITER and signature == kernel.sign([content])
        ports = json.loads(content)
        assert ports["kernel_id"] == "the one"
        answer = b'{"status":"ok"}'
        service.send_multipart([identity, DELIMITER, kernel.sign([answer]), answer])
        kernel.connection |= ports
        kernel.connect()
        assert kernel.is_well()
        assert json.loads(kernel.path.read_text()) == registration
    kernel.stop()


def test_chosen_ports_are_written_for_the_user_alone(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path)
    try:
        assert all(kernel.connection[f"{name}_port"] > 0 for name in ("shell", "iopub", "stdin", "control", "hb"))
        assert stat.S_IMODE(os.stat(kernel.path).st_mode) == 0o600
    finally:
        kernel.stop()


def test_a_file_that_others_can_read_is_warned_about(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, start=False)
    kernel.path.chmod(0o644)
    kernel.start()
    kernel.stop()
    assert "Others can read" in kernel.log.read_text()


def test_an_empty_key_is_accepted_and_warned_about(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, key="")
    try:
        assert kernel.is_well()
    finally:
        kernel.stop()
    assert "key is empty" in kernel.log.read_text()


@pytest.mark.parametrize(
    "file",
    [
        {"signature_scheme": "hmac-md4"}, {"transport": "pigeon"}, {"shell_port": 70_000}, {"ip": "203.0.113.7"},
        {"curve_publickey": "short", "curve_secretkey": "short"},
    ],
)
def test_a_connection_file_that_cannot_be_is_refused_in_a_sentence(file, tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, start=False, **file)
    kernel.start()
    assert kernel.process.wait(5) == 1
    assert "Fatal error" not in kernel.log.read_text()


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "\0", '{"key": "\\ud800"}'])
def test_a_connection_file_that_is_none(text, tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, start=False)
    kernel.path.write_text(text)
    done = subprocess.run([tgkernel, "--connection-file", kernel.path], capture_output=True, text=True, timeout=5)
    assert done.returncode == 1 and "connection file" in done.stderr


def test_the_kernel_ends_with_its_parent(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path, start=False)
    # A launcher that starts the kernel, says its number, and is then killed.
    launcher = subprocess.Popen(
        [
            sys.executable, "-c",
            "import os, subprocess, sys, time; "
            "p = subprocess.Popen(sys.argv[1:], env={**os.environ, 'JPY_PARENT_PID': str(os.getpid())}); "
            "print(p.pid, flush=True); time.sleep(60)",
            tgkernel, "--connection-file", str(kernel.path),
        ],
        stdout=subprocess.PIPE,
    )
    pid = int(launcher.stdout.readline())
    time.sleep(0.5)
    os.kill(pid, 0)
    launcher.kill()
    launcher.wait()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if open(f"/proc/{pid}/stat").read().split()[2] == "Z":
                break
        except (ProcessLookupError, FileNotFoundError):
            break
        time.sleep(0.05)
    else:
        os.kill(pid, signal.SIGKILL)
        pytest.fail("The kernel outlived its parent by 5 s.")


def test_sigint_while_idle_and_sigterm(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path)
    for _ in range(20):
        kernel.process.send_signal(signal.SIGINT)
    assert kernel.is_well()
    kernel.process.send_signal(signal.SIGTERM)
    assert kernel.process.wait(5) == 0
    kernel.stop()


def test_install_and_uninstall(tgkernel, tmp_path):
    def call(*arguments, **environment):
        return subprocess.run(
            [tgkernel, *arguments], capture_output=True, text=True, env={**os.environ, **environment}, timeout=20
        )

    for place, environment, root in (
        (["--prefix", str(tmp_path / "p")], {}, tmp_path / "p/share/jupyter"),
        (["--user"], {"JUPYTER_DATA_DIR": str(tmp_path / "u")}, tmp_path / "u"),
        (["--sys-prefix"], {"VIRTUAL_ENV": str(tmp_path / "v")}, tmp_path / "v/share/jupyter"),
        (["--prefix", str(tmp_path / "q"), "--name", "other"], {}, tmp_path / "q/share/jupyter"),
    ):
        name = "other" if "other" in place else KERNEL
        assert call("install", *place, **environment).returncode == 0
        directory = root / "kernels" / name
        spec = json.loads((directory / "kernel.json").read_text())
        assert spec["display_name"] == "TransferGraph" and spec["interrupt_mode"] == "message"
        assert spec["metadata"]["supported_encryption"] == ["curve"]
        assert spec["argv"][0] == str(directory / "launch") and os.access(directory / "launch", os.X_OK)
        assert (directory / "program").read_text() == os.path.realpath(tgkernel) + "\n"
        assert {f.name for f in directory.iterdir()} == {
            "kernel.json", "launch", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg", "missing.py", "program"
        }
        assert call("install", *place, **environment).returncode == 0, "Installing twice is no mistake."
        assert call("uninstall", *place, **environment).returncode == 0
        assert not directory.exists()
        assert call("uninstall", *place, **environment).returncode != 0
    assert call("install", "--prefix", str(tmp_path), "--name", "../evil").returncode != 0
    assert "takes a directory" in call("install", "--prefix", "").stderr
    assert call("install", "--user", "--sys-prefix").returncode != 0


def test_a_program_that_is_gone_is_told_in_the_notebook(tgkernel, tmp_path, monkeypatch):
    """The launcher in the kernelspec speaks in its place."""
    moved = tmp_path / "bin" / "tgkernel"
    moved.parent.mkdir()
    for name in ("tgkernel", "tglaunch"):
        shutil.copy(pathlib.Path(tgkernel).parent / name, moved.parent)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share/jupyter"))
    subprocess.run([moved, "install", "--prefix", tmp_path, "--name", "moving"], check=True, timeout=20)
    for there in (True, False):
        if not there:
            moved.unlink()
        manager = KernelManager(kernel_name="moving")
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=20)
            reply = client.execute_interactive("%version" if there else "1", output_hook=lambda _: None, timeout=20)
            if not there:
                assert reply["content"]["ename"] == "ProgramMissing"
                assert str(moved) in reply["content"]["evalue"] and "pip install" in reply["content"]["evalue"]
        finally:
            client.stop_channels()
            manager.shutdown_kernel()


def test_history_never_goes_through_a_planted_link(tgkernel, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    planted = tmp_path / "data" / "history.sqlite"
    planted.parent.mkdir()
    planted.symlink_to(victim)
    kernel = RawKernel(tgkernel, tmp_path, env={"TRANSFERGRAPH_HISTORY": str(planted)})
    try:
        kernel.reply(kernel.execute("# one"))
        reply = kernel.reply(kernel.send("history_request", {"hist_access_type": "tail", "n": 1}))
        assert reply["history"][0][2] == "# one", "The session's history is kept all the same."
    finally:
        kernel.stop()
    assert victim.read_text() == "precious"
    assert "symbolic link" in kernel.log.read_text()


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_files_are_made_with_the_users_umask(mask, tgkernel, tmp_path):
    """Exports, reports and the history; a link that stands where one is to go stays, and its file is written."""
    behind = tmp_path / "behind.html"
    behind.write_text("yesterday's report")
    behind.chmod(0o666 & ~mask)
    (tmp_path / "report.html").symlink_to(behind)
    before = os.umask(mask)
    try:
        kernel = RawKernel(tgkernel, tmp_path, env={"TRANSFERGRAPH_HISTORY": str(tmp_path / "data" / "history.sqlite")})
    finally:
        os.umask(before)
    zoo = tmp_path / "zoo"
    zoo.mkdir()
    rows = "".join(f"m{m},d{d},0.{m}{(m * d) % 7}\n" for m in range(10) for d in range(3))
    (zoo / "records.csv").write_text("model,dataset,score\n" + rows)
    try:
        for code in (
            f"%zoo load {zoo}", f"%predict --target d0 --method history --export {tmp_path}/predictions.csv",
            f"%graph export {tmp_path}/graph.svg", f"%report --method history --out {tmp_path}/report.html",
        ):
            reply = kernel.reply(kernel.execute(code), timeout=60)
            assert reply["status"] == "ok", reply
    finally:
        kernel.stop()
    for name in ("predictions.csv", "graph.svg", "report.html"):
        made = tmp_path / name
        assert made.is_symlink() == (name == "report.html")
        assert stat.S_IMODE(made.stat().st_mode) == 0o666 & ~mask
    assert "yesterday" not in behind.read_text() and "<html" in behind.read_text()
    history = tmp_path / "data" / "history.sqlite"
    assert stat.S_IMODE(history.stat().st_mode) & mask == 0


def test_no_python_in_the_kernel(client, manager):
    libraries = open(f"/proc/{manager.provisioner.process.pid}/maps").read()
    assert "libzmq" in libraries and "libpython" not in libraries
