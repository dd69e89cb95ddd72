"""Serves a notebook in place of a kernel whose program is gone: every cell says so, and how to mend it.

usage: missing.py CONNECTION_FILE PROGRAM
"""

import hashlib
import hmac
import json
import os
import sys
import threading
import time
import uuid

import zmq

connection = json.load(open(sys.argv[1]))
program = sys.argv[2] or "(its path is not known: the file 'program' beside the kernelspec is gone)"
here = os.path.dirname(os.path.abspath(__file__))
WORDS = (
    f"The kernel's program is not at {program}: it was moved or removed after it was installed.\n"
    "  Installed by pip:    pip install --force-reinstall transfergraph_kernel\n"
    "  Built from source:   build it, then run   tgkernel install   with it\n"
    f"  Not wanted any more: remove {here}\n"
    "Then restart the kernel."
)
key = connection["key"].encode()
digest = getattr(hashlib, connection.get("signature_scheme", "hmac-sha256").split("-")[1])
session = uuid.uuid4().hex
context = zmq.Context()


def address(channel):
    port = connection[f"{channel}_port"]
    if connection["transport"] == "tcp":
        return f"tcp://{connection['ip']}:{port}"
    return f"{connection['transport']}://{connection['ip']}-{port}"


def open_socket(kind, channel):
    socket = context.socket(kind)
    socket.linger = 1000
    if connection.get("curve_secretkey"):
        socket.curve_server = True
        socket.curve_secretkey = connection["curve_secretkey"].encode()
    socket.bind(address(channel))
    return socket


def sign(frames):
    mac = hmac.new(key, digestmod=digest)
    for frame in frames:
        mac.update(frame)
    return mac.hexdigest().encode() if key else b""


def send(socket, kind, content, parent, identities):
    head = {
        "msg_id": uuid.uuid4().hex, "session": session, "username": "kernel", "msg_type": kind, "version": "5.3",
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    frames = [json.dumps(part).encode() for part in (head, parent, {}, content)]
    socket.send_multipart([*identities, b"<IDS|MSG>", sign(frames), *frames])


shell, control = open_socket(zmq.ROUTER, "shell"), open_socket(zmq.ROUTER, "control")
iopub, stdin = open_socket(zmq.PUB, "iopub"), open_socket(zmq.ROUTER, "stdin")
beat = open_socket(zmq.ROUTER, "hb")
threading.Thread(target=lambda: zmq.proxy(beat, beat), daemon=True).start()
poller = zmq.Poller()
poller.register(shell, zmq.POLLIN)
poller.register(control, zmq.POLLIN)
count = 0
while True:
    for socket, _ in poller.poll():
        frames = socket.recv_multipart()
        place = frames.index(b"<IDS|MSG>")
        identities, signature, parts = frames[:place], frames[place + 1], frames[place + 2 : place + 6]
        if not hmac.compare_digest(signature, sign(parts)):
            continue
        header, content = json.loads(parts[0]), json.loads(parts[3])
        kind = header["msg_type"]
        send(iopub, "status", {"execution_state": "busy"}, header, [b"status"])
        reply = {"status": "ok"}
        if kind == "kernel_info_request":
            reply.update(
                protocol_version="5.3", implementation="transfergraph", implementation_version="", banner=WORDS,
                language_info={
                    "name": "transfergraph", "version": "", "mimetype": "text/plain", "file_extension": ".tg",
                },
            )
        elif kind == "execute_request":
            count += not content.get("silent")
            error = {"ename": "ProgramMissing", "evalue": WORDS, "traceback": [f"ProgramMissing: {WORDS}"]}
            if not content.get("silent"):
                send(iopub, "error", error, header, [b"error"])
            reply = {"status": "error", "execution_count": count, "user_expressions": {}, **error}
        elif kind == "is_complete_request":
            reply["status"] = "unknown"
        elif kind == "history_request":
            reply["history"] = []
        elif kind == "complete_request":
            reply.update(matches=[], cursor_start=0, cursor_end=0, metadata={})
        elif kind == "inspect_request":
            reply.update(found=False, data={}, metadata={})
        elif kind == "comm_info_request":
            reply["comms"] = {}
        elif kind == "shutdown_request":
            reply["restart"] = content.get("restart", False)
        send(socket, kind.replace("request", "reply"), reply, header, identities)
        send(iopub, "status", {"execution_state": "idle"}, header, [b"status"])
        if kind == "shutdown_request":
            time.sleep(0.1)
            sys.exit()
