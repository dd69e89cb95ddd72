"""Sweeps in parts: features and scores give the bytes of one run, and the recipes of docs/cluster.md do what they say."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest
from projections import library, networks, python  # noqa: F401

ROOT = pathlib.Path(__file__).resolve().parents[2]

def features(program, networks, out, library, *words, code=0):
    finished = subprocess.run(
        [program, "features", "extract", "--models", networks, "--data", networks / "samples.npz", "--out", out, *words],
        env=library, capture_output=True, text=True, timeout=120)
    assert finished.returncode == code, finished.stdout + finished.stderr
    return finished.stdout


def content(folder):
    """The files of a folder of features, by name; the manifest without how long each model took."""
    files = {path.name: path.read_bytes() for path in folder.glob("*.npy")}
    manifest = json.loads((folder / "manifest.json").read_text())
    for entry in manifest["models"]:
        assert entry.pop("seconds") >= 0
    return files, manifest


@pytest.mark.parametrize("count", [1, 3, 8])
def test_features_in_parts_are_those_of_one_run(tgkernel, networks, library, tmp_path, count):
    features(tgkernel, networks, tmp_path / "one", library)
    for part in range(count, 0, -1):
        features(tgkernel, networks, tmp_path / "parts", library, "--part", f"{part}/{count}")
    subprocess.run([tgkernel, "merge", tmp_path / "parts"], env=library, check=True, timeout=60)
    files, manifest = content(tmp_path / "one")
    assert len(files) == 15 and len(manifest["models"]) == 7
    assert content(tmp_path / "parts") == (files, manifest)
    # And so are the scores, in parts as well.
    def scores(*words):
        return subprocess.run(
            [tgkernel, *map(str, words), "--output-format", "json"], check=True, capture_output=True, text=True,
            timeout=60).stdout
    whole = scores("score", "all", "--from", tmp_path / "one")
    assert len(json.loads(whole)["models"]) == 7
    assert scores("score", "all", "--from", tmp_path / "parts") == whole
    for part in range(1, count + 1):
        scores("score", "all", "--from", tmp_path / "parts", "--part", f"{part}/{count}", "--out", tmp_path / "scores")
    assert scores("merge", tmp_path / "scores") == whole


def test_a_model_that_failed_is_done_again_with_its_part(tgkernel, networks, library, tmp_path):
    mended = tmp_path / "networks"
    shutil.copytree(networks, mended)
    (mended / "network-3.onnx").write_bytes(b"broken")
    for part in (1, 2):
        features(tgkernel, mended, tmp_path / "parts", library, "--part", f"{part}/2")
    subprocess.run([tgkernel, "merge", tmp_path / "parts"], env=library, check=True, timeout=60)
    manifest = json.loads((tmp_path / "parts" / "manifest.json").read_text())
    states = {entry["model"]: entry["status"] for entry in manifest["models"]}
    assert states.pop("network-3") == "failed" and set(states.values()) == {"done"}
    shutil.copy(networks / "network-3.onnx", mended)
    said = [features(tgkernel, mended, tmp_path / "parts", library, "--part", f"{part}/2") for part in (1, 2)]
    assert sum("there already" in text for text in said) == 1
    subprocess.run([tgkernel, "merge", tmp_path / "parts"], env=library, check=True, timeout=60)
    features(tgkernel, mended, tmp_path / "one", library)
    assert content(tmp_path / "parts") == content(tmp_path / "one")


def test_manifests_without_a_version_are_taken_and_those_of_a_later_one_left_alone(
        tgkernel, networks, library, tmp_path):
    features(tgkernel, networks, tmp_path / "features", library)
    path = tmp_path / "features" / "manifest.json"
    manifest = json.loads(path.read_text())
    assert manifest.pop("version") == 1
    path.write_text(json.dumps(manifest))
    score = [tgkernel, "score", "all", "--from", tmp_path / "features"]
    subprocess.run(score, check=True, capture_output=True, timeout=60)
    features(tgkernel, networks, tmp_path / "features", library)
    assert json.loads(path.read_text())["models"] == manifest["models"]
    assert json.loads(path.read_text())["version"] == 1
    later = json.dumps({**manifest, "version": 2})
    path.write_text(later)
    for words in (score, [tgkernel, "features", "extract", "--models", networks, "--data", networks / "samples.npz",
                          "--out", tmp_path / "features"]):
        done = subprocess.run(words, env=library, capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and "later version" in done.stderr.lower()
    assert path.read_text() == later


# MARK: Recipes


def recipe(word):
    """The block of docs/cluster.md that holds a word, with the zoo and the method of a test."""
    blocks = (ROOT / "docs" / "cluster.md").read_text().split("```")[1::2]
    found = [block.split("\n", 1)[1] for block in blocks if word in block]
    assert len(found) == 1, word
    return found[0].replace("--zoo mteb", "--zoo words").replace("--method auto", "--method history")


def merged_is_one_run(program, folder, tmp_path):
    """Whether the eight parts in a folder give the bytes of one run."""
    found = []
    words = ["evaluate", "--zoo", "words", "--method", "history"]
    for name, command in (("one.csv", words), ("merged.csv", ["merge", folder])):
        text = subprocess.run([program, *command, "--export", tmp_path / name, "--output-format", "json"], check=True,
                              capture_output=True, text=True, timeout=120).stdout
        found.append((text, (tmp_path / name).read_bytes()))
    assert len(list(folder.glob("part-*-of-8.tgpart"))) == 8
    assert found[0] == found[1]


def on_the_path(program):
    return {**os.environ, "PATH": f"{pathlib.Path(program).parent}:{os.environ['PATH']}"}


@pytest.mark.parametrize("launcher", ["parallel", "mpirun"])
def test_the_recipe_of_a_launcher(tgkernel, tmp_path, launcher):
    if not shutil.which(launcher):
        pytest.skip(f"{launcher} is not installed here")
    line = recipe(launcher + " -").replace("DIR", str(tmp_path / "sweep"))
    # Root, and more processes than cores, are both refused where nobody says otherwise.
    environment = {**on_the_path(tgkernel), "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                   "OMPI_MCA_rmaps_base_oversubscribe": "1", "PARALLEL_HOME": str(tmp_path / "parallel")}
    finished = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, text=True, timeout=240)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    merged_is_one_run(tgkernel, tmp_path / "sweep", tmp_path)


def test_the_recipe_for_dask(tgkernel, tmp_path):
    pytest.importorskip("dask.distributed")
    script = tmp_path / "sweep.py"
    script.write_text(recipe("dask.distributed").replace("DIR", str(tmp_path / "sweep")))
    finished = subprocess.run([sys.executable, script], env=on_the_path(tgkernel), cwd=tmp_path, capture_output=True,
                              text=True, timeout=240)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    merged_is_one_run(tgkernel, tmp_path / "sweep", tmp_path)


def test_the_recipe_for_kubernetes(tgkernel, tmp_path):
    yaml = pytest.importorskip("yaml")
    text = recipe("kind: Job")
    job = yaml.safe_load(text)
    assert job["spec"]["completionMode"] == "Indexed" and job["spec"]["completions"] == 8
    (container,) = job["spec"]["template"]["spec"]["containers"]
    mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
    assert set(mounts) == {volume["name"] for volume in job["spec"]["template"]["spec"]["volumes"]}
    if shutil.which("kubectl"):
        # What comes out of the types that Kubernetes has for a Job: a field that it does not know would be lost.
        (tmp_path / "job.yaml").write_text(text)
        said = subprocess.run(
            ["kubectl", "set", "image", "--local", "-f", tmp_path / "job.yaml", "part=another", "-o", "json"],
            check=True, capture_output=True, text=True, timeout=60).stdout
        container["image"] = "another"
        assert lost(job, json.loads(said)) == []
    for index in range(8):
        subprocess.run([word.replace(mounts["shared"], str(tmp_path)) for word in container["command"]], check=True,
                       env={**on_the_path(tgkernel), "JOB_COMPLETION_INDEX": str(index)}, timeout=60)
    merged_is_one_run(tgkernel, tmp_path / "mteb", tmp_path)


def lost(wanted, there, path=""):
    """The paths of what is in `wanted` and not in `there`."""
    if isinstance(wanted, dict) and isinstance(there, dict):
        return [place for key in wanted for place in lost(wanted[key], there.get(key), f"{path}/{key}")]
    if isinstance(wanted, list) and isinstance(there, list) and len(wanted) == len(there):
        return [place for index, (a, b) in enumerate(zip(wanted, there)) for place in lost(a, b, f"{path}/{index}")]
    return [] if wanted == there else [path]
