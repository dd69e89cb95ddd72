"""The labelled samples: a folder of class folders, a table, a Hugging Face dataset on disk, or arrays."""

import csv
import hashlib
from pathlib import Path

import numpy as np

from .errors import UserError

IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm"}
TEXT_COLUMNS = ("text", "sentence", "content", "input", "word")
IMAGE_COLUMNS = ("image", "path", "file", "filename", "image_path")
LABEL_COLUMNS = ("label", "labels", "class", "target", "y")


class Data:
    """Samples with a label each.

    kind is "image" (samples are paths, arrays or pictures of Pillow), "text" (strings) or "array" (rows of numbers).
    labels are whole numbers where they are classes, whose names stand in class_names, else floating-point numbers.
    """

    def __init__(self, kind, samples, labels, origin):
        self.kind = kind
        self.samples = samples
        self.origin = origin
        labels = list(labels)
        if len(samples) == 0:
            raise UserError(f"There is no sample in {origin}.")
        if len(labels) != len(samples):
            raise UserError(f"There are {len(samples)} samples in {origin} but {len(labels)} labels.")
        self.class_names = None
        if all(isinstance(label, (int, np.integer)) and not isinstance(label, bool) for label in labels):
            self.labels = np.asarray(labels, dtype=np.int64)
        elif all(isinstance(label, (float, np.floating)) for label in labels):
            values = np.asarray(labels, dtype=np.float64)
            if not np.isfinite(values).all():
                row = int(np.flatnonzero(~np.isfinite(values))[0])
                raise UserError(f"The label of sample {row} (counted from 0) in {origin} is no finite number.")
            whole = np.all(values == np.round(values))
            self.labels = values.astype(np.int64) if whole else values
        else:
            texts = [str(label) for label in labels]
            self.class_names = sorted(set(texts))
            places = {name: index for index, name in enumerate(self.class_names)}
            self.labels = np.asarray([places[text] for text in texts], dtype=np.int64)

    def __len__(self):
        return len(self.samples)

    @property
    def classes(self):
        return len(np.unique(self.labels)) if self.labels.dtype == np.int64 else None

    def limited(self, count, seed=0):
        """At most `count` samples, drawn with each class in its share, always the same ones; all where there are no more."""
        if count is None or len(self) <= count:
            return self
        order = np.random.default_rng(seed).permutation(len(self))
        if self.labels.dtype == np.int64:
            chosen = []
            for label in np.unique(self.labels):
                own = order[self.labels[order] == label]
                chosen.extend(own[: max(1, len(own) * count // len(self))])
            # What rounding leaves free is filled in the same order.
            order = np.concatenate([chosen, order[~np.isin(order, chosen)]])
        rows = np.sort(order[:count])
        part = object.__new__(Data)
        part.__dict__.update(self.__dict__)
        part.labels = self.labels[rows]
        part.samples = self.samples[rows] if isinstance(self.samples, np.ndarray) else [self.samples[i] for i in rows]
        return part

    def digest(self):
        """A hash of samples and labels; of an image file its name, size and time, so that it takes no reading."""
        found = hashlib.sha256(self.kind.encode())
        found.update(self.labels.tobytes())
        if isinstance(self.samples, np.ndarray):
            found.update(str((self.samples.shape, self.samples.dtype)).encode())
            found.update(np.ascontiguousarray(self.samples).tobytes())
        else:
            for sample in self.samples:
                if isinstance(sample, Path):
                    status = sample.stat()
                    found.update(f"{sample}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
                elif isinstance(sample, str):
                    found.update(sample.encode() + b"\0")
                else:
                    found.update(np.asarray(sample).tobytes())
        return found.hexdigest()


def read(place, labels=None):
    """The data at a place; `labels` names a second file for arrays without them."""
    path = Path(place).expanduser()
    if not path.exists():
        raise UserError(f"There is no file or folder '{place}'.")
    if labels is not None and path.suffix != ".npy":
        raise UserError(f"--labels belongs to a .npy file of samples, and '{place}' has labels of its own.")
    if path.is_dir():
        if (path / "dataset_info.json").exists() or (path / "dataset_dict.json").exists():
            return _hugging_face(path)
        return _folders(path)
    if path.suffix in (".csv", ".tsv"):
        return _table(path)
    if path.suffix in (".npy", ".npz"):
        return _arrays(path, labels)
    raise UserError(f"'{place}' is none of what is read: a folder of class folders, a .csv, .npz or .npy file, "
                    "or a dataset that Hugging Face's datasets saved.")


def _folders(path):
    samples, labels = [], []
    for folder in sorted(entry for entry in path.iterdir() if entry.is_dir()):
        for file in sorted(folder.rglob("*")):
            if file.suffix.lower() in IMAGES:
                samples.append(file)
                labels.append(folder.name)
    if not samples:
        raise UserError(f"'{path}' holds no folder of images for each class, such as {path}/cats/1.png.")
    return Data("image", samples, labels, str(path))


def _table(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))
    if not rows:
        raise UserError(f"'{path}' holds no row.")
    label, text, image = _columns([name for name in rows[0] if name], path)
    labels = [_number(row[label]) for row in rows]
    missing = next((index for index, value in enumerate(labels) if value in (None, "")), None)
    if missing is not None:
        raise UserError(f"'{path}', line {missing + 2}: the label is missing.")
    if any(isinstance(value, str) for value in labels):
        labels = [row[label] for row in rows]
    elif any(isinstance(value, float) for value in labels):
        labels = [float(value) for value in labels]
    if text is not None:
        return Data("text", [row[text] or "" for row in rows], labels, str(path))
    samples = [path.parent / row[image] for row in rows]
    lost = next((index for index, sample in enumerate(samples) if not sample.exists()), None)
    if lost is not None:
        raise UserError(f"'{path}', line {lost + 2}: there is no file '{samples[lost]}'.")
    return Data("image", samples, labels, str(path))


def _columns(names, path):
    """The columns of labels, of texts and of images by their usual names."""
    lower = {name.lower(): name for name in names}
    label, text, image = (
        next((lower[name] for name in known if name in lower), None)
        for known in (LABEL_COLUMNS, TEXT_COLUMNS, IMAGE_COLUMNS)
    )
    if label is None or (text is None and image is None):
        raise UserError(f"'{path}' has the columns {', '.join(names)}; it needs label, and text or image.")
    return label, text, image


def _number(text):
    for kind in (int, float):
        try:
            return kind(text)
        except (TypeError, ValueError):
            pass
    return text


def _arrays(path, labels):
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as archive:
            samples = next((archive[name] for name in ("x", "X", "features", "images", "inputs") if name in archive), None)
            own = next((archive[name] for name in ("y", "labels", "label", "targets") if name in archive), None)
            known = ", ".join(archive.files)
        if samples is None or own is None:
            raise UserError(f"'{path}' holds {known}; it needs the arrays x and y.")
    else:
        samples = np.load(path, allow_pickle=False)
        if labels is None:
            raise UserError(f"'{path}' needs its labels: --labels FILE.npy.")
        own = np.load(Path(labels).expanduser(), allow_pickle=False)
    if own.ndim == 2 and own.shape[1] > 1 and ((own == 0) | (own == 1)).all() and (own.sum(axis=1) == 1).all():
        own = own.argmax(axis=1)
    own = own.reshape(-1) if own.size == len(own) else own
    if own.ndim != 1:
        raise UserError(f"The labels have shape {own.shape}; there is one a sample, or a one-hot row.")
    return Data("array", samples, own.tolist(), str(path))


def _hugging_face(path):
    try:
        import datasets
    except ImportError as error:
        raise UserError("A dataset that Hugging Face's datasets saved needs that package: pip install datasets.") from error
    found = datasets.load_from_disk(str(path))
    if hasattr(found, "keys"):
        if "train" not in found:
            raise UserError(f"'{path}' has the splits {', '.join(found)}; scores are of the split train.")
        found = found["train"]
    label, text, image = _columns(found.column_names, path)
    return Data("text" if text else "image", list(found[text or image]), list(found[label]), str(path))
