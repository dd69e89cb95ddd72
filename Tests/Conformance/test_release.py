"""`script/release`, over stand-ins for what it calls: all or nothing."""

import os
import subprocess

import pytest
from conftest import ROOT

VERSION = "Sources/TGMagics/Session/InterpreterInfo+TransferGraph.swift"


def git(place, *words):
    return subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *words], cwd=place, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b.c")
    place = tmp_path / "repository"
    files = {
        "script/release": (ROOT / "script/release").read_text(),
        "script/test": "#!/bin/bash\necho test $* >>$CALLS\n[[ $FAILS != \"$1\" ]] || exit 1\n"
        "mkdir -p build/wheel && echo x >build/wheel/a.whl\n",
        "script/docs": "#!/bin/bash\necho docs >>$CALLS\n[[ $FAILS != docs ]] || exit 1\nmkdir -p $1 && echo x >$1/index.html\n",
        "CHANGELOG.md": "# Changelog\n\n## 0.2.0, not released yet\n\n- new\n\n## 0.1.0\n\n- first\n",
        VERSION: 'public static let version = "0.2.0"\n',
        ".gitignore": "build/\n",
    }
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    for name in ("release", "test", "docs"):
        (place / "script" / name).chmod(0o755)
    git(place, "init", "-q", "-b", "main")
    git(place, "add", ".")
    git(place, "commit", "-qm", "first")
    return place


def release(place, tmp_path, fails="nothing", *options):
    environment = {**os.environ, "CALLS": str(tmp_path / "calls"), "FAILS": fails}
    return subprocess.run([place / "script/release", *options], env=environment, capture_output=True, text=True, timeout=60)


def state(place):
    return git(place, "rev-parse", "HEAD"), git(place, "tag"), git(place, "status", "--porcelain"), git(place, "worktree", "list")


def test_a_release_is_a_commit_a_tag_and_what_people_install(repository, tmp_path):
    done = release(repository, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "calls").read_text().split("\n")[:-1] == ["test", "test --slurm", "test --pictures", "test --wheel", "docs"]
    assert git(repository, "tag").strip() == "v0.2.0"
    assert git(repository, "rev-parse", "v0.2.0^{commit}") == git(repository, "rev-parse", "main")
    assert "## 0.2.0 (2" in (repository / "CHANGELOG.md").read_text()
    assert git(repository, "status", "--porcelain") == ""
    assert {path.name for path in (repository / "build/release/0.2.0").iterdir()} == {"a.whl", "site"}


@pytest.mark.parametrize("fails", ["--slurm", "--pictures", "--wheel", "docs"])
def test_where_anything_fails_nothing_is_changed(repository, tmp_path, fails):
    before = state(repository)
    done = release(repository, tmp_path, fails)
    assert done.returncode == 1 and "nothing was changed" in done.stderr
    assert state(repository) == before
    assert not (repository / "build/release/0.2.0").exists()


def test_a_dry_run_changes_nothing(repository, tmp_path):
    before = state(repository)
    assert release(repository, tmp_path, "nothing", "--dry-run").returncode == 0
    assert state(repository) == before


@pytest.mark.parametrize("file, text, said", [
    ("CHANGELOG.md", "# Changelog\n\n## 0.1.0\n", "no section"),
    ("CHANGELOG.md", "## 0.3.0, not released yet\n", "another version"),
    ("CHANGELOG.md", "## 0.2.0, not released yet\n\n## 0.10.0\n", "not after 0.10.0"),
])
def test_versions_that_do_not_fit_are_refused(repository, tmp_path, file, text, said):
    (repository / file).write_text(text)
    git(repository, "commit", "-qam", "other")
    done = release(repository, tmp_path)
    assert done.returncode == 1 and said in done.stderr
    assert not (tmp_path / "calls").exists()


def test_changes_that_are_not_committed_stop_it(repository, tmp_path):
    (repository / "new.txt").write_text("x")
    done = release(repository, tmp_path)
    assert done.returncode == 1 and "not committed" in done.stderr
