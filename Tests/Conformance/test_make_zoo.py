"""`script/make-zoo mteb` makes the zoo again from a results folder and says what changed."""

import subprocess

import pytest
from conftest import ROOT

SHARED = ROOT.parent / "shared" / "zoos"


def make(*arguments):
    return subprocess.run(
        [ROOT / "script" / "make-zoo", *arguments], capture_output=True, text=True, timeout=900, cwd=ROOT
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="The results folder is not beside this checkout (../shared).")
def test_mteb_is_made_from_a_results_folder(tmp_path):
    out = tmp_path / "made"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    done = make(
        "mteb", "--from", SHARED / "hubs/data/mteb", "--tasks", SHARED / "public/mteb/datasets.csv", "--out", out
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert "models are gone" in done.stdout and "results that both have differ" in done.stdout
    assert (out / "notes.txt").read_text() == "mine"
    assert {"about.txt", "columns.csv", "records.csv.zst", "models.csv.zst"} <= {path.name for path in out.iterdir()}
    program = ROOT / ".build" / "release" / "tgkernel"
    shown = subprocess.run(
        [program, "datasets", "--zoo", out, "--targets", "--columns", "task,metric", "--output-format", "csv"],
        capture_output=True, text=True, timeout=60,
    )
    assert shown.returncode == 0, shown.stderr
    assert "Retrieval" in shown.stdout and "ndcg_at_10" in shown.stdout


@pytest.mark.skipif(not SHARED.is_dir(), reason="The results folder is not beside this checkout (../shared).")
def test_the_shipped_zoo_is_not_replaced_unasked():
    shipped = ROOT / "Sources/Core/Zoos/mteb"
    before = {path.name: path.read_bytes() for path in shipped.iterdir()}
    done = make("mteb", "--from", SHARED / "hubs/data/mteb", "--tasks", SHARED / "public/mteb/datasets.csv")
    assert done.returncode == 0, done.stderr[-2_000:]
    assert "models are gone" in done.stdout and "--replace" in done.stdout
    assert {path.name: path.read_bytes() for path in shipped.iterdir()} == before
    assert (ROOT / ".build/zoos/mteb/records.csv.zst").stat().st_size > 0


def test_what_is_missing_is_said():
    done = make("mteb")
    assert done.returncode == 2 and "--from FOLDER" in done.stderr
    done = make("everything")
    assert done.returncode == 2 and "script/make-zoo mteb --from FOLDER" in done.stdout
