"""Makes a feature file, and computes LogME of it the way its authors do: by numpy, through the singular vectors."""

import json
import pathlib
import resource
import sys
import time

import numpy as np


def make(folder, rows, columns, classes):
    """Features like a network's: correlated, not negative, classes a little apart."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, classes, rows)
    centres = generator.standard_normal((classes, 64), dtype=np.float32)
    mixing = generator.standard_normal((64, columns), dtype=np.float32) / 8
    features = np.lib.format.open_memmap(
        folder / "features.npy", mode="w+", dtype=np.float32, shape=(rows, columns))
    for start in range(0, rows, 4096):
        part = labels[start:start + 4096]
        hidden = centres[part] + generator.standard_normal((len(part), 64), dtype=np.float32)
        noise = generator.standard_normal((len(part), columns), dtype=np.float32)
        features[start:start + 4096] = np.maximum(hidden @ mixing + noise / 2, 0)
    np.save(folder / "labels.npy", labels)


def log_evidence(sigma, squares, residual, rows, columns):
    alpha = beta = 1.0
    for _ in range(11):
        ratio = alpha / beta
        gamma = (sigma / (sigma + ratio)).sum()
        weights = (sigma * squares / (ratio + sigma) ** 2).sum()
        errors = (squares / (1 + sigma / ratio) ** 2).sum() + residual
        alpha = gamma / (weights + 1e-5)
        beta = (rows - gamma) / (errors + 1e-5)
        if abs(alpha / beta - ratio) / ratio <= 1e-3:
            break
    return (columns * np.log(alpha) + rows * np.log(beta) - np.log(alpha + beta * sigma).sum()
            - beta * errors - alpha * weights - rows * np.log(2 * np.pi)) / 2 / rows


def reference(folder):
    start = time.perf_counter()
    features = np.load(folder / "features.npy").astype(np.float64)
    labels = np.load(folder / "labels.npy")
    rows, columns = features.shape
    _, sigma, right = np.linalg.svd(features.T @ features)
    left = features @ right.T / np.sqrt(sigma)
    values = []
    for index in range(labels.max() + 1):
        indicator = (labels == index).astype(np.float64)
        squares = (left.T @ indicator) ** 2
        values.append(log_evidence(sigma, squares, indicator.sum() - squares.sum(), rows, columns))
    print(json.dumps({
        "score": "LogME", "value": float(np.mean(values)), "seconds": time.perf_counter() - start,
        "peakMebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if command == "make":
        make(folder, *map(int, sys.argv[3:6]))
    else:
        reference(folder)
