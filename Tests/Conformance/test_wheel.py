"""The wheel: installed by pip into an environment of its own, it brings the kernel, and leaves again.

What a bare Debian makes of it is `script/test --wheel`.
"""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile

import pytest
from conftest import ROOT
from jupyter_client.manager import KernelManager


def call(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    output = tmp_path_factory.mktemp("wheel")
    call(ROOT / "script" / "wheel", output)
    (path,) = output.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """An environment in a path with a space, the wheel inside."""
    place = tmp_path_factory.mktemp("with space") / "an environment"
    call(sys.executable, "-m", "venv", place)
    call(place / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    return place


def test_it_is_small_and_holds_the_licences_of_what_it_brings(wheel):
    assert wheel.stat().st_size <= 80 << 20
    names = zipfile.ZipFile(wheel).namelist()
    libraries = {pathlib.PurePath(name).name for name in names if "/share/transfergraph/lib/" in name}
    assert {"libzmq.so.5", "libsodium.so.23", "libopenblas.so.0"} <= libraries
    assert not any(name.startswith(("libc.so", "ld-linux")) for name in libraries)
    packages = [name for name in names if "/licenses/" in name and name.endswith("/copyright")]
    listed = zipfile.ZipFile(wheel).read(next(name for name in names if name.endswith("LIBRARIES.txt"))).decode()
    assert len(packages) == len(listed.splitlines()) - 2
    assert all(library in listed for library in libraries)


def test_its_program_is_on_the_path_and_loads_its_own_libraries(environment):
    program = environment / "bin" / "tgkernel"
    assert call(program, "--version").strip() == call(program, "--version").strip() != ""
    real = environment / "share" / "transfergraph" / "bin" / "tgkernel"
    for line in call("ldd", real).splitlines():
        if "libzmq" in line or "openblas" in line or "xgboost" in line:
            assert str(environment / "share" / "transfergraph") in line


def test_predictions_are_the_bytes_of_the_source_build(environment, tgkernel, tmp_path):
    """On the same machine."""
    for program, name in ((environment / "bin" / "tgkernel", "wheel.csv"), (tgkernel, "source.csv")):
        for method in ("auto", "tg:xgb:n2v"):
            call(
                program, "predict", "--zoo", "words", "--target", "iberian", "--method", method, "--export",
                tmp_path / f"{method}-{name}",
            )
    for method in ("auto", "tg:xgb:n2v"):
        assert (tmp_path / f"{method}-wheel.csv").read_bytes() == (tmp_path / f"{method}-source.csv").read_bytes()


@contextlib.contextmanager
def kernel(environment, monkeypatch):
    """A client of the kernel that Jupyter finds in an environment, and the path of the program that runs."""
    monkeypatch.setenv("JUPYTER_PATH", str(environment / "share" / "jupyter"))
    manager = KernelManager(kernel_name="transfergraph")
    assert str(environment) in manager.kernel_spec.resource_dir
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        yield client, os.readlink(f"/proc/{manager.provisioner.process.pid}/exe")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def draws(client):
    """Whether the kernel loads a zoo, recommends, and draws."""
    drawings = []
    reply = client.execute_interactive(
        "%zoo load words\n%recommend iberian --top 1\n%graph show --around iberian", timeout=60,
        output_hook=lambda message: drawings.append(message["content"].get("data", {})),
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    return any("image/png" in data for data in drawings)


def test_jupyter_finds_and_starts_its_kernel(environment, monkeypatch):
    with kernel(environment, monkeypatch) as (client, program):
        assert program.startswith(str(environment))
        assert draws(client)


def test_a_running_kernel_outlives_another_installation(wheel, environment, monkeypatch):
    with kernel(environment, monkeypatch) as (client, _):
        call(environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
             "--force-reinstall", wheel)
        assert draws(client)


def test_an_environment_that_was_moved_goes_on(environment, monkeypatch, tmp_path):
    moved = tmp_path / "moved to another place"
    environment.rename(moved)
    try:
        assert call(moved / "bin" / "tgkernel", "--version")
        with kernel(moved, monkeypatch) as (client, program):
            assert program.startswith(str(moved)) and draws(client)
    finally:
        moved.rename(environment)


def test_a_program_that_is_gone_is_told_in_a_cell_and_in_a_terminal(environment, monkeypatch, tmp_path):
    program = environment / "share" / "transfergraph" / "bin" / "tgkernel"
    program.rename(tmp_path / "tgkernel")
    try:
        done = subprocess.run([environment / "bin" / "tgkernel", "--version"], capture_output=True, text=True)
        assert done.returncode == 127 and "is gone; pip install --force-reinstall transfergraph_kernel" in done.stderr
        with kernel(environment, monkeypatch) as (client, _):
            reply = client.execute_interactive("%zoo load words", timeout=30, output_hook=lambda _: None)["content"]
            assert reply["ename"] == "ProgramMissing" and "pip install --force-reinstall" in reply["evalue"]
            # Where it was, up to the way that the launcher takes to it.
            assert str(environment) in reply["evalue"]
    finally:
        (tmp_path / "tgkernel").rename(program)


def test_its_program_copied_alone_says_what_it_lacks(environment, tmp_path):
    home = environment / "share" / "transfergraph"
    for folder in ("bin", "lib"):
        shutil.copytree(home / folder, tmp_path / "else where" / folder)
    command = [tmp_path / "else where" / "bin" / "tgkernel", "models", "--zoo", "words", "--rows", "1"]
    bare = {name: value for name, value in os.environ.items() if name != "TGKERNEL_ZOOS"}
    done = subprocess.run(command, env=bare, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "ZooNotInstalled" in done.stderr and "TGKERNEL_ZOOS" in done.stderr
    call(*command, env={**bare, "TGKERNEL_ZOOS": str(home / "share" / "tgkernel" / "zoos")})


def test_its_extra_is_all_that_features_of_networks_need(wheel, tmp_path):
    """In an environment that nobody activates, as `environment/bin/jupyter lab` starts a kernel."""
    place = tmp_path / "an environment"
    call(sys.executable, "-m", "venv", place)
    done = subprocess.run(
        [place / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[features]"],
        capture_output=True, text=True, timeout=300)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("pip reaches no package index")
    assert done.returncode == 0, done.stderr
    bare = {name: value for name, value in os.environ.items()
            if name not in ("VIRTUAL_ENV", "CONDA_PREFIX", "TGKERNEL_PYTHON", "TGKERNEL_FEATURES", "PYTHONPATH")}
    bare["PATH"] = "/usr/bin:/bin"
    program, networks = place / "bin" / "tgkernel", tmp_path / "networks"
    models = ["ends-64x2/europe-2500", "gru-24/europe-2500"]
    call(program, "forge", "export", *models, "--target", "iberian", "--out", networks, env=bare)
    call(program, "features", "extract", "--models", networks / "models.txt", "--data", networks / "letters.npy",
         "--labels", networks / "labels.npy", "--out", tmp_path / "features", env=bare)
    manifest = json.loads((tmp_path / "features" / "manifest.json").read_text())
    assert [(entry["model"], entry["status"]) for entry in manifest["models"]] == [(model, "done") for model in models]
    scores = json.loads(call(
        program, "score", "all", "--from", tmp_path / "features", "--output-format", "json", env=bare))
    assert len(scores["models"]) == 2


def test_uninstalling_leaves_no_file(wheel, tmp_path):
    place = tmp_path / "e"
    call(sys.executable, "-m", "venv", place)

    def files():
        return {path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts}

    before = files()
    pip = [place / "bin" / "python", "-m", "pip"]
    call(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel)
    assert len(files()) > len(before) + 50
    call(*pip, "uninstall", "--quiet", "--yes", "transfergraph_kernel")
    assert files() == before
    assert not (place / "share" / "transfergraph").exists()


def test_two_versions_in_two_environments_do_not_meet(wheel, environment, tmp_path):
    """The other version is this wheel under another number: what differs is what pip and Jupyter go by."""
    name, version = wheel.name.split("-")[:2]
    other = tmp_path / wheel.name.replace(version, "0.0.1")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(other, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith(".dist-info/METADATA"):
                data = data.replace(f"Version: {version}".encode(), b"Version: 0.0.1")
            entry.filename = entry.filename.replace(f"{name}-{version}", f"{name}-0.0.1")
            new.writestr(entry, data)
    place = tmp_path / "other"
    call(sys.executable, "-m", "venv", place)
    pip = ["-m", "pip", "--disable-pip-version-check"]
    call(place / "bin" / "python", *pip, "install", "--quiet", "--no-deps", "--no-index", other)
    for home, number in ((environment, version), (place, "0.0.1")):
        assert f"Version: {number}" in call(home / "bin" / "python", *pip, "show", name)
        call(home / "bin" / "tgkernel", "recommend", "--zoo", "words", "iberian", "--top", "1")
        # The program that the kernelspec's launcher starts is the environment's own.
        spec = home / "share" / "jupyter" / "kernels" / "transfergraph"
        program = (spec / (spec / "program").read_text().strip()).resolve()
        assert program == (home / "share" / "transfergraph" / "bin" / "tgkernel").resolve()
    call(place / "bin" / "python", *pip, "uninstall", "--quiet", "--yes", name)
    assert not (place / "bin" / "tgkernel").exists()
    call(environment / "bin" / "tgkernel", "recommend", "--zoo", "words", "iberian", "--top", "1")


def test_the_conda_recipe_installs_what_it_says(wheel, environment, tmp_path):
    """Its text with the wheel put in, its script and its tests' commands; conda itself is not here."""
    jinja2, yaml = pytest.importorskip("jinja2"), pytest.importorskip("yaml")
    text = (ROOT / "packaging" / "conda" / "meta.yaml").read_text()
    # Conda's own paths have no spaces.
    (tmp_path / "environment").symlink_to(environment)
    python = tmp_path / "environment" / "bin" / "python"
    recipe = yaml.safe_load(jinja2.Template(text).render(environ={"WHEEL": str(wheel)}, PYTHON=str(python)))
    assert recipe["package"]["version"] == wheel.name.split("-")[1]
    assert (ROOT / "packaging" / "conda" / recipe["about"]["license_file"]).exists()
    call("sh", "-c", recipe["build"]["script"].replace(" install ", " install --force-reinstall --quiet "))
    assert call(environment / "bin" / "tgkernel", "--version")
    spec = environment / "share" / "jupyter" / "kernels" / "transfergraph" / "kernel.json"
    assert spec.exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root makes a namespace and becomes another user there")
def test_what_the_dockerfile_starts_ends_with_its_test(monkeypatch):
    """As another user, whose first process in the namespace forgets that it ends with its parent."""
    monkeypatch.syspath_prepend(ROOT / "script" / "support")
    import run_dockerfile

    port = run_dockerfile.free_port()
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        place.chmod(0o755)
        (place / "api").write_text("{}")
        server = f"/usr/bin/python3 -m http.server {port} --bind 127.0.0.1 --directory {place}"
        run_dockerfile.serve(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec",
             f"exec chroot --userspec=nobody:nogroup / sh -ec '{server}; true'"], port)
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)) != 0
