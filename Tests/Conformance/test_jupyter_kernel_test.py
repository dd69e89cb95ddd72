"""jupyter_kernel_test with every sample it offers."""

import jupyter_kernel_test


class TestTransferGraph(jupyter_kernel_test.KernelTests):
    kernel_name = "transfergraph"
    language_name = "transfergraph"
    file_extension = ".tg"
    code_hello_world = "%echo hello, world"
    code_stderr = "%echo --stderr hello, error"
    completion_samples = [
        {"text": "%lsm", "matches": {"%lsmagic"}},
        {"text": "%graph bui", "matches": {"build"}},
    ]
    complete_code_samples = ["%lsmagic", "# a comment", "x = %zoo list"]
    incomplete_code_samples = ["%%sql", "%echo one \\", "%echo 'open"]
    invalid_code_samples = ["z =", "% zoo"]
    code_page_something = "%zoo?"
    code_generate_error = "%no-such-magic"
    code_execute_result = [{"code": "%lsmagic", "mime": "text/plain"}, {"code": "%who", "mime": "text/plain"}]
    code_display_data = [{"code": "%lsmagic\n%who", "mime": "text/html"}]
    code_history_pattern = "%wh?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "%zoo"
    code_clear_output = "%clear"


class TestWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "transfergraph"
    support_iopub_welcome = True


# The base classes would be collected again, for the kernel named python3.
del jupyter_kernel_test
