"""Sentence encoders: functions from a list of texts to a matrix with a row for each. Each library is imported only when it
is asked for."""

import importlib
import importlib.util
import sys
from pathlib import Path

from .errors import UserError

# The prefix of an encoder, the package that it needs, and the model where none is named.
KNOWN = {
    "st": ("sentence_transformers", "sentence-transformers/all-MiniLM-L6-v2"),
    "model2vec": ("model2vec", "minishlab/potion-base-8M"),
    "wordllama": ("wordllama", "l2_supercat_256"),
}


def sentence_transformers(model):
    import sentence_transformers

    if model == KNOWN["st"][1] and importlib.util.find_spec("all_minilm_l6_v2"):
        # A package that brings the weights: nothing is fetched.
        import contextlib
        import all_minilm_l6_v2

        with contextlib.redirect_stdout(sys.stderr):
            model = str(all_minilm_l6_v2.get_model_path())
    encoder = sentence_transformers.SentenceTransformer(model, device="cpu")
    return lambda texts: encoder.encode(texts, convert_to_numpy=True, show_progress_bar=False)


def model2vec(model):
    import model2vec

    encoder = model2vec.StaticModel.from_pretrained(model)
    return lambda texts: encoder.encode(texts)


def wordllama(model):
    import wordllama

    if model != KNOWN["wordllama"][1]:
        raise UserError(f"wordllama brings {KNOWN['wordllama'][1]} and not '{model}'.")
    # Weights and tokenizer come with the package; it looks for the latter elsewhere, and would fetch it.
    encoder = wordllama.WordLlama.load(cache_dir=str(Path(wordllama.__file__).parent))
    return lambda texts: encoder.embed(texts)


def own(module, function):
    """A function of one's own, as MODULE:FUNCTION."""
    try:
        found = getattr(importlib.import_module(module), function)
    except ImportError as error:
        raise UserError(f"The module '{module}' cannot be imported: {error}.") from error
    except AttributeError as error:
        raise UserError(f"The module '{module}' has no function '{function}'.") from error
    return found


def load(asked):
    """The encoder that is asked for, or the first whose package is installed, and its name."""
    if not asked:
        asked = next((prefix for prefix, (package, _) in KNOWN.items() if importlib.util.find_spec(package)), None)
        if asked is None:
            packages = ", ".join(package for package, _ in KNOWN.values())
            raise UserError(
                f"No sentence encoder is installed in this Python: one of {packages} would do. "
                "--encoder MODULE:FUNCTION names a function of your own from texts to vectors."
            )
    prefix, _, model = asked.partition(":")
    if prefix in KNOWN:
        package, usual = KNOWN[prefix]
        if not importlib.util.find_spec(package):
            raise UserError(f"'{asked}' needs the package {package}, which is not installed in {sys.executable}.")
        model = model or usual
        loader = {"st": sentence_transformers, "model2vec": model2vec, "wordllama": wordllama}[prefix]
        try:
            return f"{prefix}:{model}", loader(model)
        except UserError:
            raise
        except Exception as error:
            raise UserError(f"The encoder {prefix}:{model} cannot be loaded: {str(error).splitlines()[0]}.") from error
    if not model:
        raise UserError(f"'{asked}' is no encoder: write one of {', '.join(KNOWN)}, with :MODEL behind it, or MODULE:FUNCTION.")
    return asked, own(prefix, model)
