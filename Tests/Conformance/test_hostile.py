"""What polite clients never send. Nothing crashes, nothing unsigned runs, and the next request is answered."""

import json
import os
import time

import pytest
import zmq
from conftest import resident
from raw import DELIMITER, RawKernel, header


@pytest.fixture
def kernel(tgkernel, tmp_path):
    kernel = RawKernel(tgkernel, tmp_path)
    yield kernel
    kernel.stop()


def assert_dropped(kernel, parts):
    """Sends parts that must be dropped: no reply, nothing on IOPub, and the kernel goes on."""
    kernel.shell.send_multipart(parts)
    assert kernel.is_well()
    while kernel.iopub.poll(100):
        message = kernel.receive(kernel.iopub)
        assert message["type"] not in ("execute_input", "stream", "error")


WORDS = {"code": "%echo it ran"}


@pytest.mark.parametrize(
    "signature", [b"", b"0" * 64, b"f" * 64, b"\xff" * 64, b"0" * 63, b"0" * 65, b"x" * 10_000], ids=range(7)
)
def test_a_wrong_signature_runs_nothing(kernel, signature):
    assert_dropped(kernel, kernel.frames(header("execute_request"), WORDS, signature=signature))


def test_a_signature_over_other_content_runs_nothing(kernel):
    frames = kernel.frames(header("execute_request"), {"code": "# harmless"})
    frames[-1] = json.dumps(WORDS).encode()
    assert_dropped(kernel, frames)


def test_frames_may_not_trade_places(kernel):
    frames = kernel.frames(header("execute_request"), WORDS, metadata=b'{"a":1}')
    frames[4], frames[5] = frames[5], frames[4]
    assert_dropped(kernel, frames)


def test_a_replayed_message_runs_once(kernel):
    frames = kernel.frames(header("execute_request"), WORDS)
    kernel.shell.send_multipart(frames)
    assert kernel.receive(kernel.shell)["content"]["status"] == "ok"
    while kernel.iopub.poll(200):
        kernel.iopub.recv_multipart()
    assert_dropped(kernel, frames)


@pytest.mark.parametrize("count", range(7))
def test_missing_frames(kernel, count):
    assert_dropped(kernel, (kernel.frames(header("execute_request"), WORDS)[:count] or [b""])[:6] if count < 6 else [b""])


def test_no_delimiter_and_thousands_of_frames(kernel):
    assert_dropped(kernel, [b"x"] * 5_000)


def test_extra_frames_are_buffers(kernel):
    kernel.shell.send_multipart(
        kernel.frames(header("execute_request"), {"code": "# fine"}, buffers=[b"\0" * 1_000] * 3_000)
    )
    assert kernel.receive(kernel.shell)["content"]["status"] == "ok"


DEEP = b"[" * 10_000 + b"]" * 10_000


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe{}", b'{"code":"\xc3\x28"}', b"", b"null", b"[]", b'"text"', b"{", b'{"code":NaN}', b'{"code":Infinity}',
        b'{"code":"\\ud800"}', b'{"code":' + DEEP + b"}", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, b'{"code":"%echo x"} x',
        b"{'code':1}", b"\0" * 100,
    ],
    ids=range(15),
)
def test_content_that_is_no_json_object(kernel, content):
    assert_dropped(kernel, kernel.frames(header("execute_request"), content))
    assert_dropped(kernel, kernel.frames(header("execute_request"), WORDS, metadata=content))
    assert_dropped(kernel, kernel.frames(content, WORDS))


@pytest.mark.parametrize(
    "content",
    [
        {}, {"code": None}, {"code": 1}, {"code": ["%echo"]}, {"code": {"a": 1}},
    ],
)
def test_a_request_of_the_wrong_types_is_refused(kernel, content):
    for kind in ("execute_request", "complete_request", "inspect_request", "is_complete_request"):
        assert kernel.reply(kernel.send(kind, content))["status"] == "error"


def test_numbers_beyond_64_bits_and_odd_values(kernel):
    for cursor in (10**30, -(10**30), 1e308, -1, "0", None, [], 2**63):
        reply = kernel.reply(kernel.send("complete_request", {"code": "%zo", "cursor_pos": cursor}))
        assert reply["status"] == "ok"
    for content in (
        {"hist_access_type": "tail", "n": 2**63 - 1}, {"hist_access_type": "tail", "n": -5},
        {"hist_access_type": "range", "session": -(2**63), "start": -(2**62), "stop": 2**63 - 1},
        {"hist_access_type": "range", "session": 2**63 - 1}, {"hist_access_type": "search", "pattern": "[" * 1_000},
        {"hist_access_type": "search", "pattern": "'; DROP TABLE cell; --", "n": 3},
    ):
        assert kernel.reply(kernel.send("history_request", content))["status"] == "ok"
    assert kernel.reply(kernel.send("history_request", {"hist_access_type": "gossip"}))["status"] == "error"


def test_json_of_64_mebibytes(kernel):
    before = resident(kernel.process.pid)
    code = "# " + "x" * (64 << 20)
    assert kernel.reply(kernel.execute(code, store_history=False), timeout=60)["status"] == "ok"
    content = b'{"code":"# y","more":[' + b"1," * (16 << 20) + b"1]}"
    kernel.shell.send_multipart(kernel.frames(header("execute_request"), content))
    assert kernel.receive(kernel.shell, timeout=60)["content"]["status"] == "ok"
    assert kernel.is_well()
    while kernel.iopub.poll(300):
        kernel.iopub.recv_multipart()
    assert resident(kernel.process.pid) < before + 300


def test_an_unsigned_message_of_64_mebibytes_is_cheap(kernel):
    start = time.monotonic()
    assert_dropped(kernel, kernel.frames(header("execute_request"), b"x" * (64 << 20), signature=b"no"))
    assert time.monotonic() - start < 5


def test_identities_of_255_bytes(kernel):
    identity = bytes(range(1, 256))
    shell = kernel.socket(zmq.DEALER, "shell", identity=identity)
    stdin = kernel.socket(zmq.DEALER, "stdin", identity=identity)
    time.sleep(0.2)
    request = kernel.send("execute_request", {"code": "%reset", "allow_stdin": True}, shell)
    question = kernel.receive(stdin)
    assert question["type"] == "input_request"
    kernel.send("input_reply", {"value": "n"}, stdin)
    kernel.reply(request, shell)
    shell.close()
    stdin.close()


def test_an_answer_of_somebody_else_is_no_answer(kernel):
    stranger = kernel.socket(zmq.DEALER, "stdin", identity=b"stranger")
    time.sleep(0.2)
    request = kernel.send("execute_request", {"code": "%reset", "allow_stdin": True})
    kernel.receive(kernel.stdin)
    kernel.send("input_reply", {"value": "y"}, stranger)
    assert not kernel.shell.poll(300)
    kernel.send("input_reply", {"value": "n"}, kernel.stdin)
    kernel.reply(request)
    stranger.close()


def test_noise_on_every_socket(kernel):
    for socket in (kernel.shell, kernel.control, kernel.stdin):
        for parts in ([b""], [DELIMITER], [b"\xff" * 100] * 20, [DELIMITER] * 10):
            socket.send_multipart(parts)
    beat = kernel.socket(zmq.DEALER, "hb")
    beat.send_multipart([b"", b"\0" * 100_000])
    assert beat.poll(5_000) and beat.recv_multipart() == [b"", b"\0" * 100_000]
    beat.close()
    assert kernel.is_well()


def test_unknown_messages_are_ignored(kernel):
    for kind in ("", "nonsense", "debug_request", "apply_request", "_request", "x" * 10_000, "\u0000"):
        kernel.send(kind, {})
        kernel.send(kind, {}, kernel.control)
    assert kernel.is_well()


def test_ten_thousand_requests_at_once(kernel):
    requests = [kernel.execute("# nothing") for _ in range(10_000)]
    for number, request in enumerate(requests):
        message = kernel.receive(kernel.shell, timeout=60)
        assert message["parent"] == request and message["content"]["execution_count"] == number + 1
    idle = 0
    while idle < 10_000:
        idle += kernel.receive(kernel.iopub, timeout=30)["content"].get("execution_state") == "idle"


def test_a_client_that_stops_reading(kernel):
    """It costs the others nothing, does not fill the kernel's memory, and is told what it lost when it reads again."""
    still = kernel.socket(zmq.SUB, "iopub", rcvhwm=1)
    assert kernel.receive(still)["type"] == "iopub_welcome"
    assert kernel.receive(kernel.iopub)
    kernel.reply(kernel.execute(f"word = '{'x' * 40_000}'"))
    while kernel.iopub.poll(200):
        kernel.iopub.recv_multipart()
    before = resident(kernel.process.pid)
    request = kernel.execute("\n".join(["%echo $word"] * 5_000))
    size = total = 0
    longest, last = 0, time.monotonic()
    while True:
        message = kernel.receive(kernel.iopub, timeout=60)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        size += len(message["content"].get("text", ""))
        if message["parent"] == request:
            total += 1
            if message["content"].get("execution_state") == "idle":
                break
    assert size == 40_001 * 5_000
    assert kernel.reply(request)["status"] == "ok"
    assert longest < 2, "Nobody is held up for as long as a client that is still is waited for."
    assert resident(kernel.process.pid) < before + 300
    seen = lost = 0
    while True:
        message = kernel.receive(still)
        if message["parent"] != request:
            continue
        if message["content"].get("name") == "stderr":
            assert "lost here: this client did not read them in time" in message["content"]["text"]
            lost += int(message["content"]["text"].split()[0].replace(",", ""))
            continue
        seen += 1
        if message["content"].get("execution_state") == "idle":
            break
    assert lost > 0 and seen + lost == total
    still.close()


def test_a_flood_of_unsigned_messages_fills_no_log(kernel):
    def flood():
        for _ in range(22_000):
            kernel.shell.send_multipart(kernel.frames(header("execute_request"), WORDS, signature=b"0" * 64))
        assert kernel.reply(kernel.send("kernel_info_request", {}), timeout=60)["status"] == "ok"

    start = time.monotonic()
    flood()
    seconds = time.monotonic() - start
    # The last count comes by itself, half a second later.
    time.sleep(1)
    lines = kernel.log.read_text().splitlines()
    assert 2 <= len(lines) <= 4 * (seconds + 1)
    counted = sum(int(line.split("… and ")[1].split()[0].replace(",", "")) for line in lines if "… and" in line)
    assert counted + sum("… and" not in line for line in lines) == 22_000


def test_no_message_forges_a_line_of_the_log(kernel):
    kernel.send("nonsense\ncritical: all is lost " + "x" * 100_000, {})
    assert kernel.is_well()
    time.sleep(0.2)
    lines = kernel.log.read_text().splitlines()
    assert len(lines) == 1 and len(lines[0]) < 700


def test_an_idle_kernel_is_idle(kernel):
    """Also after many cells whose last words were fetched just as they were called for."""
    for _ in range(2_000):
        kernel.reply(kernel.execute("%echo a"))
    time.sleep(0.5)
    before = cpu_seconds(kernel)
    time.sleep(2)
    assert cpu_seconds(kernel) - before < 0.1


def test_memory_after_a_hundred_thousand_messages(kernel):
    def exchange(count):
        # Ten at a time, so that most of the time is the kernel's and not the client's.
        for _ in range(count // 20):
            for _ in range(10):
                kernel.send("kernel_info_request", {})
                kernel.execute("# nothing")
            for _ in range(20):
                assert kernel.shell.poll(10_000)
                kernel.shell.recv_multipart(copy=False)
            while kernel.iopub.poll(0):
                kernel.iopub.recv_multipart(copy=False)

    exchange(1_000)
    time.sleep(1)
    before = resident(kernel.process.pid)
    exchange(99_000)
    time.sleep(1)
    assert resident(kernel.process.pid) < before + 10


def test_a_port_in_use_is_said(tgkernel, tmp_path):
    with zmq.Context() as context, context.socket(zmq.ROUTER) as socket:
        port = socket.bind_to_random_port("tcp://127.0.0.1")
        kernel = RawKernel(tgkernel, tmp_path, start=False, shell_port=port)
        kernel.start()
        assert kernel.process.wait(5) == 1
        assert f"127.0.0.1:{port}" in kernel.log.read_text()


def test_subshells_come_and_go(kernel):
    """Those of JEP 91, as they are advertised; what is asked of one that is not there is refused."""
    reply = kernel.reply(kernel.send("kernel_info_request", {}))
    assert "kernel subshells" in reply["supported_features"]
    assert kernel.reply(kernel.send("kernel_info_request", {}, kernel.control), kernel.control)["status"] == "ok"

    def ask(kind, content=None):
        return kernel.reply(kernel.send(kind, content or {}, kernel.control), kernel.control)

    made = [ask("create_subshell_request")["subshell_id"] for _ in range(20)]
    assert sorted(ask("list_subshell_request")["subshell_id"]) == sorted(made) and len(set(made)) == 20
    for subshell in made:
        request = kernel.send("execute_request", {"code": "%echo beside"}, subshell_id=subshell)
        assert kernel.reply(request)["status"] == "ok"
        assert ask("delete_subshell_request", {"subshell_id": subshell})["status"] == "ok"
    assert ask("list_subshell_request")["subshell_id"] == []
    for content in ({"subshell_id": made[0]}, {"subshell_id": 7}, {"subshell_id": None}, {}):
        assert ask("delete_subshell_request", content)["status"] == "error"
    request = kernel.send("execute_request", {"code": "%echo beside"}, subshell_id=made[0])
    assert kernel.reply(request)["status"] == "error"
    assert kernel.is_well()


def cpu_seconds(kernel):
    fields = open(f"/proc/{kernel.process.pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_line_of_a_hundred_mebibytes(kernel):
    """Its time grows with its length and no faster."""

    def seconds(length):
        before = cpu_seconds(kernel)
        request = kernel.execute("%echo " + "x" * length)
        assert kernel.reply(request, timeout=120)["status"] == "ok"
        text = "".join(m["content"]["text"] for m in kernel.until_idle(request, timeout=120) if m["type"] == "stream")
        assert len(text) == length + 1
        return cpu_seconds(kernel) - before

    short = seconds(10 << 20)
    assert seconds(100 << 20) < 20 * max(short, 0.1)
