"""Nothing lost, nothing counted twice, and the display tells: on a real Slurm with things that go wrong."""

import json
import re
import subprocess
import time

import pytest

import slurm_cluster


def same(one, output, expected):
    text, predictions = expected
    assert output == text
    assert one.export.read_bytes() == predictions


@pytest.mark.parametrize("count", [1, 3, 8])
def test_parts_give_the_bytes_of_one_run(submit, expected, count):
    one = submit("--jobs", str(count))
    same(one, one.finish(), expected)
    assert one.parts() == set(range(1, count + 1))
    # The display tells how far it is, and what is known so far.
    assert f"of {count} parts done" in one.screen
    assert not list(one.folder.glob(".*.tmp")) and not list(one.folder.glob("*.begun"))


def test_how_many_parts_follows_from_a_task_that_was_tried(submit, expected):
    one = submit()
    same(one, one.finish(), expected)
    # Eight targets take seconds: one part is enough.
    assert "One of the 8 took " in one.screen and "So 1 part." in one.screen
    assert one.parts() == {1}


@pytest.mark.parametrize("count", [1, 3, 8])
def test_features_and_their_scores(submit, cluster, program, tmp_path, networks, library, count):
    extract = ("features", "extract", "--models", str(networks), "--data", str(networks / "samples.npz"))
    here = tmp_path / "here"
    subprocess.run([program, *extract, "--out", here], env=library, check=True, capture_output=True, timeout=120)
    one = submit("--jobs", str(count), words=extract, folder=tmp_path / "there", environment=library)
    one.finish()
    assert content(tmp_path / "there") == content(here)
    # A later session finds it and merges it again.
    for name in ("manifest.json", "labels.npy"):
        (tmp_path / "there" / name).unlink()
    cluster.run(program, "jobs", "attach", str(tmp_path / "there"))
    assert content(tmp_path / "there") == content(here)
    score = ("score", "all", "--from", str(here))
    whole = cluster.run(program, *score, "--output-format", "json")
    other = submit("--jobs", str(count), words=score, folder=tmp_path / "scores")
    assert other.finish() == whole


@pytest.mark.parametrize("count", [1, 3, 8])
def test_a_simulation(submit, cluster, program, count):
    words = ("simulate", "--zoo", "words", "--method", "random", "--method", "history", "--targets", "4", "--runs", "5",
             "--seed", "1", "--seed", "2")
    whole = cluster.run(program, *words, "--output-format", "json", timeout=120)
    one = submit("--jobs", str(count), words=words)
    assert one.finish() == whole


def content(folder):
    """The arrays of a folder of features, and its manifest without how long each model took."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for entry in manifest["models"]:
        entry.pop("seconds")
    return {path.name: path.read_bytes() for path in folder.glob("*.npy")}, manifest


def test_a_node_that_dies_loses_nothing(submit, cluster, expected, slow):
    one = submit("--jobs", "6", "--setup", slow)
    one.wait_for(lambda: "n2" in one.running().values(), "a part on the second node")
    cluster.kill_node("n2")
    # The first node takes over what the second one had.
    same(one, one.finish(seconds=240), expected)
    # Meanwhile the display told how long the rest takes, and the means so far with their intervals.
    assert re.search(r"about \d+ (s|min) left", one.screen), one.screen[-3000:]
    assert re.search(r"so far .*history -?[\d.]+ \[-?[\d.]+, -?[\d.]+\]", one.screen), one.screen[-3000:]
    machines = [json.loads(path.read_bytes().split(b"\n", 1)[0])["machine"] for path in one.folder.glob("*.tgpart")]
    assert machines.count("n1") >= 5 and len(machines) == 6


def test_a_part_that_is_killed_is_submitted_again(submit, cluster, expected, slow):
    one = submit("--jobs", "3", "--setup", slow)
    one.wait_for(lambda: "1" in one.running(), "the first part")
    time.sleep(0.5)
    victims = [pid for pid, words in slurm_cluster.processes()
               if "SLURM_ARRAY_TASK_ID=1" in (values := slurm_cluster.environment(pid))
               and f"SLURM_CONF={cluster.folder}/slurm.conf" in values and "slurmstepd" not in words]
    assert victims
    for pid in victims:
        slurm_cluster.kill(pid)
    same(one, one.finish(), expected)
    assert "1 submitted again" in one.screen
    job = json.loads((one.folder / "job.json").read_text())
    assert [submission["parts"] for submission in job["submissions"]] == [[1, 2, 3], [1]]


def test_a_part_that_always_fails_is_told_with_the_end_of_its_log(submit, tmp_path, expected):
    broken = tmp_path / "broken.sh"
    broken.write_text('if [ "$SLURM_ARRAY_TASK_ID" = 2 ]; then echo "the licence server is asleep" >&2; exit 3; fi\n')
    one = submit("--jobs", "3", "--setup", str(broken), "--retries", "1")
    one.finish(code=1)
    assert "1 of 3 parts failed: 2" in one.screen and "the licence server is asleep" in one.screen
    assert "2 times" in one.screen and one.parts() == {1, 3}
    before = {path: path.stat().st_mtime_ns for path in one.folder.glob("*.tgpart")}
    # The same line, mended, does what is missing and nothing else.
    again = submit()
    same(again, again.finish(), expected)
    assert again.parts() == {1, 2, 3} and all(path.stat().st_mtime_ns == time for path, time in before.items())


def test_a_full_disk_leaves_no_half_of_a_part(program, cluster, tmp_path, expected):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]).returncode:
        pytest.skip("no disk of a chosen size can be mounted here")
    try:
        # Each part by hand, since the nodes see files as they were before the disk was mounted.
        folder = disk / "sweep"
        words = ["evaluate", "--method", "tg:lr:n2v", "--method", "auto", "--targets", "8", "--embeddings", "1",
                 "--dimension", "8"]
        for part in (1, 2):
            run_part(program, words, part, folder, cluster, code=0)
        subprocess.run(f"head -c 100000000 /dev/zero > '{disk}/filler' 2>/dev/null", shell=True)
        failed = run_part(program, words, 3, folder, cluster, code=1)
        assert "No space left on device" in failed.stderr and "Make room" in failed.stderr
        assert sorted(path.name for path in folder.glob("*part-3*")) == []
        missing = subprocess.run([program, "merge", folder], env=cluster.environment, capture_output=True, text=True)
        assert missing.returncode == 1 and "1 of 3 parts are missing: 3" in missing.stderr
        (disk / "filler").unlink()
        run_part(program, words, 3, folder, cluster, code=0)
        merged = cluster.run(program, "merge", str(folder), "--output-format", "json", "--export",
                             str(tmp_path / "merged.csv"))
        assert (merged, (tmp_path / "merged.csv").read_bytes()) == expected
    finally:
        subprocess.run(["umount", disk], check=True)


def run_part(program, words, part, folder, cluster, code):
    finished = subprocess.run(
        [program, *words, "--zoo", "words", "--part", f"{part}/3", "--out", folder], env=cluster.environment,
        capture_output=True, text=True, timeout=120)
    assert finished.returncode == code, finished.stdout + finished.stderr
    return finished


def test_a_cluster_whose_disk_is_full_is_told_and_goes_on_later(submit, tmp_path, expected):
    """The parts themselves fill their limit: a file may have no byte more."""
    full = tmp_path / "full.sh"
    full.write_text('[ "$SLURM_ARRAY_TASK_ID" != 3 ] || ulimit -f 1\n')
    one = submit("--jobs", "3", "--setup", str(full), "--retries", "1")
    one.finish(code=1)
    assert "1 of 3 parts failed: 3" in one.screen and "cannot be written" in one.screen and one.parts() == {1, 2}
    assert not list(one.folder.glob(".part-3-*"))
    again = submit()
    same(again, again.finish(), expected)


def test_a_controller_that_restarts_loses_nothing(submit, cluster, expected, slow):
    one = submit("--jobs", "6", "--setup", slow)
    one.wait_for(lambda: one.running(), "a running part")
    cluster.end("ctld")
    one.wait_for(lambda: "Slurm has not answered" in one.screen, "the display to tell", 90)
    cluster.start_controller()
    same(one, one.finish(seconds=240), expected)


def test_a_cancelled_array_is_told_and_what_is_done_stays(submit, cluster, expected, slow):
    one = submit("--jobs", "6", "--setup", slow)
    one.wait_for(lambda: len(one.parts()) >= 2, "two parts")
    cluster.run("scancel", "--name=tg-evaluate")
    one.finish(code=1)
    done = one.parts()
    assert "JobsCancelled" in one.screen and f"{len(done)} are done and stay" in one.screen
    assert "submitted again" not in one.screen and 2 <= len(done) < 6
    again = submit()
    same(again, again.finish(), expected)


def test_an_interrupt_asks_and_the_parts_go_on(submit, cluster, program, expected, slow):
    one = submit("--jobs", "3", "--setup", slow)
    one.wait_for(lambda: one.running(), "a running part")
    one.interrupt()
    one.wait_for(lambda: "Cancel the" in one.screen, "the question", 30)
    one.answer("n")
    one.finish(code=130)
    assert "The parts go on without this session" in one.screen
    listed = cluster.run(program, "jobs", "list", "--output-format", "csv")
    assert str(one.folder) in listed
    attached = submit(words=("jobs", "attach", str(one.folder)))
    same(attached, attached.finish(), expected)


def test_an_interrupt_that_cancels(submit, cluster, slow):
    one = submit("--jobs", "4", "--setup", slow)
    one.wait_for(lambda: one.running(), "a running part")
    one.interrupt()
    one.wait_for(lambda: "Cancel the" in one.screen, "the question", 30)
    one.answer("y")
    one.finish(code=130)
    assert "Interrupted, and cancelled" in one.screen
    cluster.wait(lambda: not cluster.run("squeue", "-h", "--name=tg-evaluate"), "an empty queue", 40)


def test_a_session_that_was_killed_is_found_again_and_cancelled(submit, cluster, program, slow):
    one = submit("--jobs", "6", "--setup", slow)
    one.wait_for(lambda: one.running(), "a running part")
    one.process.kill()
    one.process.wait()
    second = submit()
    second.finish(code=1)
    assert "AlreadySubmitted" in second.screen
    cluster.run(program, "jobs", "cancel", str(one.folder))
    cluster.wait(lambda: not cluster.run("squeue", "-h", "--name=tg-evaluate"), "an empty queue", 40)


def test_a_folder_that_nodes_do_not_see_is_told(submit, cluster, program):
    one = submit("--jobs", "3", folder=cluster.folder / "unshared" / "sweep")
    one.finish(code=1)
    assert "SharedDirectoryMissing" in one.screen and "does not see what was written" in one.screen
    assert not one.parts()
    # It hides no other sweep from the list.
    assert str(one.folder) in cluster.run(program, "jobs", "list", "--output-format", "csv")
    assert "does not see what was written" in " ".join(cluster.run(program, "jobs", "list").split())
    cluster.wait(lambda: not cluster.run("squeue", "-h", "--name=tg-evaluate"), "an empty queue", 40)


def test_what_slurm_refuses_is_told_in_its_words(submit):
    one = submit("--jobs", "2", "--partition", "nowhere")
    one.finish(code=1)
    assert "SubmissionError" in one.screen and "partition" in one.screen.lower()


def test_a_script_submitted_by_hand_does_the_same(submit, cluster, program, expected, slow):
    one = submit("--jobs", "3", "--setup", slow)
    one.wait_for(lambda: one.running(), "a running part")
    cluster.run("scancel", "--name=tg-evaluate")
    one.finish(code=1)
    cluster.run("sbatch", str(one.folder / "submit.sh"))
    cluster.wait(lambda: one.parts() == {1, 2, 3}, "three parts", 60)
    merged = cluster.run(
        program, "merge", str(one.folder), "--output-format", "json", "--export", str(one.export))
    same(one, merged, expected)
