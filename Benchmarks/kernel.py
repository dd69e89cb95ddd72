"""The kernel beside others, in one run: the rounds take turns, so that a busy machine is busy for all of them.

Every figure is one client's: jupyter_client's for what people notice, a raw ZeroMQ client for what is left when the
client costs nothing. Prints a table, and the ratios that are to be reached with whether they are.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

from jupyter_client.manager import KernelManager

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Conformance"))

from conftest import resident  # noqa: E402
from raw import RawKernel, header  # noqa: E402

OURS, THEIRS = "transfergraph", "python3"
LINES = 100_000


def until_idle(client, request):
    while True:
        message = client.get_iopub_msg(timeout=120)
        if (
            message["msg_type"] == "status"
            and message["content"]["execution_state"] == "idle"
            and message["parent_header"].get("msg_id") == request
        ):
            return


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def lines_of(name):
    if name == OURS:
        return "%echo '" + "\n".join(f"line {number}" for number in range(LINES)) + "'"
    if name == THEIRS:
        return f"for number in range({LINES}): print('line', number)"
    return None


def measure(name, rounds):
    """One life of a kernel: start, round trips, output, memory. Times in seconds, memory in MiB."""
    figures = {}
    manager = KernelManager(kernel_name=name)
    start = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.kernel_info()
    client.get_shell_msg(timeout=60)
    figures["start"] = [time.perf_counter() - start]
    client.wait_for_ready(timeout=60)
    try:
        pid = manager.provisioner.process.pid

        def information():
            client.kernel_info()
            client.get_shell_msg(timeout=60)

        def nothing():
            until_idle(client, client.execute("# nothing"))

        figures["kernel_info"] = [timed(information) for _ in range(rounds)]
        time.sleep(0.2)
        for _ in range(20):
            nothing()
        figures["no-op"] = [timed(nothing) for _ in range(rounds)]
        figures["memory"] = [resident(pid)]
        code = lines_of(name)
        if code:
            figures["lines"] = [timed(lambda: until_idle(client, client.execute(code))) for _ in range(2)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return figures


def measure_raw(program, rounds, directory):
    """The kernel alone: exec to first reply, a no-op, and a bare echo of the same frames (its heartbeat)."""
    figures = {"raw start": [], "raw no-op": [], "raw echo": []}
    import socket as sockets

    for _ in range(10):
        ports = {}
        held = []
        for name in ("shell", "iopub", "stdin", "control", "hb"):
            probe = sockets.socket()
            probe.bind(("127.0.0.1", 0))
            held.append(probe)
            ports[f"{name}_port"] = probe.getsockname()[1]
        for probe in held:
            probe.close()
        kernel = RawKernel(program, directory, start=False, **ports)
        kernel.connection = json.loads(kernel.path.read_text())
        # A client that connects early tries again after a while; 1 ms keeps that out of the figure.
        import zmq

        shell = kernel.context.socket(zmq.DEALER)
        shell.linger, shell.reconnect_ivl = 0, 1
        shell.connect(kernel.address("shell"))
        kernel.send("kernel_info_request", {}, shell)
        import subprocess

        start = time.perf_counter()
        kernel.process = subprocess.Popen([program, "--connection-file", str(kernel.path)])
        assert shell.poll(20_000)
        figures["raw start"].append(time.perf_counter() - start)
        shell.close()
        if len(figures["raw start"]) < 10:
            kernel.stop()
    kernel.connect()
    beat = kernel.socket(zmq.DEALER, "hb")
    time.sleep(0.3)

    def nothing():
        head = header("execute_request")
        frames = kernel.frames(head, {"code": "# nothing"})
        start = time.perf_counter()
        kernel.shell.send_multipart(frames)
        state = None
        while state != b'{"execution_state":"idle"}':
            state = kernel.iopub.recv_multipart()[6]
        kernel.shell.recv_multipart()
        figures["raw no-op"].append(time.perf_counter() - start)

    def echo():
        frames = kernel.frames(header("execute_request"), {"code": "# nothing"})
        start = time.perf_counter()
        beat.send_multipart(frames)
        beat.recv_multipart()
        figures["raw echo"].append(time.perf_counter() - start)

    kernel.iopub.recv_multipart()
    for _ in range(rounds):
        nothing()
        echo()
    beat.close()
    kernel.stop()
    return figures


def zoo_of(models, directory):
    rows = [f"organisation/model-{number},dataset{number % 20},{number % 89 / 89}" for number in range(models)]
    (directory / "records.csv").write_text("\n".join(["model,dataset,score", *rows]) + "\n")
    return directory


def measure_completion(directory):
    """Completion of a model's name with 10,000 models loaded."""
    manager = KernelManager(kernel_name=OURS)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    try:
        client.execute_interactive(f"%zoo load {zoo_of(10_000, directory)}", output_hook=lambda _: None, timeout=60)
        code = "%records --model organisation/model-12"

        def complete():
            client.complete(code)
            matches.append(len(client.get_shell_msg(timeout=60)["content"]["matches"]))

        matches = []
        times = [timed(complete) for _ in range(30)]
        return times, matches[0]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def row(name, figures):
    def value(key, scale=1e3, pick=statistics.median):
        return f"{pick(figures[key]) * scale:10.2f}" if figures.get(key) else f"{'':>10}"

    p95 = lambda values: sorted(values)[int(len(values) * 0.95)]  # noqa: E731
    return (
        f"{name:16}{value('start', 1e3)}{value('kernel_info')}{value('no-op')}{value('no-op', 1e3, p95)}"
        f"{value('lines', 1e3, min)}{value('memory', 1)}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kernels", nargs="*", default=[OURS, THEIRS], help="kernels by name")
    parser.add_argument("--rounds", type=int, default=300, help="round trips a life")
    parser.add_argument("--lives", type=int, default=5, help="starts of each kernel, taking turns")
    options = parser.parse_args()
    os.environ["TRANSFERGRAPH_HISTORY"] = ":memory:"
    results = {name: {} for name in options.kernels}
    for _ in range(options.lives):
        for name in options.kernels:
            for key, values in measure(name, options.rounds).items():
                results[name].setdefault(key, []).extend(values)
    columns = ("start ms", "info ms", "no-op ms", "p95 ms", "lines ms", "MiB")
    print(f"\n{'kernel':16}" + "".join(f"{column:>10}" for column in columns))
    for name, figures in results.items():
        print(row(name, figures))
    with tempfile.TemporaryDirectory() as directory:
        directory = pathlib.Path(directory)
        spec = KernelManager(kernel_name=OURS).kernel_spec
        program = spec.argv[0].replace("{resource_dir}", spec.resource_dir)
        raw = measure_raw(program, options.rounds, directory)
        completion, count = measure_completion(directory)
    print("\nraw client: " + ", ".join(f"{name} {statistics.median(v) * 1e3:.3f} ms" for name, v in raw.items()))
    print(f"completion with 10,000 models loaded ({count} matches): {statistics.median(completion) * 1e3:.2f} ms")

    def median(name, key):
        return statistics.median(results[name][key])

    goals = []
    if OURS in results and THEIRS in results:
        for key, goal in (("start", 0.55), ("kernel_info", 0.3), ("no-op", 0.17)):
            goals.append((f"{key}, of ipykernel's", median(OURS, key) / median(THEIRS, key), goal, "≤"))
        goals.append(("lines a second, of ipykernel's", min(results[THEIRS]["lines"]) / min(results[OURS]["lines"]), 3, "≥"))
    goals.append(("exec to first reply, ms", statistics.median(raw["raw start"]) * 1e3, 60, "≤"))
    goals.append(
        ("no-op, of a bare echo", statistics.median(raw["raw no-op"]) / statistics.median(raw["raw echo"]), 3, "≤")
    )
    goals.append(("resident memory, MiB", median(OURS, "memory"), 40, "≤"))
    print(f"\n{'goal':34}{'measured':>10}{'goal':>8}")
    for name, value, goal, sign in goals:
        reached = value <= goal if sign == "≤" else value >= goal
        print(f"{name:34}{value:10.2f}{sign:>3}{goal:5g}  {'reached' if reached else 'NOT REACHED'}")


if __name__ == "__main__":
    main()
