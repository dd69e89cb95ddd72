"""Runs models over the samples, one after the other, and keeps what each gave."""

import json
import os
import platform
import re
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from . import __version__, backends
from .errors import OutOfMemory, UserError

FORMAT = "transfergraph-features"
# Of the manifest's layout; a manifest that names none is of the first.
VERSION = 1


class Interrupted(Exception):
    """Asked to stop."""


class Manifest:
    """`manifest.json` of a folder: the data, and an entry a model. It is written anew after each model, at once."""

    def __init__(self, folder):
        self.path = folder / "manifest.json"
        self.content = {"format": FORMAT, "version": VERSION, "data": {}, "models": []}
        if self.path.exists():
            try:
                known = json.loads(self.path.read_text())
            except ValueError as error:
                raise UserError(f"'{self.path}' is no manifest: remove it, or choose another folder.") from error
            if not isinstance(known, dict) or known.get("format") != FORMAT:
                raise UserError(f"'{self.path}' is no manifest of features: choose another folder.")
            written = known.setdefault("version", VERSION)
            if written > VERSION:
                raise UserError(
                    f"A later version has written '{self.path}' ({written}); this program knows {VERSION}: go on with that "
                    "version, or choose another folder.")
            self.content = known

    def entry(self, name):
        return next((entry for entry in self.content["models"] if entry["model"] == name), None)

    def put(self, entry):
        models = [known for known in self.content["models"] if known["model"] != entry["model"]]
        self.content["models"] = sorted(models + [entry], key=lambda known: known["model"])
        self.write()

    def write(self):
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.content, indent=1, sort_keys=True) + "\n")
        os.replace(part, self.path)


def file_name(model):
    """A name for a model's files: what is safe of its own, and a number that tells it from others."""
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '_', model)[-80:]}-{zlib.crc32(model.encode()):08x}"


def save(path, array):
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        np.save(file, array)
    os.replace(part, path)


def extract(models, data, folder, options, report, stopped):
    """Writes features.

    models: as `backends.split` reads them.
    report: takes a dictionary for each thing that happens.
    stopped: tells whether to stop; then `Interrupted` is raised, and what is done stays.
    """
    if not options.dry_run:
        folder.mkdir(parents=True, exist_ok=True)
    manifest = Manifest(folder)
    digest = data.digest()
    known = manifest.content["data"].get("hash")
    if known not in (None, digest):
        raise UserError(f"'{folder}' holds features of other samples: choose another folder, or remove it.")
    plans = plan(models, manifest, digest, options)
    report({"event": "plan", "samples": len(data), "classes": data.classes, "kind": data.kind,
            "models": [{key: one[key] for key in ("model", "library", "state")} for one in plans]})
    if options.dry_run:
        dry_run(plans, data, options, report, stopped)
        return
    for part in folder.glob("*.part"):
        # What a run that was killed had begun.
        part.unlink()
    save(folder / "labels.npy", data.labels)
    manifest.content["data"] = {
        "origin": data.origin, "hash": digest, "samples": len(data), "classes": data.classes, "kind": data.kind,
        "labels": "labels.npy", "class_names": data.class_names}
    manifest.write()
    for position, one in enumerate(plans):
        if one["state"] == "done":
            report({"event": "skipped", "model": one["model"], "position": position, "count": len(plans)})
            continue
        report({"event": "begun", "model": one["model"], "position": position, "count": len(plans)})
        start = time.monotonic()
        try:
            entry = run(one, data, folder, options, lambda done, left: report(
                {"event": "progress", "model": one["model"], "position": position, "count": len(plans),
                 "done": done, "samples": len(data), "left": left}), stopped)
        except (Interrupted, KeyboardInterrupt):
            raise Interrupted from None
        except Exception as error:  # whatever a library throws: the others go on.
            entry = {"model": one["model"], "status": "failed", "library": one["library"], "spec": one["spec"],
                     "error": sentence(error)}
            manifest.put(entry)
            report({"event": "failed", "model": one["model"], "error": entry["error"]})
            continue
        entry["seconds"] = round(time.monotonic() - start, 3)
        entry["data_hash"] = digest
        manifest.put(entry)
        report({"event": "done", "model": one["model"], "seconds": entry["seconds"], "dimension": entry["dimension"],
                "note": entry["note"], "batch": entry["batch"]})


def sentence(error):
    """The first line of what a library says went wrong; of one that says nothing, what it is called."""
    text = str(error).strip().splitlines()
    return (text[0] if text else type(error).__name__)[:400]


def plan(models, manifest, digest, options):
    """What has to be done of each model; one that is done already for these samples is left out."""
    plans = []
    for text in models:
        name, prefix, spec = backends.split(text)
        if any(known["model"] == name for known in plans):
            raise UserError(f"'{name}' is named twice.")
        entry = manifest.entry(name)
        done = (entry is not None and entry.get("status") == "done" and entry.get("data_hash") == digest
                and entry.get("spec") == f"{prefix}:{spec}" and entry.get("pooling") == options.pooling
                and (manifest.path.parent / entry["features"]).exists())
        plans.append({"model": name, "library": prefix, "spec": f"{prefix}:{spec}", "prefix": prefix, "path": spec,
                      "state": "done" if done else "to do"})
    return plans


class Preparation:
    """Prepares batches for a model: the samples of one beside each other, and the next batch while one runs.

    With one thread nothing runs beside anything. The order of the samples, and so the bytes, are the same for any number.
    """

    def __init__(self, model, data, threads, stopped):
        self.model, self.data, self.stopped = model, data, stopped
        threads = threads or os.cpu_count() or 1
        self.samples = ThreadPoolExecutor(threads) if threads > 1 else None
        self.batches = ThreadPoolExecutor(1) if threads > 1 else None
        self.begun = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pool in (self.batches, self.samples):
            if pool:
                pool.shutdown(wait=False, cancel_futures=True)

    def each(self, work, samples):
        """What `work` gives for each sample, in their order."""
        def one(sample):
            if self.stopped():
                raise Interrupted
            return work(sample)

        return list(self.samples.map(one, samples) if self.samples else map(one, samples))

    def _prepare(self, place, size):
        return self.model.prepare(self.data.samples[place:place + size], self.data.kind, self.each)

    def batch(self, place, size):
        """The batch that begins at `place`; the one after it is begun."""
        if self.batches is None:
            return self._prepare(place, size)
        asked = self.begun.pop((place, size), None) or self.batches.submit(self._prepare, place, size)
        # After a batch was halved, what was prepared for the old size is of no use.
        for stale in self.begun.values():
            stale.cancel()
        self.begun.clear()
        after = place + size
        if after < len(self.data):
            self.begun[after, size] = self.batches.submit(self._prepare, after, size)
        return asked.result()


def batches(model, data, options, stopped):
    """Features and head of the samples batch by batch; a batch that does not fit is halved."""
    place, size = 0, options.batch
    with Preparation(model, data, options.threads, stopped) as preparation:
        while place < len(data):
            if stopped():
                raise Interrupted
            count = min(size, len(data) - place)
            try:
                features, head = model(preparation.batch(place, size))
            except (OutOfMemory, MemoryError) as error:
                if size == 1:
                    raise UserError(f"Not even one sample fits into memory: {sentence(error)}") from error
                size = max(1, min(size, count) // 2)
                continue
            if len(features) != count:
                raise UserError(f"It gave {len(features)} rows for {count} samples.")
            place += count
            yield place, np.asarray(features, dtype=np.float32), head, size


def run(one, data, folder, options, progress, stopped):
    model = backends.load(one["prefix"], one["path"], options)
    rows, heads, size = [], [], options.batch
    start = time.monotonic()
    for done, features, head, size in batches(model, data, options, stopped):
        rows.append(features)
        if head is not None:
            heads.append(np.asarray(head, dtype=np.float64))
        spent = time.monotonic() - start
        progress(done, spent / done * (len(data) - done))
    features = np.concatenate(rows)
    if not np.isfinite(features).all():
        row = int(np.flatnonzero(~np.isfinite(features).all(axis=1))[0])
        raise UserError(f"The features of sample {row} (counted from 0) are not all finite numbers.")
    name = file_name(one["model"])
    save(folder / f"{name}.npy", features)
    entry = {
        "model": one["model"], "status": "done", "spec": one["spec"], "library": model.library,
        "pooling": options.pooling, "features": f"{name}.npy", "probabilities": None,
        "dimension": int(features.shape[1]), "weights_hash": model.weights_hash, "note": model.note, "batch": size,
        "device": options.device,
        "versions": {model.library: model.version, "python": platform.python_version(), "numpy": np.__version__,
                     "transfergraph-features": __version__}}
    if heads and sum(len(head) for head in heads) == len(data):
        save(folder / f"{name}.probabilities.npy", np.concatenate(heads))
        entry["probabilities"] = f"{name}.probabilities.npy"
    return entry


def dry_run(plans, data, options, report, stopped):
    """How long each model will take, by its first batches."""
    for one in plans:
        if one["state"] == "done":
            continue
        try:
            start = time.monotonic()
            model = backends.load(one["prefix"], one["path"], options)
            loading = time.monotonic() - start
            start = time.monotonic()
            done = 0
            for done, features, _, _ in batches(model, data, options, stopped):
                if time.monotonic() - start > 2 or done >= 3 * options.batch:
                    break
            spent = (time.monotonic() - start) / done * len(data)
            report({"event": "estimate", "model": one["model"], "seconds": round(loading + spent, 3),
                    "dimension": int(features.shape[1]), "note": model.note})
        except Interrupted:
            raise
        except Exception as error:
            report({"event": "failed", "model": one["model"], "error": sentence(error)})
