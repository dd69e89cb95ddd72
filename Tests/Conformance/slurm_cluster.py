"""A Slurm cluster of two nodes of one core each on this machine's loopback, in a directory of its own.

Every process is started here and ended by its number. Nothing is written outside the directory.
"""

import contextlib
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ("slurmctld", "slurmd", "munged", "sbatch", "squeue", "scancel", "scontrol")


def missing():
    """Why there can be no cluster here; None where there can."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    lost = [name for name in PROGRAMS if shutil.which(name, path=path) is None]
    if lost:
        return f"Slurm is not installed here ({', '.join(lost)} missing): apt-get install slurm-wlm munge"
    if os.getuid() != 0:
        return "a cluster of one's own is started by root"
    return None


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    nodes = ("n1", "n2")

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.processes = {}
        self.ports = dict(zip(("ctld", *self.nodes), _free_ports(3)))
        for name in ("state", "run", "log", "unshared", *self.nodes):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        # munge wants every directory above its socket to be closed to others' writing.
        self.folder.chmod(0o755)
        key = self.folder / "munge.key"
        key.write_bytes(secrets.token_bytes(1024))
        key.chmod(0o400)
        run, log = self.folder / "run", self.folder / "log"
        (self.folder / "slurm.conf").write_text(f"""\
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={run}/munge.sock
CredType=cred/munge
SlurmctldPort={self.ports["ctld"]}
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/%n
SlurmctldPidFile={run}/slurmctld.pid
SlurmdPidFile={run}/slurmd-%n.pid
SlurmctldLogFile={log}/slurmctld.log
SlurmdLogFile={log}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SlurmdTimeout=8
MinJobAge=60
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=sched_interval=2,bf_interval=2
GresTypes=gpu
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
NodeName=n1 NodeAddr=127.0.0.1 Port={self.ports["n1"]} CPUs=1
NodeName=n2 NodeAddr=127.0.0.1 Port={self.ports["n2"]} CPUs=1 Gres=gpu:1
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=5 PreemptMode=OFF
PartitionName=second Nodes=n2 MaxTime=10 State=UP PriorityTier=5 PreemptMode=OFF
PartitionName=requeued Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=1 PreemptMode=REQUEUE
PartitionName=cancelled Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=1 PreemptMode=CANCEL
PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=9 PreemptMode=OFF
""")
        # A GPU in name: Slurm hands it out, and nothing computes on it.
        (self.folder / "gres.conf").write_text("NodeName=n2 Name=gpu File=/dev/null\n")
        self.environment = {
            **os.environ, "SLURM_CONF": str(self.folder / "slurm.conf"),
            "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
            "TRANSFERGRAPH_JOBS": str(self.folder / "jobs.txt")}

    def _start(self, name, *words):
        output = open(self.folder / "log" / f"{name}.out", "ab")
        self.processes[name] = subprocess.Popen(
            words, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
        output.close()

    def start(self):
        run = self.folder / "run"
        self._start(
            "munged", "munged", "--foreground", "--force", f"--key-file={self.folder}/munge.key",
            f"--socket={run}/munge.sock", f"--pid-file={run}/munged.pid", f"--log-file={self.folder}/log/munged.log",
            f"--seed-file={run}/seed")
        self.wait(lambda: (run / "munge.sock").exists(), "munged's socket", 20)
        self.start_controller()
        for node in self.nodes:
            self.start_node(node)
        self.wait(lambda: self.run("sinfo", "-h", "-o", "%D %t").split() == ["2", "idle"] * 2
                  or self.idle() == 2, "two idle nodes", 60)
        return self

    def idle(self):
        lines = self.run("sinfo", "-h", "-p", "main", "-o", "%D %t").split("\n")
        return sum(int(line.split()[0]) for line in lines if line.endswith(" idle"))

    def start_controller(self):
        self._start("ctld", "slurmctld", "-D", "-f", str(self.folder / "slurm.conf"))

    def start_node(self, node):
        """A node of its own view of files: the folder `unshared` is another one there."""
        self._start(
            node, "unshare", "--mount", "sh", "-c",
            f"mount -t tmpfs none '{self.folder}/unshared' && exec slurmd -D -N {node} -f '{self.folder}/slurm.conf'")

    def end(self, name, number=signal.SIGTERM):
        process = self.processes.pop(name)
        process.send_signal(number)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill_node(self, node):
        """As if its power were cut: the daemon and everything that runs under it."""
        # A job's keeper is a process of its own, and the job a child of that.
        victims = [pid for pid, words in processes() if f"slurmstepd: [" in words and self._is_of(pid, node)]
        self.end(node, signal.SIGKILL)
        for pid in victims:
            for child in descendants(pid) + [pid]:
                kill(child)

    def _is_of(self, pid, node):
        return any(value == f"SLURMD_NODENAME={node}" for child in descendants(pid) for value in environment(child)
                   ) and any(value == f"SLURM_CONF={self.folder}/slurm.conf"
                             for child in descendants(pid) for value in environment(child))

    def stop(self):
        try:
            self.run("scancel", "--me", check=False)
            time.sleep(1)
        finally:
            for name in [name for name in (*self.nodes, "ctld", "munged") if name in self.processes]:
                self.end(name)

    def run(self, *words, check=True, timeout=30):
        finished = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=timeout)
        if check:
            assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout.strip()

    @staticmethod
    def wait(is_so, what, seconds):
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, f"waited {seconds} s for {what}"
            time.sleep(0.1)


@contextlib.contextmanager
def running(folder):
    """A cluster that is there as long as the block lasts."""
    cluster = Cluster(folder)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


def processes():
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                pass


def environment(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def descendants(pid):
    children = {}
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(folder.name))
            except (OSError, IndexError):
                pass
    found, open_ones = [], [pid]
    while open_ones:
        for child in children.get(open_ones.pop(), []):
            found.append(child)
            open_ones.append(child)
    return found


def kill(pid, number=signal.SIGKILL):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
