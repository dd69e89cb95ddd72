"""A program that is replaced, moved or copied: what runs goes on, and what is missing is told."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import pytest
from conftest import run
from jupyter_client.manager import KernelManager


@pytest.fixture
def installed(tgkernel, tmp_path, monkeypatch):
    """The program with its zoos and its kernelspec in a place of its own."""
    built = pathlib.Path(tgkernel).parent
    program = tmp_path / "a build" / "tgkernel"
    program.parent.mkdir()
    shutil.copy(tgkernel, program)
    if (built / "tglaunch").exists():
        shutil.copy(built / "tglaunch", program.parent)
    zoos = "TransferGraph_TransferGraphCore.resources"
    shutil.copytree(built / zoos, program.parent / zoos)
    subprocess.run([program, "install", "--prefix", tmp_path / "jupyter"], check=True, capture_output=True)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter/share/jupyter"))
    return program


def test_a_running_kernel_outlives_a_new_program(installed, tgkernel):
    manager = KernelManager(kernel_name="transfergraph")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        assert os.readlink(f"/proc/{manager.provisioner.process.pid}/exe") == str(installed)
        # As a build and pip do it: another file takes the name.
        shutil.copy(tgkernel, f"{installed}.new")
        os.replace(f"{installed}.new", installed)
        time.sleep(0.1)
        assert os.readlink(f"/proc/{manager.provisioner.process.pid}/exe").endswith(" (deleted)")
        for cell in ("%zoo load words", "%recommend iberian --top 1", "%graph show --around iberian"):
            reply, _ = run(client, cell, timeout=60)
            assert reply["status"] == "ok", reply
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_program_copied_alone_says_where_its_zoos_are(tgkernel, tmp_path):
    program = tmp_path / "else where" / "tgkernel"
    program.parent.mkdir()
    shutil.copy(tgkernel, program)
    environment = {name: value for name, value in os.environ.items() if name != "TGKERNEL_ZOOS"}
    command = [program, "models", "--zoo", "words", "--rows", "1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "ZooNotInstalled" in done.stderr and "TGKERNEL_ZOOS" in done.stderr
    zoos = pathlib.Path(tgkernel).parent / "TransferGraph_TransferGraphCore.resources" / "Zoos"
    found = subprocess.run(command, env={**environment, "TGKERNEL_ZOOS": str(zoos)}, capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stderr


@pytest.mark.skipif(os.getuid() != 0, reason="only root makes a place that cannot be written to, and becomes another user")
def test_a_program_that_another_user_has_and_nobody_can_write_to_runs(installed):
    with tempfile.TemporaryDirectory() as place:
        pathlib.Path(place).chmod(0o755)
        shutil.copytree(installed.parent, f"{place}/a build")
        steps = (f"cd '{place}'; mount --bind 'a build' 'a build'; mount -o remount,bind,ro 'a build'; "
                 "if touch 'a build/x' 2>/dev/null; then echo 'it can be written to'; exit 1; fi; "
                 f"exec chroot --userspec=nobody:nogroup / '{place}/a build/tgkernel' recommend --zoo words iberian --top 1")
        done = subprocess.run(["unshare", "--mount", "sh", "-ec", steps], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and "iberian" in done.stdout, done.stdout + done.stderr
