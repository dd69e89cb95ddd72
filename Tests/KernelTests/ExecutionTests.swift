import JupyterKernel
import Testing

@Suite struct ExecutionTests {
    private let kernel: TestKernel

    init() throws {
        kernel = try TestKernel()
        try kernel.subscribed()
    }

    @Test func aCellIsAnsweredBetweenBusyAndIdle() throws {
        let identifier = kernel.execute("value 42")
        var types: [String] = []
        while types.last != "idle" {
            let message = try kernel.receive(on: kernel.iopub)
            guard message.parent == identifier else { continue }
            types.append(message.content["execution_state"]?.string ?? message.type)
        }
        #expect(types == ["busy", "execute_input", "execute_result", "idle"])
        let reply = try kernel.reply(to: identifier)
        #expect(reply["status"] == "ok")
        #expect(reply["execution_count"] == 1)
        #expect(reply["payload"] == [])
        kernel.shutdown()
    }

    @Test func aLoopOfPrintsBecomesFewMessagesWithAllTheText() throws {
        let (_, outputs) = try kernel.run("lines 100000")
        let text = outputs.map { $0.content["text"]?.string ?? "" }.joined()
        #expect(text == (0..<100_000).map { "line \($0)\n" }.joined())
        #expect(outputs.count < 100)
        #expect(
            outputs.allSatisfy {
                $0.type == "stream" && String(decoding: $0.topic, as: UTF8.self).hasSuffix("stream.stdout")
            })
        kernel.shutdown()
    }

    @Test func textIsNeverReorderedAgainstDisplaysOrTheOtherStream() throws {
        let (_, outputs) = try kernel.run("mixed 200")
        var seen = ""
        for output in outputs {
            seen +=
                output.content["text"]?.string ?? output.content["data"]?["text/plain"]?.string.map { "[\($0)]" } ?? ""
        }
        let expected = (0..<200).map { $0 % 5 == 0 ? "\($0) [shown \($0)]" : "\($0) " }.joined()
        #expect(seen == expected)
        kernel.shutdown()
    }

    @Test func aSilentCellLeavesNoTrace() throws {
        let (reply, outputs) = try kernel.run("print x", ["silent": true])
        #expect(outputs.isEmpty)
        #expect(reply["execution_count"] == 0)
        #expect(try kernel.run("value 1").reply["execution_count"] == 1)
        let history = kernel.send(
            "history_request", ["hist_access_type": "tail", "n": 5, "output": false, "raw": true])
        #expect(try kernel.reply(to: history)["history"] == [[1, 1, "value 1"]])
        kernel.shutdown()
    }

    @Test func aCellThatIsNotStoredKeepsTheCount() throws {
        #expect(try kernel.run("value 1").reply["execution_count"] == 1)
        #expect(try kernel.run("value 2", ["store_history": false]).reply["execution_count"] == 1)
        #expect(try kernel.run("value 3").reply["execution_count"] == 2)
        kernel.shutdown()
    }

    @Test func userExpressionsAreEvaluatedOneByOne() throws {
        let reply = try kernel.run("print", ["user_expressions": ["a": "yes", "b": "bad"]]).reply
        #expect(reply["user_expressions"]?["a"] == ["status": "ok", "data": ["text/plain": "YES"], "metadata": [:]])
        #expect(reply["user_expressions"]?["b"]?["status"] == "error")
        #expect(reply["user_expressions"]?["b"]?["ename"] == "Bad")
        kernel.shutdown()
    }

    @Test func anExpressionCanBeInterruptedAndNoneIsEvaluatedAfterIt() throws {
        let cell = kernel.execute("value 1", ["user_expressions": ["a": "early", "b": "wait", "c": "late"]])
        while kernel.interpreter.evaluated < 2 { Instant.sleep(milliseconds: 1) }
        kernel.send("interrupt_request", on: kernel.control)
        let reply = try kernel.reply(to: cell)
        #expect(reply["status"] == "ok", "the cell itself had ended")
        #expect(reply["user_expressions"]?["a"]?["status"] == "ok")
        for name in ["b", "c"] { #expect(reply["user_expressions"]?[name]?["ename"] == "KeyboardInterrupt") }
        #expect(kernel.interpreter.evaluated == 2)
        kernel.shutdown()
    }

    @Test func anExpressionShowsNothingAndAsksNothing() throws {
        let (reply, outputs) = try kernel.run("print", ["user_expressions": ["a": "loud"], "allow_stdin": true])
        #expect(outputs.isEmpty)
        #expect(reply["user_expressions"]?["a"]?["ename"] == "StdinNotImplementedError")
        kernel.shutdown()
    }

    @Test(arguments: ["text", 7, ["x"]] as [JSON])
    func expressionsThatAreNoneAreRefused(expressions: JSON) throws {
        let reply = try kernel.run("value 1", ["user_expressions": expressions]).reply
        #expect(reply["ename"] == "InvalidRequest")
        #expect(
            try kernel.run("value 1", ["user_expressions": ["a": expressions]]).reply["ename"]
                == (expressions == "text" ? nil : "InvalidRequest"))
        #expect(try kernel.run("value 1", ["user_expressions": .null]).reply["status"] == "ok")
        kernel.shutdown()
    }

    @Test func whatWaitsBehindAFailureIsAborted() throws {
        let wait = kernel.execute("wait")
        while kernel.interpreter.started == 0 { Instant.sleep(milliseconds: 1) }
        let behind = (0..<50).map { _ in kernel.execute("print never") }
        let question = kernel.send("is_complete_request", ["code": "x"])
        kernel.send("interrupt_request", on: kernel.control)
        #expect(try kernel.reply(to: wait)["ename"] == "KeyboardInterrupt")
        for identifier in behind { #expect(try kernel.reply(to: identifier)["status"] == "aborted") }
        #expect(try kernel.reply(to: question)["status"] == "complete")
        #expect(kernel.interpreter.started == 1)
        #expect(try kernel.reply(to: kernel.execute("print again"))["status"] == "ok")
        kernel.shutdown()
    }

    @Test func withoutStopOnErrorTheQueueGoesOn() throws {
        let failing = kernel.execute("fail", ["stop_on_error": false])
        let next = kernel.execute("value 1")
        #expect(try kernel.reply(to: failing)["status"] == "error")
        #expect(try kernel.reply(to: next)["status"] == "ok")
        kernel.shutdown()
    }

    @Test func anErrorIsShownOnceAndAnswered() throws {
        let (reply, outputs) = try kernel.run("fail badly")
        #expect(outputs.map(\.type) == ["error"])
        #expect(outputs.first?.content == ["ename": "Failure", "evalue": "badly", "traceback": ["trace badly"]])
        #expect(reply["status"] == "error")
        #expect(reply["execution_count"] == 1)
        kernel.shutdown()
    }

    @Test func displaysCarryIdentifiersAndBuffers() throws {
        let shown = try #require(try kernel.run("show <b>").outputs.first)
        #expect(shown.type == "display_data")
        #expect(shown.content["transient"]?["display_id"] == "d")
        #expect(shown.buffers == [[1, 2, 3]])
        let updated = try #require(try kernel.run("update new").outputs.first)
        #expect(updated.type == "update_display_data")
        #expect(updated.content["transient"]?["display_id"] == "d")
        #expect(try kernel.run("clear").outputs.first?.content == ["wait": true])
        kernel.shutdown()
    }

    @Test func payloadsTravelWithTheReply() throws {
        #expect(
            try kernel.run("page long").reply["payload"]
                == [["source": "page", "data": ["text/plain": "long"], "start": 0]])
        #expect(
            try kernel.run("next cell").reply["payload"]
                == [["source": "set_next_input", "text": "cell", "replace": true]])
        kernel.shutdown()
    }

    @Test func controlIsAnsweredWhileACellRunsAndAnInterruptIsQuick() throws {
        let cell = kernel.execute("wait")
        while kernel.interpreter.started == 0 { Instant.sleep(milliseconds: 1) }
        let info = kernel.send("kernel_info_request", on: kernel.control)
        #expect(try kernel.reply(to: info, on: kernel.control)["status"] == "ok")
        let start = Instant.now
        let interrupt = kernel.send("interrupt_request", on: kernel.control)
        #expect(try kernel.reply(to: interrupt, on: kernel.control)["status"] == "ok")
        #expect(try kernel.reply(to: cell)["ename"] == "KeyboardInterrupt")
        #expect(Instant.now < start + 500)
        kernel.shutdown()
    }

    @Test func shutdownEndsARunningCellAndTellsTheInterpreter() throws {
        kernel.execute("wait")
        while kernel.interpreter.started == 0 { Instant.sleep(milliseconds: 1) }
        let identifier = kernel.send("shutdown_request", ["restart": true], on: kernel.control)
        #expect(try kernel.reply(to: identifier, on: kernel.control) == ["status": "ok", "restart": true])
        #expect(kernel.hasEnded(within: 5_000))
        #expect(kernel.interpreter.shutdownCount == 1)
    }

    @Test func whoeverAsksForTheEndIsAnsweredAndTheKernelEndsOnce() throws {
        // A cell that hears no interrupt, so that all requests have arrived before it ends.
        kernel.execute("sleep 700")
        while kernel.interpreter.started == 0 { Instant.sleep(milliseconds: 1) }
        let onShell = (0..<3).map { _ in kernel.send("shutdown_request", ["restart": false]) }
        let onControl = (0..<3).map { _ in kernel.send("shutdown_request", ["restart": true], on: kernel.control) }
        for request in onShell { #expect(try kernel.reply(to: request)["restart"] == false) }
        for request in onControl {
            #expect(try kernel.reply(to: request, on: kernel.control)["restart"] == true)
        }
        #expect(kernel.hasEnded(within: 5_000))
        #expect(kernel.interpreter.shutdownCount == 1)
    }
}
