"""Features by timm, torchvision, transformers, sentence-transformers and Keras, with the real packages.

They take gigabytes, so a person runs this: PYTHON -m pytest Tests/Conformance/test_features_torch.py, with the Python that
has them; each is skipped where it is missing. Weights are drawn at random and laid where the package keeps what it has
fetched, so that nothing is fetched. What comes out is compared with what the package itself computes, on the CPU, and on a
GPU where PyTorch finds one.
"""

import importlib
import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import pytest

np = pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "integrations" / "features"
CUDA = "cuda" if importlib.util.find_spec("torch") and importlib.import_module("torch").cuda.is_available() else None
DEVICES = [device for device in ("cpu", CUDA) if device]
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Twelve pictures of two classes, in a folder each; some are grey, some have a transparent layer."""
    place = tmp_path_factory.mktemp("pictures")
    generator = np.random.default_rng(1)
    for index in range(12):
        folder = place / ("left", "right")[index % 2]
        folder.mkdir(exist_ok=True)
        array = generator.integers(0, 255, (40 + index, 60, 3), dtype=np.uint8)
        array[:, (index % 2) * 30:][:, :30] = 230
        mode = ("RGB", "L", "RGBA")[index % 3]
        Image.fromarray(array).convert(mode).save(folder / f"{index:02}.png")
    return place


@pytest.fixture(scope="module")
def sentences(tmp_path_factory):
    place = tmp_path_factory.mktemp("sentences") / "data.csv"
    rows = [("a river runs", "water"), ("the sea is wide", "water"), ("stone on stone", "land"), ("a hill", "land")] * 3
    place.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in rows))
    return place, [text for text, _ in rows]


def files(place):
    """The pictures in the order in which they are read."""
    return [Image.open(file).convert("RGB") for folder in sorted(place.iterdir()) for file in sorted(folder.iterdir())]


@pytest.fixture(params=DEVICES)
def device(request):
    return request.param


def extract(model, data, out, device="cpu", batch=5, **environment):
    # Keras chooses its threads and its device itself, and the options are refused.
    threads = [] if model.startswith("keras:") else ["--threads", "1", "--device", device]
    finished = subprocess.run(
        [sys.executable, "-m", "transfergraph_features", "--models", model, "--data", data, "--out", out, "--batch", str(batch), *threads],
        env={**os.environ, **OFFLINE, "PYTHONPATH": str(PACKAGE), **environment}, capture_output=True, text=True, timeout=600,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert '"failed"' not in finished.stdout, finished.stdout
    entry, = json.loads((out / "manifest.json").read_text())["models"]
    head = np.load(out / entry["probabilities"]) if entry.get("probabilities") else None
    return np.load(out / entry["features"]), head, entry


def same(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("name", ["resnet18.a1_in1k", "vit_tiny_patch16_224.augreg_in21k_ft_in1k", "mobilenetv3_small_100.lamb_in1k"])
def test_timm(name, pictures, device, tmp_path, monkeypatch):
    timm = pytest.importorskip("timm")
    torch = pytest.importorskip("torch")
    safetensors = pytest.importorskip("safetensors.torch")
    torch.manual_seed(3)
    model = timm.create_model(name, pretrained=False).eval()
    hub = tmp_path / "hub" / f"models--timm--{name}"
    (hub / "snapshots" / "1").mkdir(parents=True)
    (hub / "refs").mkdir()
    (hub / "refs" / "main").write_text("1")
    safetensors.save_model(model, hub / "snapshots" / "1" / "model.safetensors")
    features, head, _ = extract(f"timm:{name}", pictures, tmp_path / "out", device, HF_HUB_CACHE=str(tmp_path / "hub"))
    transform = timm.data.create_transform(**timm.data.resolve_data_config({}, model=model), is_training=False)
    inputs = torch.stack([transform(image) for image in files(pictures)])
    with torch.inference_mode():
        same(head, model(inputs).softmax(1))
        model.reset_classifier(0)
        same(features, model(inputs))


@pytest.mark.parametrize("name", ["resnet18", "mobilenet_v3_small", "vit_b_16", "squeezenet1_1"])
def test_torchvision(name, pictures, device, tmp_path):
    torchvision = pytest.importorskip("torchvision")
    torch = pytest.importorskip("torch")
    model, weights = drawn(torchvision, torch, name, tmp_path)
    inputs = torch.stack([weights.transforms()(image) for image in files(pictures)])
    features, head, _ = extract(f"torchvision:{name}", pictures, tmp_path / "out", device, TORCH_HOME=str(tmp_path / "torch"))
    with torch.inference_mode():
        expected = model(inputs)
        same(head, expected.softmax(1))
        if name == "squeezenet1_1":
            same(features, model.features(inputs).mean((2, 3)))
            return
        last = [module for module in model.modules() if isinstance(module, torch.nn.Linear)][-1]
        same(torch.from_numpy(features) @ last.weight.T + last.bias, expected)


def test_transformers_texts(sentences, device, tmp_path):
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    data, texts = sentences
    place = text_model(transformers, torch, tmp_path / "texts")
    features, head, entry = extract(f"mine=hf:{place}", data, tmp_path / "out", device)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(place).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(place)
    for row, text in enumerate(texts):
        with torch.inference_mode():
            # One text at a time needs no padding, and so no mask.
            outcome = model(**tokenizer(text, return_tensors="pt"), output_hidden_states=True)
        same(features[row], outcome.hidden_states[-1][0].mean(0))
        same(head[row], outcome.logits.softmax(1)[0])
    assert "mean" in entry["note"]


def test_transformers_pictures(pictures, device, tmp_path):
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(3)
    configuration = transformers.ViTConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48, image_size=32, patch_size=8, num_labels=4)
    place = tmp_path / "vit"
    model = transformers.ViTForImageClassification(configuration).eval()
    model.save_pretrained(place)
    transformers.ViTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(place)
    features, head, _ = extract(f"mine=hf:{place}", pictures, tmp_path / "out", device)
    inputs = transformers.ViTImageProcessor.from_pretrained(place)(files(pictures), return_tensors="pt")
    with torch.inference_mode():
        outcome = model(**inputs, output_hidden_states=True)
    same(features, outcome.hidden_states[-1].mean(1))
    same(head, outcome.logits.softmax(1))


def test_sentence_transformers(sentences, device, tmp_path):
    library = pytest.importorskip("sentence_transformers")
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    data, texts = sentences
    place = text_model(transformers, torch, tmp_path / "texts")
    modules = importlib.import_module("sentence_transformers.models")
    model = library.SentenceTransformer(modules=[modules.Transformer(str(place)), modules.Pooling(16)])
    model.save(str(tmp_path / "encoder"))
    features, head, _ = extract(f"mine=st:{tmp_path / 'encoder'}", data, tmp_path / "out", device)
    assert head is None
    same(features, model.encode(texts))


@pytest.mark.skipif(CUDA is None, reason="PyTorch finds no GPU")
def test_a_batch_that_the_gpu_cannot_hold_is_halved(tmp_path):
    """The memory that the process may take is cut to 300 MB; the first layers take twice 200 MB for 64 pictures."""
    torchvision = pytest.importorskip("torchvision")
    torch = pytest.importorskip("torch")
    place = tmp_path / "array.npz"
    np.savez(place, x=np.random.default_rng(2).integers(0, 255, (96, 64, 64, 3), dtype=np.uint8), y=np.arange(96) % 2)
    drawn(torchvision, torch, "resnet18", tmp_path)
    share = 3e8 / torch.cuda.get_device_properties(0).total_memory
    (tmp_path / "sitecustomize.py").write_text(f"import torch\ntorch.cuda.set_per_process_memory_fraction({share})\n")
    model = "torchvision:resnet18"
    cut = extract(model, place, tmp_path / "cut", "cuda", 64, TORCH_HOME=str(tmp_path / "torch"), PYTHONPATH=f"{PACKAGE}:{tmp_path}")
    whole = extract(model, place, tmp_path / "whole", "cuda", 64, TORCH_HOME=str(tmp_path / "torch"))
    assert whole[2]["batch"] == 64 and 1 <= cut[2]["batch"] < 64
    same(cut[0], whole[0])


@pytest.mark.skipif(CUDA is None, reason="PyTorch finds no GPU")
def test_a_gpu_gives_the_same_bytes_each_time(pictures, tmp_path):
    torchvision = pytest.importorskip("torchvision")
    torch = pytest.importorskip("torch")
    drawn(torchvision, torch, "resnet18", tmp_path)
    first, second = (extract("torchvision:resnet18", pictures, tmp_path / name, "cuda", TORCH_HOME=str(tmp_path / "torch"))
                     for name in ("first", "second"))
    assert first[0].tobytes() == second[0].tobytes() and first[2]["device"] == "cuda"


def drawn(torchvision, torch, name, place):
    """A model of torchvision with weights drawn at random, laid under `place`/torch where torchvision looks for them."""
    torch.manual_seed(3)
    model = torchvision.models.get_model(name).eval()
    weights = torchvision.models.get_model_weights(name).DEFAULT
    checkpoints = place / "torch" / "hub" / "checkpoints"
    checkpoints.mkdir(parents=True)
    torch.save(model.state_dict(), checkpoints / weights.url.split("/")[-1])
    return model, weights


def text_model(transformers, torch, place):
    torch.manual_seed(3)
    place.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"a the river runs sea is wide stone on hill".split()]
    (place / "vocab.txt").write_text("\n".join(words))
    transformers.BertTokenizer(str(place / "vocab.txt")).save_pretrained(place)
    transformers.BertForSequenceClassification(transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24, num_labels=3,
    )).save_pretrained(place)
    return place


def test_keras(pictures, tmp_path):
    pytest.importorskip("scipy", exc_type=ImportError)
    if not importlib.util.find_spec("keras"):
        pytest.skip("There is no keras in this Python.")
    backend = next((name for name in ("jax", "torch", "tensorflow") if importlib.util.find_spec(name)), None)
    if backend is None:
        pytest.skip("Keras needs jax, torch or tensorflow beside it.")
    # The package checks the hash of weights that it fetched; so here its makers draw them.
    (tmp_path / "sitecustomize.py").write_text(
        f"import os\nos.environ['KERAS_BACKEND'] = '{backend}'\nimport keras\n"
        "made = keras.applications.MobileNetV2\n"
        "def MobileNetV2(weights):\n    keras.utils.set_random_seed(3)\n    return made(weights=None)\n"
        "MobileNetV2.__module__ = made.__module__\nkeras.applications.MobileNetV2 = MobileNetV2\n")
    features, head, _ = extract(
        "keras:MobileNetV2", pictures, tmp_path / "out", PYTHONPATH=f"{PACKAGE}:{tmp_path}", KERAS_BACKEND=backend)
    script = (
        "import sys, numpy as np, keras; from PIL import Image; from pathlib import Path\n"
        "model = keras.applications.MobileNetV2(weights='imagenet')\n"
        "files = [f for d in sorted(Path(sys.argv[1]).iterdir()) for f in sorted(d.iterdir())]\n"
        "images = np.stack([np.asarray(Image.open(f).convert('RGB').resize((224, 224)), np.float32) for f in files])\n"
        "maps = keras.Model(model.inputs, model.layers[-2].output)\n"
        "x = keras.applications.mobilenet_v2.preprocess_input(images)\n"
        "np.savez(sys.argv[2], features=maps.predict_on_batch(x), head=model.predict_on_batch(x))\n")
    subprocess.run([sys.executable, "-c", script, pictures, tmp_path / "expected.npz"], check=True, timeout=600,
                   env={**os.environ, "PYTHONPATH": str(tmp_path), "KERAS_BACKEND": backend})
    expected = np.load(tmp_path / "expected.npz")
    same(features, expected["features"])
    same(head, expected["head"])
