import Foundation
import JupyterKernel
import Testing

/// Questions, comms, subshells, introspection and history, as a client meets them.
@Suite struct ConversationTests {
    private let kernel: TestKernel

    init() throws {
        kernel = try TestKernel()
        try kernel.subscribed()
    }

    @Test func aQuestionGoesToWhoAskedAndItsAnswerComesBack() throws {
        let cell = kernel.execute("ask name?", ["allow_stdin": true])
        let question = try kernel.receive(on: kernel.stdin)
        #expect(question.type == "input_request")
        #expect(question.content == ["prompt": "name?", "password": false])
        kernel.send("input_reply", ["value": "Ada"], on: kernel.stdin)
        let outputs = try kernel.outputs(of: cell)
        #expect(outputs.last?.content["text"] == "Ada")
        kernel.shutdown()
    }

    @Test func noQuestionIsAskedOfAClientThatAnswersNone() throws {
        for question in ["name?", "password"] {
            let reply = try kernel.run("ask \(question)").reply
            #expect(reply["ename"] == "StdinNotImplementedError")
        }
        #expect(throws: TestKernel.Silence.self) { try kernel.receive(on: kernel.stdin, within: 50) }
        kernel.shutdown()
    }

    @Test func aQuestionCanBeInterrupted() throws {
        let cell = kernel.execute("ask password", ["allow_stdin": true])
        #expect(try kernel.receive(on: kernel.stdin).content["password"] == true)
        kernel.send("interrupt_request", on: kernel.control)
        #expect(try kernel.reply(to: cell)["ename"] == "KeyboardInterrupt")
        kernel.shutdown()
    }

    @Test func aCommEchoesDataAndBuffers() throws {
        let open = kernel.send(
            "comm_open", ["comm_id": "c", "target_name": "echo", "data": ["x": 1]], buffers: [[9]])
        let opened = try kernel.outputs(of: open)
        #expect(opened.map(\.type) == ["comm_msg"])
        #expect(opened.first?.content == ["comm_id": "c", "data": ["x": 1]])
        #expect(opened.first?.buffers == [[9]])
        let info = kernel.send("comm_info_request", ["target_name": "echo"])
        #expect(try kernel.reply(to: info)["comms"] == ["c": ["target_name": "echo"]])
        let message = kernel.send("comm_msg", ["comm_id": "c", "data": 2], buffers: [[1], [2]])
        let answered = try #require(try kernel.outputs(of: message).first)
        #expect(answered.content["data"] == ["echo": 2])
        #expect(answered.buffers == [[2], [1]])
        let close = kernel.send("comm_close", ["comm_id": "c", "data": [:]])
        _ = try kernel.outputs(of: close)
        let empty = kernel.send("comm_info_request")
        #expect(try kernel.reply(to: empty)["comms"] == [:])
        kernel.shutdown()
    }

    @Test func aCommForAnUnknownTargetIsClosed() throws {
        let open = kernel.send("comm_open", ["comm_id": "c", "target_name": "nobody", "data": [:]])
        let outputs = try kernel.outputs(of: open)
        #expect(outputs.map(\.type) == ["comm_close"])
        #expect(outputs.first?.content["comm_id"] == "c")
        kernel.shutdown()
    }

    @Test func aSubshellRunsWhileTheMainShellDoes() throws {
        let create = kernel.send("create_subshell_request", on: kernel.control)
        let subshell = try #require(try kernel.reply(to: create, on: kernel.control)["subshell_id"]?.string)
        let list = kernel.send("list_subshell_request", on: kernel.control)
        #expect(try kernel.reply(to: list, on: kernel.control)["subshell_id"] == [.string(subshell)])

        let long = kernel.execute("wait")
        while kernel.interpreter.started == 0 { Instant.sleep(milliseconds: 1) }
        let beside = kernel.execute("value 7", subshell: subshell)
        #expect(try kernel.reply(to: beside)["status"] == "ok")
        let completion = kernel.send("complete_request", ["code": "pr", "cursor_pos": 2], subshell: subshell)
        #expect(try kernel.reply(to: completion)["matches"] == ["print"])
        kernel.send("interrupt_request", on: kernel.control)
        #expect(try kernel.reply(to: long)["status"] == "error")

        let delete = kernel.send("delete_subshell_request", ["subshell_id": .string(subshell)], on: kernel.control)
        #expect(try kernel.reply(to: delete, on: kernel.control)["status"] == "ok")
        let gone = kernel.execute("value 7", subshell: subshell)
        #expect(try kernel.reply(to: gone)["ename"] == "UnknownSubshell")
        kernel.shutdown()
    }

    @Test func introspectionCountsInCodePoints() throws {
        let complete = kernel.send("complete_request", ["code": "🐱🐱pr", "cursor_pos": 4])
        let reply = try kernel.reply(to: complete)
        #expect(reply["cursor_start"] == 2)
        #expect(reply["cursor_end"] == 4)
        #expect(
            reply["metadata"]
                == ["_jupyter_types_experimental": [["start": 2, "end": 4, "text": "print", "type": "word"]]])
        let outside = kernel.send("complete_request", ["code": "ab", "cursor_pos": 99])
        #expect(try kernel.reply(to: outside)["cursor_end"] == 2)
        let inspect = kernel.send("inspect_request", ["code": "print", "cursor_pos": 3, "detail_level": 1])
        #expect(try kernel.reply(to: inspect)["data"] == ["text/plain": "print: detail 1, cursor 3"])
        let nothing = kernel.send("inspect_request", ["code": "x", "cursor_pos": 0])
        #expect(try kernel.reply(to: nothing)["found"] == false)
        kernel.shutdown()
    }

    @Test(arguments: [("x", "complete", JSON?.none), ("x\\", "incomplete", "  "), ("?", "invalid", nil)])
    func completenessIsAnswered(code: String, status: String, indent: JSON?) throws {
        let request = kernel.send("is_complete_request", ["code": .string(code)])
        let reply = try kernel.reply(to: request)
        #expect(reply["status"]?.string == status)
        #expect(reply["indent"] == indent)
        kernel.shutdown()
    }

    @Test func kernelInfoSaysWhatTheKernelIs() throws {
        let reply = try kernel.reply(to: kernel.send("kernel_info_request"))
        #expect(reply["protocol_version"] == "5.5")
        #expect(reply["language_info"]?["file_extension"] == ".echo")
        #expect(reply["supported_features"] == ["kernel subshells"])
        kernel.shutdown()
    }

    @Test func aRequestThatLacksItsContentIsRefused() throws {
        let request = kernel.send("execute_request", ["cod": "x"])
        let reply = try kernel.reply(to: request)
        #expect(reply["status"] == "error")
        #expect(reply["ename"] == "InvalidRequest")
        kernel.shutdown()
    }

    @Test func aCellSeesTheSessionsInputs() throws {
        _ = try kernel.run("value 1")
        _ = try kernel.run("value 2")
        #expect(try kernel.run("history").outputs.first?.content["text"] == "1: value 1\n2: value 2\n")
        kernel.shutdown()
    }
}
