"""Runs a Dockerfile's steps without Docker: in a bare system that debootstrap made, each step in a chroot of its own.

usage: run_dockerfile.py DOCKERFILE ROOT CONTEXT    (as root)

FROM is the bare system. Its command is started at the end, on this machine's loopback, asked for its API until it answers, and
stopped.
"""

import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request


def steps(text):
    """(word, rest) of each instruction, lines that go on joined."""
    text = re.sub(r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    for line in text.splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word, rest.strip()


class System:
    def __init__(self, root):
        self.root, self.user, self.folder = root, "root", "/"
        self.variables = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
        # How this machine reaches the network is none of the Dockerfile's affair.
        self.machine = {
            name: value for name, value in os.environ.items()
            if re.fullmatch(r"(https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|PIP_[A-Z_]*|SSL_CERT_FILE)", name)
        }

    def expanded(self, text):
        return re.sub(r"\$\{?(\w+)\}?", lambda match: self.variables.get(match[1], ""), text)

    def command(self, words):
        # A package that a step installs puts its own certificates in place of this machine's.
        shutil.rmtree(f"{self.root}.certs", ignore_errors=True)
        shutil.copytree("/etc/ssl/certs", f"{self.root}.certs")
        variables = {**self.machine, **self.variables}
        if self.user != "root":
            variables["HOME"] = f"/home/{self.user}"
        inside = " ".join(f"{name}={shlex.quote(value)}" for name, value in variables.items())
        root = shlex.quote(str(self.root))
        return [
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec",
            f"mount --bind /dev {root}/dev; mount -t proc proc {root}/proc; mount --bind {root}.certs {root}/etc/ssl/certs; exec chroot --userspec={self.user}:{self.user}"
            f" {root} /usr/bin/env -i {inside} sh -ec {shlex.quote(f'cd {self.folder}; ' + words)}",
        ]

    def run(self, words):
        subprocess.run(self.command(words), check=True)

    def copy(self, rest, context):
        words = shlex.split(rest)
        owner = next((word[8:] for word in words if word.startswith("--chown=")), None)
        *sources, target = [word for word in words if not word.startswith("--")]
        there = self.root / os.path.join(self.folder, target).lstrip("/")
        for source in sources:
            found = sorted(context.glob(source))
            if not found:
                raise SystemExit(f"COPY: there is no {source}")
            for path in found:
                if path.is_dir():
                    shutil.copytree(path, there, dirs_exist_ok=True)
                else:
                    there.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, there)
        if owner:
            subprocess.run(["chroot", self.root, "chown", "-R", f"{owner}:{owner}", "/" + str(there.relative_to(self.root))], check=True)


def main():
    dockerfile, root, context = map(pathlib.Path, sys.argv[1:4])
    system = System(root.resolve())
    for word, rest in steps(dockerfile.read_text()):
        print(f"{word} {rest[:110]}", flush=True)
        if word == "ENV":
            for pair in shlex.split(rest):
                name, _, value = pair.partition("=")
                system.variables[name] = system.expanded(value)
        elif word == "RUN":
            system.run(rest)
        elif word == "COPY":
            system.copy(rest, context)
        elif word == "USER":
            system.user = rest
        elif word == "WORKDIR":
            system.folder = rest
        elif word == "CMD":
            port = free_port()
            # Docker gives a container a network of its own; here nobody but this machine is to reach it.
            words = [word.replace("--ip=0.0.0.0", "--ip=127.0.0.1") for word in json.loads(rest)]
            system.run("jupyter kernelspec list")
            serve(system.command(shlex.join([*words, f"--ServerApp.port={port}", "--ServerApp.port_retries=0"])), port)
        elif word not in ("FROM", "EXPOSE"):
            raise SystemExit(f"{word} is not known here")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def serve(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            if process.poll() is not None:
                raise SystemExit(f"the command ended with {process.returncode}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api") as answer:
                    print("it answers:", answer.read().decode())
                return
            except OSError:
                time.sleep(0.5)
        raise SystemExit("the command does not answer")
    finally:
        # All of a namespace ends with its first process. It does not end with unshare: --kill-child is forgotten as soon as
        # chroot becomes another user.
        if process.poll() is None:
            for child in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    main()
