"""An array of three parts on a real Slurm cluster, on this machine's loopback. `script/test --slurm` has the failures."""

import pytest

import slurm_cluster

REASON = slurm_cluster.missing()
pytestmark = pytest.mark.skipif(REASON is not None, reason=REASON or "")

SWEEP = ("evaluate", "--method", "tg:lr:n2v", "--method", "auto", "--targets", "6", "--embeddings", "1", "--dimension", "8")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with slurm_cluster.running(tmp_path_factory.mktemp("slurm")) as cluster:
        yield cluster


def test_three_parts_on_a_cluster_give_the_bytes_of_one_run(cluster, tgkernel, tmp_path):
    words = [tgkernel, *SWEEP, "--zoo", "words", "--output-format", "json"]
    here = cluster.run(*words, "--export", str(tmp_path / "here.csv"), timeout=300)
    there = cluster.run(
        *words, "--on", "slurm", "--jobs", "3", "--out", str(tmp_path / "parts"), "--export", str(tmp_path / "there.csv"),
        timeout=300)
    assert here == there
    assert (tmp_path / "here.csv").read_bytes() == (tmp_path / "there.csv").read_bytes()
    assert sorted(path.name for path in (tmp_path / "parts").glob("*.tgpart")) == [
        f"part-{number}-of-3.tgpart" for number in (1, 2, 3)]
    assert str(tmp_path / "parts") in cluster.run(tgkernel, "jobs")
