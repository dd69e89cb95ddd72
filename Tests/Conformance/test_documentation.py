"""The libraries' reference, built from their doc comments, without a warning."""

import shutil
import subprocess

import pytest
from conftest import ROOT

# A library has a catalog of its name where its reference is meant to be read.
MODULES = sorted(catalog.stem for catalog in ROOT.glob("Sources/*/*.docc"))


def test_there_is_a_reference():
    assert "JupyterKernel" in MODULES


@pytest.mark.skipif(not shutil.which("docc"), reason="There is no docc on the path.")
@pytest.mark.parametrize("module", MODULES)
def test_the_reference_builds_without_a_warning(module, tmp_path):
    done = subprocess.run(
        [ROOT / "script" / "support" / "documentation", module, tmp_path / "reference"],
        capture_output=True, text=True, timeout=1_800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((tmp_path / "reference" / "data" / "documentation" / module.lower()).glob("*.json"))
    assert len(pages) > 10
