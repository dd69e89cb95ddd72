"""A client that speaks in frames, so that it can also say what no polite client says."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import time
import uuid

import zmq

DELIMITER = b"<IDS|MSG>"


def header(kind, **more):
    return {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "raw",
        "username": "raw",
        "date": "2026-01-01T00:00:00.000000Z",
        "version": "5.5",
        **more,
    }


class RawKernel:
    """A kernel process with its own connection file, and sockets to it."""

    def __init__(self, program, directory, key="a raw client's key", identity=b"raw", start=True, env=None, **file):
        self.key = key.encode()
        self.path = directory / f"connection-{uuid.uuid4().hex}.json"
        self.connection = {"ip": "127.0.0.1", "transport": "tcp", "key": key, "signature_scheme": "hmac-sha256", **file}
        self.path.write_text(json.dumps(self.connection))
        self.path.chmod(0o600)
        self.log = directory / "kernel.log"
        self.program, self.env = program, env
        self.context = zmq.Context()
        self.identity = identity
        if start:
            self.start()

    def start(self, **options):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "--connection-file", str(self.path)], stderr=log,
                env={**os.environ, **(self.env or {})}, **options,
            )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            # The kernel chooses the ports that the file leaves out and writes them into it.
            connection = json.loads(self.path.read_text())
            if connection.get("hb_port") or self.process.poll() is not None:
                break
            time.sleep(0.005)
        self.connection = connection
        if self.process.poll() is None:
            self.connect()

    def connect(self):
        self.shell = self.socket(zmq.DEALER, "shell")
        self.control = self.socket(zmq.DEALER, "control")
        self.stdin = self.socket(zmq.DEALER, "stdin")
        self.iopub = self.socket(zmq.SUB, "iopub")
        # The welcome stays to be read. Before it, a cell may run without its messages being sent here.
        self.iopub.poll(10_000)

    def socket(self, kind, channel, identity=None, **options):
        socket = self.context.socket(kind)
        socket.linger = 0
        if kind == zmq.DEALER:
            socket.identity = identity or self.identity
        if kind == zmq.SUB:
            socket.subscribe(b"")
        for name, value in options.items():
            setattr(socket, name, value)
        if "curve_publickey" in self.connection:
            socket.curve_serverkey = self.connection["curve_publickey"].encode()
            socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
        socket.ipv6 = True
        socket.connect(self.address(channel))
        return socket

    def address(self, channel):
        ip, port = self.connection["ip"], self.connection[f"{channel}_port"]
        if self.connection["transport"] == "ipc":
            return f"ipc://{ip}-{port}"
        return f"tcp://[{ip}]:{port}" if ":" in ip else f"tcp://{ip}:{port}"

    def sign(self, frames):
        if not self.key:
            return b""
        digest = hmac.new(self.key, digestmod=hashlib.sha256)
        for frame in frames:
            digest.update(frame)
        return digest.hexdigest().encode()

    def frames(self, head, content, metadata=b"{}", parent=b"{}", buffers=(), signature=None):
        encoded = [f if isinstance(f, bytes) else json.dumps(f).encode() for f in (head, parent, metadata, content)]
        return [DELIMITER, self.sign(encoded) if signature is None else signature, *encoded, *buffers]

    def send(self, kind, content, socket=None, **more):
        head = header(kind, **more)
        (socket or self.shell).send_multipart(self.frames(head, content))
        return head["msg_id"]

    def execute(self, code, socket=None, **options):
        return self.send("execute_request", {"code": code, **options}, socket)

    def receive(self, socket, timeout=10):
        """The next message as a dictionary; the signature is checked."""
        if not socket.poll(timeout * 1000):
            raise TimeoutError("The kernel said nothing.")
        parts = socket.recv_multipart()
        start = parts.index(DELIMITER)
        assert parts[start + 1] == self.sign(parts[start + 2 : start + 6])
        head, parent, metadata, content = map(json.loads, parts[start + 2 : start + 6])
        return {
            "type": head["msg_type"], "header": head, "parent": parent.get("msg_id"), "metadata": metadata,
            "content": content, "buffers": parts[start + 6 :], "prefix": parts[:start],
        }

    def reply(self, identifier, socket=None, timeout=10):
        while True:
            message = self.receive(socket or self.shell, timeout)
            if message["parent"] == identifier:
                return message["content"]

    def until_idle(self, identifier, socket=None, timeout=10):
        outputs = []
        while True:
            message = self.receive(socket or self.iopub, timeout)
            if message["parent"] != identifier:
                continue
            if message["content"].get("execution_state") == "idle":
                return outputs
            outputs.append(message)

    def is_well(self):
        """Whether the kernel still answers."""
        return self.reply(self.send("kernel_info_request", {}))["status"] == "ok"

    def stop(self):
        for name in ("shell", "control", "stdin", "iopub"):
            if hasattr(self, name):
                getattr(self, name).close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.context.destroy(linger=0)
