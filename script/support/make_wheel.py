"""Puts the built program and what it needs into a wheel.

usage: make_wheel.py PRODUCTS OUTPUT

The program lies in share/transfergraph/bin of the environment, its libraries beside it in lib, its zoos in
share/tgkernel/zoos below it. Nothing runs at installation: Jupyter finds the kernelspec in share/jupyter/kernels, whose
launcher finds the program by its place.
"""

import base64
import gzip
import hashlib
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What every Linux with this libc has: glibc's own, and the compiler's runtime, which the package manager itself needs.
SYSTEM = re.compile(
    r"^(ld-linux.*|lib(c|m|pthread|dl|rt|util|resolv|nsl|anl|BrokenLocale|gcc_s|stdc\+\+))\.so[.\d]*$"
)
# Opened when the first picture is drawn (Sources/Presentation/Pictures).
DRAWING = ["librsvg-2.so.2", "libcairo.so.2", "libgobject-2.0.so.0", "libglib-2.0.so.0"]
VERSION = re.search(
    r'version = "([^"]+)"', (ROOT / "Sources/TGMagics/Session/InterpreterInfo+TransferGraph.swift").read_text()
)[1]
NAME = "transfergraph_kernel"
LIMIT = 80 << 20


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def needed(file):
    """The libraries that a file loads and their places, the system's own left out."""
    for line in output_of("ldd", file).splitlines():
        name, _, place = line.strip().partition(" => ")
        place = place.split(" (")[0]
        if place == "not found":
            raise SystemExit(f"{file} needs {name}, which is not here.")
        if place.startswith("/") and not SYSTEM.match(os.path.basename(name)):
            yield name, place


def collect(files):
    """Everything that the files load, by name."""
    found, waiting = {}, list(files)
    while waiting:
        for name, place in needed(waiting.pop()):
            if name not in found:
                found[name] = os.path.realpath(place)
                waiting.append(place)
    return found


def place_of(library):
    for line in output_of("/sbin/ldconfig", "-p").splitlines():
        if line.strip().startswith(library + " ") and ("x86-64" in line or "AArch64" in line):
            return line.split("=> ")[1]
    raise SystemExit(f"{library}, which drawings need, is not here: script/bootstrap installs it.")


def licence(place):
    """The copyright file of the Debian package that a library is of, and the package's name and version."""
    for path in (place, place.replace("/usr/lib/", "/lib/"), "/usr" + place):
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True)
        if done.returncode == 0:
            package = done.stdout.split(": ")[0].split(",")[0]
            version = output_of("dpkg-query", "-W", "-f", "${Version}", package)
            text = pathlib.Path(f"/usr/share/doc/{package.split(':')[0]}/copyright")
            return package.split(":")[0], version, text
    raise SystemExit(f"No Debian package owns {place}; its licence is not known.")


class Wheel:
    """A wheel in the making: files in, a zip with its record out, the same bytes from the same files."""

    def __init__(self):
        self.entries = {}

    def add(self, name, data, executable=False):
        if isinstance(data, pathlib.Path):
            executable = executable or bool(data.stat().st_mode & stat.S_IXUSR)
            data = data.read_bytes()
        self.entries[name] = (data.encode() if isinstance(data, str) else data, executable)

    def write(self, path, info):
        def line(name):
            data = self.entries[name][0]
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            return f"{name},sha256={digest},{len(data)}"

        record = [line(name) for name in sorted(self.entries)] + [f"{info}/RECORD,,"]
        self.add(f"{info}/RECORD", "\n".join(record) + "\n")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, (data, executable) in sorted(self.entries.items()):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (0o100755 if executable else 0o100644) << 16
                archive.writestr(entry, data)


def metadata():
    readme = (ROOT / "README.md").read_text()
    return f"""Metadata-Version: 2.1
Name: {NAME}
Version: {VERSION}
Summary: A Jupyter kernel for choosing pre-trained models: TransferGraph
License: Apache-2.0
Requires-Python: >=3.9
Classifier: Framework :: Jupyter
Classifier: Operating System :: POSIX :: Linux
Provides-Extra: features
Requires-Dist: numpy; extra == "features"
Requires-Dist: onnxruntime; extra == "features"
Description-Content-Type: text/markdown

{readme}"""


LAUNCHER = """#!/bin/sh
# The program lies beside this file's environment's share.
here=$(dirname -- "$(readlink -f -- "$0")")
program=$here/../share/transfergraph/bin/tgkernel
if [ ! -x "$program" ]; then
    echo "tgkernel: $program is gone; pip install --force-reinstall transfergraph_kernel puts it back." >&2
    exit 127
fi
exec "$program" "$@"
"""

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">../share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def main():
    products, output = map(pathlib.Path, sys.argv[1:])
    data = f"{NAME}-{VERSION}.data"
    info = f"{NAME}-{VERSION}.dist-info"
    home = f"{data}/data/share/transfergraph"
    wheel = Wheel()
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        program = place / "tgkernel"
        shutil.copy(products / "tgkernel", program)
        subprocess.run(["strip", program], check=True)
        drawing = {name: os.path.realpath(place_of(name)) for name in DRAWING}
        libraries = collect([products / "tgkernel", *drawing.values()]) | drawing
        subprocess.run(["patchelf", "--force-rpath", "--set-rpath", "$ORIGIN/../lib", program], check=True)
        wheel.add(f"{home}/bin/tgkernel", program, executable=True)
        packages = {}
        for name, source in sorted(libraries.items()):
            copy = place / name
            shutil.copy(source, copy)
            copy.chmod(0o755)
            subprocess.run(["patchelf", "--force-rpath", "--set-rpath", "$ORIGIN", copy], check=True)
            wheel.add(f"{home}/lib/{name}", copy)
            package, version, text = licence(source)
            packages.setdefault(package, (version, [], text))[1].append(name)
        launcher = products / "tglaunch"
        kernelspec = f"{data}/data/share/jupyter/kernels/transfergraph"
        wheel.add(f"{kernelspec}/launch", launcher, executable=True)
    for file in sorted((ROOT / "kernelspec").iterdir()):
        text = file.read_bytes()
        if file.name == "kernel.json":
            text = text.replace(b"{executable}", b"{resource_dir}/launch")
        wheel.add(f"{kernelspec}/{file.name}", text)
    wheel.add(f"{kernelspec}/program", "../../../transfergraph/bin/tgkernel\n")
    for file in sorted((ROOT / "Sources/Core/Zoos").rglob("*")):
        if file.is_file():
            wheel.add(f"{home}/share/tgkernel/zoos/{file.relative_to(ROOT / 'Sources/Core/Zoos')}", file)
    fonts = sorted(pathlib.Path("/usr/share/fonts/truetype/dejavu").glob("DejaVuSans*.ttf"))
    fonts = [font for font in fonts if font.name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf")]
    if not fonts:
        raise SystemExit("The font DejaVu, which drawings need, is not here: script/bootstrap installs it.")
    for font in fonts:
        wheel.add(f"{home}/share/fonts/{font.name}", font)
        package, version, text = licence(str(font))
        packages.setdefault(package, (version, [], text))[1].append(font.name)
    wheel.add(f"{home}/etc/fonts.conf", FONTS)
    # pip removes a folder of its own where each holds a file itself.
    wheel.add(f"{home}/README.txt", "The program of the package transfergraph_kernel, with what it needs.\n")

    rows = ["What this wheel brings beside its own program, by Debian package:", ""]
    for package, (version, names, text) in sorted(packages.items()):
        rows.append(f"{package} {version}: {', '.join(sorted(names))}")
        content = text.read_bytes()
        wheel.add(f"{info}/licenses/{package}/copyright", gzip.decompress(content) if text.suffix == ".gz" else content)
    wheel.add(f"{info}/licenses/LIBRARIES.txt", "\n".join(rows) + "\n")
    wheel.add(f"{info}/licenses/LICENSE", ROOT / "LICENSE")

    for script in sorted((ROOT / "integrations").glob("*/transfergraph_*.py")):
        wheel.add(script.name, script)
    # Where the program looks for what it runs in the user's own Python (%features extract).
    features = ROOT / "integrations" / "features"
    for file in sorted(features.rglob("*.py")):
        wheel.add(f"{home}/share/tgkernel/features/{file.relative_to(features)}", file)
    wheel.add(f"{data}/scripts/tgkernel", LAUNCHER, executable=True)
    points = [
        "[papermill.engine]", "transfergraph = transfergraph_papermill:TransferGraphEngine", "", "[pygments.lexers]",
        "transfergraph = transfergraph_pygments:TransferGraphLexer", "",
    ]
    wheel.add(f"{info}/entry_points.txt", "\n".join(points))
    wheel.add(f"{info}/METADATA", metadata())

    machine = os.uname().machine
    output.mkdir(parents=True, exist_ok=True)

    def finish(tag):
        wheel.add(
            f"{info}/WHEEL",
            f"Wheel-Version: 1.0\nGenerator: script/wheel\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n",
        )
        path = output / f"{NAME}-{VERSION}-py3-none-{tag}.whl"
        wheel.entries.pop(f"{info}/RECORD", None)
        wheel.write(path, info)
        return path

    plain = finish(f"linux_{machine}")
    report = output_of("auditwheel", "show", str(plain))
    plain.unlink()
    tag = re.search(rf'"(manylinux_\d+_\d+_{machine})"', report)
    if not tag:
        raise SystemExit(f"auditwheel names no policy that the wheel meets:\n{report}")
    path = finish(tag[1])
    size = path.stat().st_size
    print(f"{path}: {size / (1 << 20):.1f} MiB, {len(libraries)} libraries of {len(packages)} Debian packages")
    if size > LIMIT:
        raise SystemExit(f"It is larger than {LIMIT >> 20} MiB.")


main()
