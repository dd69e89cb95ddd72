"""What a cluster is asked for: partition, time, GPUs, a set-up; and what happens where it takes a node back."""

import json
import re

import pytest


def same(one, output, expected):
    text, predictions = expected
    assert output == text
    assert one.export.read_bytes() == predictions


def machines(one):
    return [json.loads(path.read_bytes().split(b"\n", 1)[0])["machine"] for path in one.folder.glob("*.tgpart")]


def show(cluster, name="tg-evaluate"):
    """What Slurm says of the last job of a name, by field."""
    numbers = cluster.run("squeue", "--noheader", "--states=all", f"--name={name}", "--format=%A").split()
    text = cluster.run("scontrol", "--oneliner", "show", "job", max(numbers, key=int))
    return dict(field.split("=", 1) for field in text.split() if "=" in field)


def test_a_partition_is_the_one_that_runs_the_parts(submit, cluster, expected):
    one = submit("--jobs", "3", "--partition", "second")
    same(one, one.finish(), expected)
    assert machines(one) == ["n2"] * 3
    assert show(cluster)["Partition"] == show(cluster, "tg-check")["Partition"] == "second"


def test_more_time_than_the_partition_allows_is_told_and_less_is_taken(submit, cluster, expected):
    one = submit("--jobs", "2", "--partition", "second", "--time", "1:00:00")
    one.wait_for(lambda: "the partition allows less time" in one.screen, "the reason", 30)
    one.interrupt()
    one.wait_for(lambda: "Cancel the" in one.screen, "the question", 30)
    one.answer("y")
    one.finish(code=130)
    again = submit("--partition", "second", "--time", "9")
    same(again, again.finish(), expected)
    assert show(cluster)["TimeLimit"] == "00:09:00"


def test_a_part_whose_time_is_over_is_told_and_not_submitted_again(submit, tmp_path, expected):
    long = tmp_path / "long.sh"
    long.write_text('[ "$SLURM_ARRAY_TASK_ID" != 2 ] || sleep 300\n')
    one = submit("--jobs", "2", "--setup", str(long), "--time", "0:30")
    one.finish(code=1, seconds=240)
    assert "1 of 2 parts failed: 2" in one.screen and "it exceeded its time limit" in one.screen
    assert "with a longer --time" in one.screen and "TIME LIMIT" in one.screen
    job = json.loads((one.folder / "job.json").read_text())
    assert [submission["parts"] for submission in job["submissions"]] == [[1, 2]]
    again = submit("--time", "5")
    same(again, again.finish(), expected)


def test_gpus_are_asked_for_and_given(submit, cluster, tmp_path, expected):
    tell = tmp_path / "tell.sh"
    tell.write_text('echo "devices <$CUDA_VISIBLE_DEVICES>"\n')
    one = submit("--jobs", "2", "--gpus", "1", "--setup", str(tell))
    same(one, one.finish(), expected)
    # The only node that has one.
    assert machines(one) == ["n2"] * 2
    assert all("devices <0>" in path.read_text() for path in (one.folder / "logs").iterdir())
    more = submit("--jobs", "2", "--gpus", "9", folder=tmp_path / "more")
    more.finish(code=1)
    assert "SubmissionError" in more.screen and "not available" in more.screen
    assert not cluster.run("squeue", "--noheader", "--name=tg-evaluate,tg-check", "--states=PD,R")


def test_a_setup_is_read_where_it_was_given_and_its_environment_counts(
        submit, cluster, tmp_path, monkeypatch, networks, library):
    """As `source venv/bin/activate` does: by a path from here, and nothing of it is in the session's environment."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "activate").write_text(
        f"export TGKERNEL_FEATURES='{library['TGKERNEL_FEATURES']}' TGKERNEL_PYTHON='{library['TGKERNEL_PYTHON']}'\n")
    # As an editor on another system writes it; and it goes elsewhere.
    (tmp_path / "setup.sh").write_bytes(b"source bin/activate\r\ncd /\r\n")
    (tmp_path / "models").symlink_to(networks)
    extract = ("features", "extract", "--models", "models", "--data", "models/samples.npz", "--jobs", "2")
    one = submit("--setup", "setup.sh", words=extract, environment={"TGKERNEL_FEATURES": "/nowhere"})
    one.finish()
    states = [entry["status"] for entry in json.loads((one.folder / "manifest.json").read_text())["models"]]
    assert states == ["done"] * 7


def test_a_setup_that_is_not_there_is_told_before_anything_is_done(submit, tmp_path):
    one = submit("--jobs", "2", "--setup", str(tmp_path / "nothing.sh"))
    one.finish(code=1)
    assert "FileNotFound" in one.screen and "nothing.sh" in one.screen and not one.folder.exists()


def preempt(cluster, one, seconds=4):
    """Takes the node of the first part for a job of more weight."""
    node = one.running()["1"]
    cluster.run("sbatch", "--partition=urgent", f"--nodelist={node}", "--time=5", "--output=/dev/null",
                "--chdir=/", "--job-name=urgent", f"--wrap=sleep {seconds}")


def first_runs(one):
    one.wait_for(lambda: "1" in one.running(), "the first part")


def test_what_slurm_puts_back_into_the_queue_runs_later(submit, cluster, expected, slow):
    one = submit("--jobs", "3", "--setup", slow, "--partition", "requeued")
    first_runs(one)
    preempt(cluster, one)
    same(one, one.finish(seconds=300), expected)
    # Slurm's own doing: nothing was submitted again, and the log has both beginnings.
    job = json.loads((one.folder / "job.json").read_text())
    assert len(job["submissions"]) == 1 and "submitted again" not in one.screen
    assert "PREEMPTION" in (one.folder / "logs" / "1.log").read_text()


def test_what_slurm_takes_back_is_submitted_again(submit, cluster, expected, slow):
    one = submit("--jobs", "3", "--setup", slow, "--partition", "cancelled")
    first_runs(one)
    preempt(cluster, one)
    same(one, one.finish(), expected)
    assert "1 submitted again" in one.screen
    job = json.loads((one.folder / "job.json").read_text())
    assert [submission["parts"] for submission in job["submissions"]] == [[1, 2, 3], [1]]


def test_what_slurm_takes_back_is_submitted_so_often_and_no_more(submit, cluster, expected, tmp_path):
    wait = tmp_path / "wait.sh"
    wait.write_text('[ "$SLURM_ARRAY_TASK_ID" != 1 ] || sleep 20\n')
    one = submit("--jobs", "2", "--setup", str(wait), "--partition", "cancelled", "--retries", "1")
    for attempt in (1, 2):
        one.wait_for(lambda: "1" in one.running() and len(submissions(one)) == attempt, f"attempt {attempt}")
        preempt(cluster, one, seconds=1)
        if attempt == 1:
            one.wait_for(lambda: len(submissions(one)) == 2, "a second submission")
    one.finish(code=1)
    assert "1 of 2 parts failed: 1" in one.screen and "it was preempted, 2 times" in one.screen
    assert len(submissions(one)) == 2 and one.parts() == {2}
    again = submit()
    same(again, again.finish(), expected)


def submissions(one):
    file = one.folder / "job.json"
    return json.loads(file.read_text())["submissions"] if file.exists() else []
