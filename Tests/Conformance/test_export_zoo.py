"""script/export-zoo writes what a package says of its models, with the package itself or one that says the same."""
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import ROOT

SCRIPT = ROOT / "script/export-zoo"


def export(package: str, modules: dict[str, str], folder: Path):
    """Runs the script with modules that stand in for a package of a gigabyte."""
    for name, text in modules.items():
        path = folder / "packages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    file = folder / "out.json"
    run = subprocess.run(
        [sys.executable, str(SCRIPT), package, str(file)],
        env={"PYTHONPATH": str(folder / "packages"), "PATH": "/usr/bin:/bin", "KERAS_BACKEND": "numpy"},
        capture_output=True, text=True,
    )
    return run, file


def test_torchvision_weights_come_with_metrics_and_without_class_names(tmp_path):
    run, file = export("torchvision", {
        "torchvision/__init__.py": "",
        "torchvision/models/__init__.py": """
            import enum, functools
            def transform(**sizes): pass
            class Brook_Weights(enum.Enum):
                V1 = (functools.partial(transform, crop_size=224), {"acc@1": float("nan")})
                V2 = (transform, {"acc@1": 80.858})
                @property
                def url(self): return "https://example.org/" + self.name
                @property
                def transforms(self): return self.value[0]
                @property
                def meta(self):
                    return {"num_params": 5, "min_size": (1, 1), "categories": ["a", "b"], "_metrics": {"ImageNet-1K": self.value[1]}}
            def list_models(): return ["brook"]
            def get_model_weights(name): return Brook_Weights
        """,
    }, tmp_path)
    assert run.returncode == 0, run.stderr
    found = json.loads(file.read_text())
    assert found["brook"]["V1"]["transforms"] == {"crop_size": 224}
    assert found["brook"]["V2"]["transforms"] == {}
    assert found["brook"]["V2"]["_metrics"]["ImageNet-1K"]["acc@1"] == 80.858
    assert found["brook"]["V1"]["num_classes"] == 2 and "categories" not in found["brook"]["V1"]
    # Python writes a bare NaN, as the reader has to expect.
    assert "NaN" in file.read_text()


def test_timm_configurations_are_written_without_what_is_unknown(tmp_path):
    run, file = export("timm", {
        "timm/__init__.py": """
            class Configuration:
                def to_dict(self): return {"architecture": "a", "input_size": (3, 224, 224), "license": None, "crop_pct": 0.9}
            def list_pretrained(): return ["a.in1k", "gone"]
            def get_pretrained_cfg(name): return Configuration() if name == "a.in1k" else None
        """,
    }, tmp_path)
    assert run.returncode == 0, run.stderr
    assert json.loads(file.read_text()) == {"a.in1k": {"architecture": "a", "input_size": [3, 224, 224], "crop_pct": 0.9}}


def test_keras_applications_are_built_without_weights(tmp_path):
    run, file = export("keras", {
        "keras/__init__.py": "from . import applications, backend",
        "keras/backend.py": "def clear_session(): pass",
        "keras/applications.py": """
            class _Model:
                layers = [1, 2]
                input_shape = (None, 224, 224, 3)
                output_shape = (None, 1000)
                def count_params(self): return 5
            def Brook(weights="imagenet"):
                assert weights is None
                return _Model()
            def brook(): pass
        """,
    }, tmp_path)
    assert run.returncode == 0, run.stderr
    assert json.loads(file.read_text()) == {"Brook": {
        "parameters": 5, "layers": 2, "input_shape": [224, 224, 3], "output_shape": [1000], "pretrained_on": "ImageNet",
    }}


@pytest.mark.parametrize("package", ["torchvision", "timm", "keras"])
def test_without_the_package_a_sentence_says_so(package, tmp_path):
    run, file = export(package, {f"{package}/__init__.py": f"raise ModuleNotFoundError(name='{package}')"}, tmp_path)
    assert run.returncode != 0
    assert f"has no package {package}" in run.stderr
    assert not file.exists()


# A few models that each package has had for years: parameters as its own documentation gives them, in millions.
KNOWN = {
    "torchvision": {"resnet50 / IMAGENET1K_V2": 25.6, "mobilenet_v3_small": 2.5},
    "keras": {"ResNet50": 25.6, "MobileNetV2": 3.5},
    "timm": {"resnet50.a1_in1k": None, "vit_base_patch16_224.augreg_in21k_ft_in1k": None},
}


@pytest.mark.parametrize("package", KNOWN)
def test_the_real_package_is_exported_and_loads(package, tmp_path):
    python = os.environ.get("TGKERNEL_PYTHON", sys.executable)
    needed = "keras, scipy" if package == "keras" else package
    if subprocess.run(
        [python, "-c", f"import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, '{needed}'.split(', '))))"]
    ).returncode != 0:
        pytest.skip(f"{python} has no {needed}; TGKERNEL_PYTHON names a Python that has.")
    file = tmp_path / "models.json"
    run = subprocess.run([python, SCRIPT, package, file], capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    done = subprocess.run(
        [ROOT / ".build/release/tgkernel", "models", "--zoo", file, "--all", "--output-format", "json"],
        capture_output=True, text=True, timeout=60, check=True,
    )
    table = json.loads(done.stdout)
    models = {row[0]: dict(zip(table["columns"], row)) for row in table["rows"]}
    for model, millions in KNOWN[package].items():
        assert model in models
        if millions:
            assert round(models[model]["parameters"] / 1e6, 1) == millions
