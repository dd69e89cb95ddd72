#!/usr/bin/env python3
"""Makes folders as people have them of hubs: a small one of invented cards for notebooks/hubs.ipynb, and large copies of a
small collection of real ones for the reading benchmarks.

    make-hubs.py --to FOLDER invented
    make-hubs.py --from DATA --to FOLDER [cards|cache|mteb|modellens …]

DATA holds huggingface/cards and mteb/results. Everything is made with a seed: the same collection gives the same files.
"""
import argparse
import csv
import hashlib
import json
import random
import re
from pathlib import Path


def cards(data: Path) -> list[str]:
    """The texts of the collection's cards; the two that take half a megabyte stay one each in a thousand."""
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted((data / "huggingface/cards").glob("**/README.md"))]
    return sorted(texts, key=len)


def picked(texts: list[str], index: int, rng: random.Random) -> str:
    """A card with numbers of its own: results that differ are what a reader has to deal with."""
    text = texts[index % len(texts)]
    return re.sub(r"(value: 0\.\d\d)\d*", lambda found: f"{found[1]}{rng.randrange(10000):04}", text)


def make_cards(data: Path, to: Path, count: int) -> None:
    texts, rng = cards(data), random.Random(1)
    for index in range(count):
        folder = to / f"org-{index % 300}" / f"model-{index}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README.md").write_text(picked(texts, index, rng), encoding="utf-8", newline="")


def make_cache(data: Path, to: Path, count: int) -> None:
    """A hub cache: `refs`, `snapshots` with links into `blobs`, a third of them with a card."""
    # Without the largest cards: a cache is measured for its folders.
    texts, rng = [text for text in cards(data) if len(text) < 20_000], random.Random(2)
    for index in range(count):
        repository = to / f"models--org-{index % 700}--model-{index}"
        revision = hashlib.sha1(str(index).encode()).hexdigest()
        snapshot = repository / "snapshots" / revision
        snapshot.mkdir(parents=True, exist_ok=True)
        (repository / "blobs").mkdir(exist_ok=True)
        (repository / "refs").mkdir(exist_ok=True)
        (repository / "refs/main").write_text(revision)
        files = {"config.json": json.dumps({"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 768})}
        if index % 3 == 0:
            files["README.md"] = picked(texts, index, rng)
        for name, text in files.items():
            blob = repository / "blobs" / hashlib.sha1(text.encode()).hexdigest()
            blob.write_text(text, encoding="utf-8", newline="")
            link = snapshot / name
            if not link.is_symlink():
                link.symlink_to(f"../../blobs/{blob.name}")


def make_mteb(data: Path, to: Path, count: int, size: int) -> None:
    """A results folder of `count` files, filled up with secondary metrics to `size` bytes in all."""
    sources = [path for path in sorted((data / "mteb/results").glob("*/*/*.json"))]
    results = [path for path in sources if path.name != "model_meta.json"]
    rng = random.Random(3)
    made, written = 0, 0
    copy = 0
    while made < count:
        for path in results:
            if made == count:
                return
            folder = to / "results" / f"{path.parts[-3]}-{copy}" / path.parts[-2]
            folder.mkdir(parents=True, exist_ok=True)
            result = json.loads(path.read_text())
            for entries in result.get("scores", {}).values():
                for entry in entries:
                    if isinstance(entry.get("main_score"), float):
                        entry["main_score"] = round(entry["main_score"] * (0.9 + 0.1 * rng.random()), 6)
            entries = [entry for part in result.get("scores", {}).values() for entry in part]
            wanted = size * (made + 1) // count - written
            further = max(0, wanted - len(json.dumps(result))) // 48
            for number in range(further if entries else 0):
                entries[number % len(entries)][f"nauc_map_at_{number}_diff1"] = rng.random()
            text = json.dumps(result)
            (folder / path.name).write_text(text)
            written += len(text)
            made += 1
            meta = path.parent / "model_meta.json"
            if meta.exists() and not (folder / "model_meta.json").exists():
                (folder / "model_meta.json").write_text(meta.read_text())
        copy += 1


def make_modellens(to: Path, rows: int, models: int, datasets: int) -> None:
    """A corpus of the shape that Cai et al. (2026) describe: a long tail of datasets, a few metrics for each."""
    rng = random.Random(4)
    to.mkdir(parents=True, exist_ok=True)
    names = [f"org-{rng.randrange(4000)}/model-{index}-{rng.choice(['base', 'large', '7b', 'v2'])}" for index in range(models)]
    tasks = ["text-classification", "question-answering", "text-generation", "image-classification", "speech-recognition"]
    metrics = {
        "text-classification": ["accuracy", "f1"], "question-answering": ["f1", "exact_match"],
        "text-generation": ["accuracy", "acc_norm"], "image-classification": ["accuracy", "top5"],
        "speech-recognition": ["wer"],
    }
    words = "a collection of annotated examples with labels for training and testing models, drawn from public text, \"quoted\"".split()
    described = []
    for index in range(datasets):
        task = tasks[index % len(tasks)]
        text = " ".join(rng.choice(words) for _ in range(26))
        described.append((task, f"dataset-{index}", metrics[task], text))
    with open(to / "data.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["task", "dataset", "model", "metric", "value", "dataset_desp"])
        for _ in range(rows):
            task, dataset, metric, text = described[min(int(rng.paretovariate(0.3)) - 1, datasets - 1) if rng.random() < 0.7 else rng.randrange(datasets)]
            model = names[min(int(rng.paretovariate(0.25)) - 1, models - 1) if rng.random() < 0.7 else rng.randrange(models)]
            writer.writerow([task, dataset, model, rng.choice(metric), round(rng.random(), 4), text])
    (to / "model2family.json").write_text(json.dumps({name: name.split("-")[0] for name in names}))
    (to / "model_profile.json").write_text(json.dumps({name: {"size": round(rng.uniform(0.1, 70), 2), "family": "bert"} for name in names}))
    (to / "model_popularity.json").write_text(json.dumps({name: rng.randrange(10**6) for name in names}))


# Invented models and datasets: owner/name, parameters in millions, architecture; name, the metric that counts.
PARENTS = [
    ("nordlys/bert-small", 28, "bert"), ("nordlys/bert-base", 110, "bert"), ("nordlys/bert-large", 335, "bert"),
    ("havn/distil-base", 66, "distilbert"), ("havn/distil-tiny", 14, "distilbert"), ("fjell/roberta-base", 125, "roberta"),
    ("fjell/roberta-large", 355, "roberta"), ("skog/deberta-base", 184, "deberta-v2"), ("skog/deberta-small", 44, "deberta-v2"),
    ("bre/electra-base", 109, "electra"), ("bre/electra-small", 14, "electra"), ("elv/albert-base", 12, "albert"),
    ("elv/albert-large", 18, "albert"), ("vind/xlm-base", 278, "xlm-roberta"), ("vind/mdeberta-base", 276, "deberta-v2"),
    ("sti/minilm-6", 23, "bert"),
]
DATASETS = [
    ("weather-moods", None, "accuracy"), ("harbour-reviews", None, "accuracy"), ("ferry-complaints", None, "f1"),
    ("nordic-nli", "bokmaal", "accuracy"), ("nordic-nli", "nynorsk", "accuracy"), ("trail-names", None, "f1"),
    ("recipe-topics", None, "accuracy"), ("court-sentences", None, "f1"), ("museum-questions", None, "f1"),
    ("song-lines", None, "accuracy"),
]


def invented_card(rng: random.Random, parent: str, dataset: tuple, value: float, index: int) -> str:
    """A card as a trainer writes it, in one of the ways that people leave it."""
    name, config, metric = dataset
    way = rng.randrange(14)
    shown: object = round(value, 4)
    if way == 0:
        shown = f"{value * 100:.1f}%"
    elif way == 1:
        shown = round(value * 100, 2)
    elif way == 2 and index % 3 == 0:
        shown = "WIP"
    lines = ["---", "license: apache-2.0", "tags:", "- generated_from_trainer"]
    if way == 3:
        lines += ["base_model:", f"- {parent}"]
    lines += ["datasets:", f"- {name}", "metrics:", f"- {metric}", "model-index:", "- name: checkpoint", "  results:", "  - task:"]
    lines += ["      type: text-classification"]
    if way != 4 or index % 2:
        kind = "imagefolder" if way == 5 and index % 4 == 0 else name
        lines += ["    dataset:", f"      name: {name}", f"      type: {kind}"]
        if config:
            lines += [f"      args: {config}" if way == 6 else f"      config: {config}"]
        lines += ["      split: " + ("validation" if way in (7, 8) else "test")]
    lines += ["    metrics:", f"    - name: {metric.title()}", f"      type: {metric}", f"      value: {shown}"]
    lines += ["    - name: Loss", "      type: loss", f"      value: {round(1.3 - value + 0.1 * rng.random(), 4)}"]
    if way == 9:
        lines += [f"    - name: {metric.title()}", f"      type: {metric}", f"      value: {round(value - 0.01, 4)}"]
    if way == 10 and index % 5 == 0:
        lines[1] = "license: [apache-2.0"
    lines += ["---", "", "# checkpoint", ""]
    lines += [f"This model is a fine-tuned version of [{parent}](https://hub.example/{parent}) on the {name} dataset.", ""]
    return "\n".join(lines)


def make_invented(to: Path) -> None:
    """Cards of copies of sixteen parents that were fine-tuned on ten datasets, a few runs each, with what real cards have."""
    rng = random.Random(5)
    abilities = {parent: 0.25 * (size ** 0.5) / 18 + rng.gauss(0, 0.03) for parent, size, _ in PARENTS}
    tastes = {parent: rng.gauss(0, 1) for parent, _, _ in PARENTS}
    index = 0
    for parent, size, kind in PARENTS:
        folder = to / parent
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README.md").write_text(f"---\nlicense: apache-2.0\nlanguage: 'no'\n---\n\n# {parent}\n")
        (folder / "config.json").write_text(json.dumps({"architectures": [kind.title() + "Model"], "model_type": kind, "hidden_size": 768}))
    for number, dataset in enumerate(DATASETS):
        base, slope = 0.42 + 0.025 * number, rng.uniform(-0.05, 0.05)
        for parent, _, _ in PARENTS:
            if rng.random() < 0.15:
                continue
            for run in range(1 + int(rng.paretovariate(1.5)) % 4):
                value = min(0.98, max(0.2, base + abilities[parent] + slope * tastes[parent] + rng.gauss(0, 0.02)))
                config = f"-{dataset[1]}" if dataset[1] else ""
                folder = to / f"user-{rng.randrange(90):02}" / f"{parent.split('/')[1]}-{dataset[0]}{config}-{index}"
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "README.md").write_text(invented_card(rng, parent, dataset, value, index))
                index += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="data", type=Path, metavar="DATA")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--share", type=float, default=1, help="of the full sizes (default 1)")
    parser.add_argument("what", nargs="*", choices=["invented", "cards", "cache", "mteb", "modellens", []], default=[])
    options = parser.parse_args()
    what = options.what or ["cards", "cache", "mteb", "modellens"]
    share = options.share
    if "invented" in what:
        make_invented(options.to / "invented")
    if options.data is None and {"cards", "cache", "mteb"} & set(what):
        parser.error("--from DATA says where the real collection is")
    wanted = {"cards": "huggingface/cards/**/README.md", "cache": "huggingface/cards/**/README.md", "mteb": "mteb/results/*/*/*.json"}
    for pattern in sorted({wanted[name] for name in what if name in wanted}):
        if next(options.data.glob(pattern), None) is None:
            parser.error(
                f"{options.data} holds no {pattern}: --from takes the folder in which huggingface and mteb lie, such as "
                "../shared/zoos/hubs/data"
            )
    if "cards" in what:
        make_cards(options.data, options.to / "cards", int(3_000 * share))
    if "cache" in what:
        make_cache(options.data, options.to / "cache", int(10_000 * share))
    if "mteb" in what:
        make_mteb(options.data, options.to / "mteb", int(60_000 * share), int(300e6 * share))
    if "modellens" in what:
        make_modellens(options.to / "modellens", int(1_800_000 * share), int(47_000 * share), int(9_600 * share))


if __name__ == "__main__":
    main()
