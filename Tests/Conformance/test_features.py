"""Features of real models, outside the kernel: with ONNX Runtime, networks that a package brings, and its own samples.

They need onnxruntime, numpy, scikit-learn, pillow and rapidocr-onnxruntime; without them they are skipped, and said so.
"""

import csv
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import types

import pytest

np = pytest.importorskip("numpy")
onnxruntime = pytest.importorskip("onnxruntime")
datasets = pytest.importorskip("sklearn.datasets")
pytest.importorskip("PIL")
# Its networks are files of their own; the package itself needs OpenCV, and is not imported.
rapidocr = importlib.util.find_spec("rapidocr_onnxruntime")
if rapidocr is None:
    pytest.skip("rapidocr_onnxruntime is not installed here", allow_module_level=True)

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "integrations" / "features"
NETWORKS = pathlib.Path(rapidocr.origin).parent / "models"
CLASSIFIER = NETWORKS / "ch_ppocr_mobile_v2.0_cls_infer.onnx"

@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """The network that reads lines of text; its file does not say what height it takes."""
    place = tmp_path_factory.mktemp("reader") / "reader.onnx"
    shutil.copy(NETWORKS / "ch_PP-OCRv4_rec_infer.onnx", place)
    place.with_suffix(".json").write_text('{"height": 48, "width": 96, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}')
    return place


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    """Pictures of handwritten digits, 8 × 8, and what each is."""
    found = datasets.load_digits()
    place = tmp_path_factory.mktemp("digits") / "digits.npz"
    np.savez(place, x=(found.images[:240] * 15.9).astype(np.uint8), y=found.target[:240])
    return place


def command(*words):
    return [sys.executable, "-m", "transfergraph_features", *map(str, words)]


def environment():
    return {**os.environ, "PYTHONPATH": str(PACKAGE)}


def run(*words, code=0):
    finished = subprocess.run(command(*words), env=environment(), capture_output=True, text=True, timeout=300)
    assert finished.returncode == code, finished.stdout + finished.stderr
    return [json.loads(line) for line in finished.stdout.splitlines()]


def test_two_networks_of_others_give_features_that_tell_digits_apart(digits, reader, tmp_path):
    events = run("--models", f"turned={CLASSIFIER}", f"reader={reader}", "--data", digits, "--out", tmp_path, "--threads", 1,
                 "--batch", 64)
    assert [event["model"] for event in events if event["event"] == "done"] == ["turned", "reader"]
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    labels = np.load(tmp_path / "labels.npy")
    assert manifest["data"]["samples"] == 240 and manifest["data"]["classes"] == 10
    for entry in manifest["models"]:
        features = np.load(tmp_path / entry["features"])
        assert features.shape == (240, entry["dimension"]) and np.isfinite(features).all()
        assert len(entry["weights_hash"]) == 64 and entry["versions"]["onnxruntime"] == onnxruntime.__version__
        # The nearest other sample is mostly of the same digit.
        distances = ((features[:, None] - features[None]) ** 2).sum(-1)
        np.fill_diagonal(distances, np.inf)
        assert (labels[distances.argmin(1)] == labels).mean() > 0.5, entry["model"]


def test_features_are_what_the_last_dense_layer_takes(digits, tmp_path):
    """Features times the layer's weights plus its bias are what the network itself puts out."""
    run("--models", f"turned={CLASSIFIER}", "--data", digits, "--out", tmp_path, "--threads", 1, "--batch", 64)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    entry = manifest["models"][0]
    features = np.load(tmp_path / entry["features"])
    probabilities = np.load(tmp_path / entry["probabilities"])
    assert np.allclose(probabilities.sum(1), 1) and probabilities.shape == (240, 2)
    # The head is a softmax of something linear in the features.
    logits = np.log(probabilities[:, 1] / probabilities[:, 0])
    assert features.shape[1] < 239, "fewer than samples, so that not everything fits"
    padded = np.column_stack([features, np.ones(len(features))])
    fitted, *_ = np.linalg.lstsq(padded, logits, rcond=None)
    assert np.allclose(padded @ fitted, logits, atol=1e-3)


def test_a_second_run_does_only_what_is_missing(digits, reader, tmp_path):
    run("--models", f"turned={CLASSIFIER}", "--data", digits, "--out", tmp_path, "--limit", 30)
    file = next(tmp_path.glob("turned*[0-9a-f].npy"))
    before = file.stat().st_mtime_ns
    events = run("--models", f"turned={CLASSIFIER}", f"reader={reader}", "--data", digits, "--out", tmp_path, "--limit", 30)
    assert [event["model"] for event in events if event["event"] == "skipped"] == ["turned"]
    assert [event["model"] for event in events if event["event"] == "done"] == ["reader"]
    assert file.stat().st_mtime_ns == before
    # Features of other samples do not mix with these.
    events = run("--models", f"turned={CLASSIFIER}", "--data", digits, "--out", tmp_path, "--limit", 31, code=1)
    assert "other samples" in events[-1]["error"]


def test_a_model_that_fails_is_named_and_the_others_go_on(digits, tmp_path):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"nothing of the kind")
    events = run("--models", f"broken={broken}", f"turned={CLASSIFIER}", "--data", digits, "--out", tmp_path / "out",
                 "--limit", 20)
    failed = [event for event in events if event["event"] == "failed"]
    assert [event["model"] for event in failed] == ["broken"] and "ONNX" in failed[0]["error"]
    assert [event["model"] for event in events if event["event"] == "done"] == ["turned"]


@pytest.mark.parametrize("threads", [1, 4])
def test_a_batch_that_does_not_fit_is_halved(threads):
    sys.path.insert(0, str(PACKAGE))
    from transfergraph_features import run as module
    from transfergraph_features.data import Data
    from transfergraph_features.errors import OutOfMemory, UserError

    class Model:
        def __init__(self, fits):
            self.fits, self.sizes = fits, []

        def prepare(self, samples, kind, each):
            return np.stack(each(np.asarray, samples))

        def __call__(self, rows):
            self.sizes.append(len(rows))
            if len(rows) > self.fits:
                raise OutOfMemory("too large")
            return rows, None

    data = Data("array", np.arange(46.0).reshape(23, 2), [0, 1] * 11 + [0], "here")
    options = types.SimpleNamespace(batch=16, threads=threads)
    model = Model(fits=5)
    found = list(module.batches(model, data, options, lambda: False))
    assert np.array_equal(np.concatenate([rows for _, rows, _, _ in found]), data.samples)
    assert model.sizes[:3] == [16, 8, 4] and max(model.sizes[2:]) == 4
    with pytest.raises(UserError):
        list(module.batches(Model(fits=0), data, options, lambda: False))


def test_threads_change_no_byte(digits, reader, tmp_path):
    for threads in (1, 3):
        run("--models", f"reader={reader}", "--data", digits, "--out", tmp_path / str(threads), "--limit", 50, "--batch", 8,
            "--threads", threads)
    one, three = (next((tmp_path / str(threads)).glob("reader*[0-9a-f].npy")).read_bytes() for threads in (1, 3))
    assert one == three


def test_a_dry_run_tells_how_long_it_will_take_and_writes_nothing(digits, tmp_path):
    events = run("--models", f"turned={CLASSIFIER}", "--data", digits, "--out", tmp_path, "--dry-run")
    estimate = next(event for event in events if event["event"] == "estimate")
    assert estimate["seconds"] > 0 and not list(tmp_path.iterdir())


def test_an_interrupt_stops_it_and_keeps_what_is_done(digits, reader, tmp_path):
    process = subprocess.Popen(
        command("--models", f"turned={CLASSIFIER}", f"reader={reader}", "--data", digits, "--out", tmp_path, "--batch", 1,
                "--threads", 1), env=environment(), stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "progress" and event["model"] == "reader":
            break
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    rest = process.stdout.read()
    assert process.wait(timeout=30) == 130 and time.monotonic() - start < 5
    assert json.loads(rest.splitlines()[-1])["event"] == "interrupted"
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert [entry["model"] for entry in manifest["models"]] == ["turned"]
    assert not list(tmp_path.glob("*.part"))


def test_folders_tables_and_arrays_are_read(tmp_path):
    from PIL import Image

    sys.path.insert(0, str(PACKAGE))
    from transfergraph_features import data
    from transfergraph_features.errors import UserError

    for label, shade in (("dark", 10), ("light", 240)):
        (tmp_path / "photos" / label).mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (8, 8), (shade + number,) * 3).save(tmp_path / "photos" / label / f"{number}.png")
    found = data.read(tmp_path / "photos")
    assert found.kind == "image" and found.class_names == ["dark", "light"] and list(found.labels) == [0, 0, 0, 1, 1, 1]
    table = tmp_path / "words.csv"
    table.write_text("text,label\nhola,es\nciao,it\nadeu,ca\n")
    found = data.read(table)
    assert found.kind == "text" and found.class_names == ["ca", "es", "it"] and list(found.labels) == [1, 2, 0]
    table.write_text("text,label\nhola,0.5\nciao,1.5\n")
    assert data.read(table).labels.dtype == np.float64
    table.write_text("text,label\nhola,\n")
    with pytest.raises(UserError, match="line 2"):
        data.read(table)
    np.savez(tmp_path / "hot.npz", x=np.zeros((3, 4)), y=np.eye(3)[[2, 0, 1]])
    assert list(data.read(tmp_path / "hot.npz").labels) == [2, 0, 1]
    with pytest.raises(UserError, match="no file"):
        data.read(tmp_path / "nowhere")


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """Networks of the zoo `words` as ONNX files, one of each family, with what Swift makes of the words of a target."""
    program = pathlib.Path(os.environ.get("ZOOFORGE", PACKAGE.parents[1] / ".build" / "release" / "zooforge"))
    if not program.exists():
        pytest.skip("zooforge is not built: swift build -c release --product zooforge")
    place = tmp_path_factory.mktemp("networks")
    models = ["ends-32/europe-2500", "bag-16-n2/europe-5000", "bag-64x2-n4/europe-2500", "cnn-48x2-k3/europe-200",
              "gru-24/europe-2500", "attention-48/germanic-2500"]
    words = [word for model in models for word in ("--model", model)]
    finished = subprocess.run([program, "export-onnx", *words, "--target", "iberian", "--out", place, "--features"],
                              capture_output=True, text=True, timeout=600)
    if "word list" in finished.stderr and finished.returncode:
        pytest.skip("the word lists are not installed: script/word-lists")
    assert finished.returncode == 0, finished.stderr
    return place, models


def test_networks_of_words_give_the_same_features_through_onnx_runtime(networks, tmp_path):
    place, models = networks
    events = run("--models", place / "models.txt", "--data", place / "letters.npy", "--labels", place / "labels.npy",
                 "--out", tmp_path, "--threads", 1, "--batch", 128)
    assert sorted(event["model"] for event in events if event["event"] == "done") == sorted(models)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    for entry in manifest["models"]:
        swift = np.load(place / f"{entry['model'].replace('/', '--')}.features.npy")
        features = np.load(tmp_path / entry["features"])
        assert features.shape == swift.shape and np.abs(features - swift).max() < 1e-5, entry["model"]
        assert np.allclose(np.load(tmp_path / entry["probabilities"]).sum(1), 1, atol=1e-5)


def test_they_have_the_scores_that_the_zoo_ships(networks, tmp_path, tgkernel):
    place, models = networks
    run("--models", place / "models.txt", "--data", place / "letters.npy", "--labels", place / "labels.npy", "--out", tmp_path,
        "--threads", 1)
    names = ["LogME", "regularized H-score", "LEEP", "NCE", "GBC spherical"]

    def score(*words):
        finished = subprocess.run([tgkernel, "score", *words, "--output-format", "json"], capture_output=True, text=True,
                                  timeout=300)
        assert finished.returncode == 0, finished.stderr
        return {model["model"]: model["values"] for model in json.loads(finished.stdout)["models"]}

    found = score("logme", "reg-h-score", "leep", "nce", "gbc-spherical", "--from", tmp_path)
    # What Swift's own features have.
    files = [word for model in models for word in
             ("--features", place / f"{model.replace('/', '--')}.features.npy", "--model", model)]
    own = score("logme", "reg-h-score", "gbc-spherical", *files, "--labels", place / "labels.npy")
    for model in models:
        for name, value in own[model].items():
            assert abs(found[model][name] - value) <= 1e-4 * max(1, abs(value)), (model, name)
    # The zoo's networks were trained on another processor, whose rounding training amplifies a little.
    shipped = {}
    with open(PACKAGE.parents[1] / "Sources" / "Core" / "Zoos" / "words" / "scores.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["dataset"] == "iberian":
                shipped[row["model"], row["method"]] = float(row["value"])
    known = [(model, name) for model in models for name in names if (model, name) in shipped]
    assert len(known) >= 4 * len(models)
    for model, name in known:
        value = shipped[model, name]
        assert abs(found[model][name] - value) <= 0.03 * max(1, abs(value)), (model, name)
