"""Other people's clients: jupyter_client's own, nbclient, nbconvert, papermill and the console."""

import os
import subprocess
import sys
import time

import nbclient
import nbformat
import papermill
import pexpect
import pytest
from conftest import KERNEL, run, text_of
from jupyter_client.blocking import BlockingKernelClient
from nbconvert import HTMLExporter, MarkdownExporter, ScriptExporter

CELLS = ["# A comment.", "%lsmagic", "%echo one\n%echo --stderr two", 'word = "three"', "%echo $word", "%who"]


def notebook(*cells):
    book = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": KERNEL, "display_name": "TransferGraph", "language": "transfergraph"}}
    )
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    return book


@pytest.fixture
def executed():
    book = notebook(*CELLS)
    nbclient.NotebookClient(book, kernel_name=KERNEL, timeout=60).execute()
    return book


def test_nbclient(executed):
    assert [c.execution_count for c in executed.cells] == list(range(1, len(CELLS) + 1))
    assert executed.cells[2].outputs[0].text == "one\n"
    assert executed.cells[2].outputs[1].name == "stderr"
    assert executed.cells[4].outputs[0].text == "three\n"
    assert executed.metadata.language_info.name == "transfergraph"
    assert not nbformat.validate(executed)


def test_nbclient_stops_at_the_first_error():
    book = notebook("%echo before", "%no-such-magic", "%echo after")
    with pytest.raises(nbclient.exceptions.CellExecutionError):
        nbclient.NotebookClient(book, kernel_name=KERNEL, timeout=60).execute()
    assert book.cells[1].outputs[0].output_type == "error"
    assert not book.cells[2].outputs


def test_nbclient_goes_on_where_errors_are_allowed():
    book = notebook("%no-such-magic", "%echo after")
    nbclient.NotebookClient(book, kernel_name=KERNEL, timeout=60, allow_errors=True).execute()
    assert book.cells[1].outputs[0].text == "after\n"


@pytest.mark.parametrize("exporter", [HTMLExporter, MarkdownExporter, ScriptExporter])
def test_nbconvert(exporter, executed):
    text, resources = exporter().from_notebook_node(executed)
    assert "%echo" in text
    if exporter is ScriptExporter:
        assert resources["output_extension"] == ".tg"
    else:
        assert "three" in text and "two" in text


def test_papermill_fills_in_the_parameters_cell(tmp_path):
    book = notebook('target = "pets"\ncount = "1"', "%echo $target / $count / $odd")
    book.cells[0].metadata.tags = ["parameters"]
    nbformat.write(book, tmp_path / "in.ipynb")
    done = subprocess.run(
        [
            sys.executable, "-m", "papermill", str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"),
            "-p", "target", "cifar 100", "-p", "count", "5", "-p", "odd", 'a "quoted" $word \\ it\'s',
        ],
        capture_output=True, text=True, timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result = nbformat.read(tmp_path / "out.ipynb", 4)
    assert result.cells[-1].outputs[0].text == 'cifar 100 / 5 / a "quoted" $word \\ it\'s\n'


def test_papermill_fills_in_values_of_every_type(tmp_path):
    """Lists are several words, and whatever else YAML knows is a text."""
    book = notebook('names = "x"', "%echo $names\n%echo $nested / $none / $flag / $one / $empty\n%echo [$names]")
    book.cells[0].metadata.tags = ["parameters"]
    nbformat.write(book, tmp_path / "in.ipynb")
    (tmp_path / "values.yaml").write_text(
        'names: ["GPT 4", "b,c", 5]\nnested: {a: 1, b: [1, "$x"]}\nnone: null\nflag: true\none: ["x y"]\nempty: []\n'
    )
    done = subprocess.run(
        [
            sys.executable, "-m", "papermill", str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"),
            "-f", str(tmp_path / "values.yaml"),
        ],
        capture_output=True, text=True, timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result = nbformat.read(tmp_path / "out.ipynb", 4)
    assert result.cells[-1].outputs[0].text.splitlines() == [
        "GPT 4 b,c 5", '{"a": 1, "b": [1, "$x"]} /  / true / x y / ', "[GPT 4 b,c 5]",
    ]


def test_papermill_inspects(tmp_path):
    assert papermill.translators.papermill_translators.find_translator(KERNEL, "transfergraph")
    book = notebook('count = 1\nratio = 0.5  # the ratio\nmulti = "x # y" \'z\'\nzoo = %zoo load words')
    book.cells[0].metadata.tags = ["parameters"]
    nbformat.write(book, tmp_path / "in.ipynb")
    found = papermill.inspect_notebook(str(tmp_path / "in.ipynb"))
    assert {name: (each["inferred_type_name"], each["default"], each["help"]) for name, each in found.items()} == {
        "count": ("str", "1", ""), "ratio": ("str", "0.5", "the ratio"), "multi": ("list", "\"x # y\" 'z'", ""),
    }


def test_an_interrupt_ends_a_long_cell_quickly_and_the_kernel_goes_on(client, manager, long_work):
    for cell in long_work[:-1]:
        assert run(client, cell)[0]["status"] == "ok"
    request = client.execute(long_work[-1])
    waiting = client.execute("%echo behind")
    time.sleep(1)
    start = time.monotonic()
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=10)
    assert reply["parent_header"]["msg_id"] == request
    assert time.monotonic() - start < 1
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    reply = client.get_shell_msg(timeout=10)
    assert reply["parent_header"]["msg_id"] == waiting and reply["content"]["status"] == "aborted"
    assert text_of(run(client, "%echo on we go")[1]) == "on we go\n"
    assert run(client, "%graph info")[0]["status"] == "ok", "What was there before the interrupt is still there."


def test_sigint_interrupts_too(client, manager, long_work):
    for cell in long_work[:-1]:
        run(client, cell)
    client.execute(long_work[-1])
    time.sleep(0.5)
    os.kill(manager.provisioner.process.pid, 2)
    assert client.get_shell_msg(timeout=10)["content"]["ename"] == "KeyboardInterrupt"


def test_a_subshell_answers_while_the_main_shell_learns(client, long_work):
    for cell in long_work[:-1]:
        run(client, cell)
    client.control_channel.send(client.session.msg("create_subshell_request"))
    subshell = client.get_control_msg(timeout=10)["content"]["subshell_id"]
    long = client.execute(long_work[-1])
    time.sleep(0.3)
    message = client.session.msg("execute_request", {"code": "%zoo info", "silent": False})
    message["header"]["subshell_id"] = subshell
    client.shell_channel.send(message)
    reply = client.get_shell_msg(timeout=5)
    assert reply["parent_header"]["msg_id"] == message["header"]["msg_id"] != long
    assert reply["content"]["status"] == "ok"
    for kind, content in (
        ("complete_request", {"code": "%zoo in", "cursor_pos": 7}),
        ("inspect_request", {"code": "%zoo", "cursor_pos": 2, "detail_level": 0}),
    ):
        message = client.session.msg(kind, content)
        message["header"]["subshell_id"] = subshell
        client.shell_channel.send(message)
        reply = client.get_shell_msg(timeout=5)
        assert reply["parent_header"]["msg_id"] == message["header"]["msg_id"]
        assert reply["content"].get("matches") == ["info"] or reply["content"].get("found") is True
    client.control_channel.send(client.session.msg("interrupt_request"))
    assert client.get_shell_msg(timeout=5)["parent_header"]["msg_id"] == long


def test_restart_forgets_the_session_and_keeps_the_history(client, manager):
    run(client, 'word = "kept?"')
    manager.restart_kernel(now=False)
    client.wait_for_ready(timeout=30)
    reply, outputs = run(client, "%who")
    assert reply["status"] == "ok" and reply["execution_count"] == 1
    history = client.history(raw=True, output=False, hist_access_type="tail", n=2, reply=True, timeout=10)
    assert [entry[2] for entry in history["content"]["history"]] == ['word = "kept?"', "%who"]
    assert [entry[0] for entry in history["content"]["history"]] == [1, 2]


def test_two_clients_share_a_kernel(client, manager):
    # Of its own session: clients of one manager have one routing identity, and the later takes the earlier's place.
    other = BlockingKernelClient(connection_file=manager.connection_file)
    other.load_connection_file()
    other.start_channels()
    other.wait_for_ready(timeout=20)
    run(client, 'shared = "yes"')
    assert text_of(run(other, "%echo $shared")[1]) == "yes\n"
    other.stop_channels()


def test_a_question_is_asked_and_answered(client):
    asked = []

    def answer(message):
        asked.append(message["content"])
        client.input("n")

    reply = client.execute_interactive("%reset", allow_stdin=True, stdin_hook=answer, timeout=20)
    assert reply["content"]["status"] == "ok" and len(asked) == 1
    assert asked[0]["password"] is False
    assert run(client, "%reset", allow_stdin=False)[0]["ename"] == "StdinNotImplementedError"
    assert run(client, "%reset -f", allow_stdin=False)[0]["status"] == "ok"


def test_the_console():
    environment = {**os.environ, "TERM": "dumb", "PROMPT_TOOLKIT_NO_CPR": "1"}
    console = pexpect.spawn(
        sys.executable, ["-m", "jupyter_console", "--kernel", KERNEL, "--simple-prompt"], env=environment,
        encoding="utf-8", timeout=40, dimensions=(40, 120),
    )
    try:
        console.expect(r"In \[1\]:")
        time.sleep(1)  # The console does not wait for its subscription, which may come a reconnection later.
        console.sendline("%echo hello")
        console.expect("hello\r?\n.*In \\[2\\]:")
        console.sendline("%no-such-magic")
        console.expect("no-such-magic")
        console.expect(r"In \[3\]:")
        console.sendline("%reset")
        console.expect("Forget")
        console.sendline("n")
        console.expect("Nothing was forgotten")
        console.expect(r"In \[4\]:")
        console.sendeof()
        console.expect("really want to exit")
        console.sendline("y")
        console.expect(pexpect.EOF)
    finally:
        console.close(force=True)


def test_the_console_completes_and_interrupts(long_work):
    console = pexpect.spawn(
        sys.executable, ["-m", "jupyter_console", "--kernel", KERNEL],
        env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}, encoding="utf-8", timeout=40,
        codec_errors="replace",  # The terminal shows ^C wherever it comes, in the midst of a character too.
        dimensions=(40, 120),
    )
    try:
        console.expect(r"In \[")
        time.sleep(1)
        console.send("%lsm\t")
        # What is typed is there already; the completion is the rest of the word.
        console.expect("agic")
        console.send("\r")
        console.expect("evaluate")
        for cell in long_work[:-1]:
            console.send(cell + "\r")
            time.sleep(1.5)
        console.send(long_work[-1] + "\r")
        time.sleep(2)
        console.send("\x03")
        console.expect("KeyboardInterrupt")
        console.send("%echo still here\r")
        console.expect("still")
    finally:
        console.close(force=True)
