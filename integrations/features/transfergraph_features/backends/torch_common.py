"""What the backends over PyTorch share."""

import hashlib

from ..errors import OutOfMemory, UserError


def device(options):
    import torch

    if options.device == "cuda" and not torch.cuda.is_available():
        raise UserError("PyTorch finds no CUDA here: --device cpu.")
    # The same numbers as on a CPU, and the same ones each time: no rounding to 10 bits, no choice of a kernel by its speed.
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    if options.threads:
        torch.set_num_threads(options.threads)
    return torch.device(options.device)


def weights_hash(module):
    import torch

    found = hashlib.sha256()
    for name, tensor in sorted(module.state_dict().items()):
        found.update(name.encode())
        found.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes()
                     if tensor.numel() else b"")
    return found.hexdigest()


def guarded(run):
    import torch

    try:
        with torch.inference_mode():
            return run()
    except RuntimeError as error:
        if "out of memory" in str(error).lower() or "can't allocate" in str(error).lower():
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            raise OutOfMemory(str(error)) from error
        raise
