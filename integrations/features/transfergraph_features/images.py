"""Pictures as arrays."""

from pathlib import Path

import numpy as np

from .errors import UserError


def picture(sample):
    """A sample as a picture of Pillow, in RGB."""
    from PIL import Image

    if isinstance(sample, (str, Path)):
        try:
            with Image.open(sample) as file:
                return file.convert("RGB")
        except OSError as error:
            raise UserError(f"The image '{sample}' cannot be read: {error}.") from error
    if isinstance(sample, Image.Image):
        return sample.convert("RGB")
    array = np.asarray(sample)
    if array.ndim == 3 and array.shape[0] in (1, 3) and array.shape[2] not in (1, 3):
        array = np.moveaxis(array, 0, 2)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.dtype != np.uint8:
        # From 0 to 1, or from 0 to 255; never by the largest of one picture, which would make dark ones bright.
        array = np.asarray(array, dtype=np.float64)
        if not (np.isfinite(array).all() and array.min() >= 0 and array.max() <= 255):
            raise UserError(
                f"The numbers of a picture go from 0 to 1 or from 0 to 255, and here from {array.min():g} to {array.max():g}."
            )
        array = np.round(array * (255 if array.max() <= 1 else 1)).astype(np.uint8)
    return Image.fromarray(array).convert("RGB")


def batch(samples, height, width, mean, deviation, channels, each):
    """samples × channels × height × width, float32; `each` does the work for one sample after the other, or beside it."""

    def row(sample):
        image = picture(sample).resize((width, height))
        if channels == 1:
            image = image.convert("L")
        array = np.asarray(image, dtype=np.float32) / 255
        array = array.reshape(height, width, channels)
        return ((array - mean) / deviation).transpose(2, 0, 1)

    return np.ascontiguousarray(np.stack(each(row, samples)), dtype=np.float32)


def pooled(values, pooling):
    """Rows of features: what lies along tokens or pixels is pooled, by its mean where nothing else is asked for."""
    values = np.asarray(values)
    if values.ndim <= 2:
        return values.reshape(len(values), -1)
    if pooling == "none":
        return values.reshape(len(values), -1)
    if values.ndim == 3:
        # samples × tokens × D
        if pooling == "cls":
            return values[:, 0]
        return values.max(axis=1) if pooling == "max" else values.mean(axis=1)
    if pooling == "cls":
        raise UserError("--pooling cls takes the first token, and these features are maps of an image.")
    axes = tuple(range(2, values.ndim))
    return values.max(axis=axes) if pooling == "max" else values.mean(axis=axes)


def softmax(values):
    values = np.asarray(values, dtype=np.float64)
    values = np.exp(values - values.max(axis=1, keepdims=True))
    return values / values.sum(axis=1, keepdims=True)


def distributions(values):
    """Rows as probabilities: as they are where they are some, else by a softmax."""
    values = np.asarray(values, dtype=np.float64)
    if values.min() >= 0 and np.allclose(values.sum(axis=1), 1, atol=1e-3):
        return values
    return softmax(values)
