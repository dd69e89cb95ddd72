import Foundation
import JupyterKernel
import Testing

/// Seeded noise for the parsers of what comes from outside. `TRANSFERGRAPH_FUZZ_SECONDS` sets how long each runs.
@Suite struct FuzzTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["TRANSFERGRAPH_FUZZ_SECONDS"].flatMap { Int($0) } ?? 2

    /// Calls `body` with new generators until the time is over; the seed that fails is in the message.
    private func fuzz(_ body: (inout Noise) throws -> Void) throws {
        let deadline = Instant.now + Self.seconds * 1_000
        var seed: UInt64 = 1
        while Instant.now < deadline {
            var noise = Noise(seed: seed)
            try body(&noise)
            seed += 1
        }
    }

    /// Whatever comes in, the answer is a value or an error; a value reads back as itself.
    @Test func theJSONParserSurvivesAnything() throws {
        try fuzz { noise in
            let bytes = noise.json()
            guard let value = try? JSON(parsing: bytes) else { return }
            let again = try JSON(parsing: value.serialized)
            #expect(again == value, "\(bytes)")
        }
    }

    @Test func theFrameParserSurvivesAnything() throws {
        try fuzz { noise in
            let parts = (0..<noise.below(12)).map { _ in noise.below(3) == 0 ? Frames.delimiter : noise.bytes(40) }
            guard let frames = try? Frames(parts) else { return }
            #expect(frames.parts == parts)
        }
    }

    /// A kernel gets noise that is signed, so that it gets past the guard, and answers afterwards.
    @Test func theKernelSurvivesSignedNoise() throws {
        let kernel = try TestKernel()
        let types = [
            "execute_request", "complete_request", "inspect_request", "history_request", "is_complete_request",
            "comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request", "input_reply",
            "create_subshell_request", "delete_subshell_request", "list_subshell_request", "interrupt_request",
        ]
        let keys = [
            "code", "cursor_pos", "silent", "hist_access_type", "n", "comm_id", "target_name", "user_expressions",
        ]
        var sent = 0
        try fuzz { noise in
            var content = noise.json()
            if noise.below(2) == 0 {
                content = Array("{\"\(keys[noise.below(keys.count)])\":".utf8) + content + Array("}".utf8)
            }
            var header = Array(
                "{\"msg_id\":\"\(noise.below(9))\",\"msg_type\":\"\(types[noise.below(types.count)])\"}".utf8)
            if noise.below(5) == 0 { header = noise.json() }
            let socket = [kernel.shell, kernel.control, kernel.stdin][noise.below(3)]
            // What the kernel would rightly take time for is not what is tried here.
            guard !String(decoding: content, as: UTF8.self).contains("wait") else { return }
            socket.send(kernel.frames(header, content: content, [noise.bytes(20)]).parts)
            sent += 1
            // Not faster than it is read, or the end would only measure the queue.
            if sent % 200 == 0 { _ = try kernel.reply(to: kernel.send("kernel_info_request"), within: 20_000) }
            while kernel.shell.receive() != nil || kernel.control.receive() != nil || kernel.iopub.receive() != nil {}
        }
        #expect(try kernel.reply(to: kernel.send("kernel_info_request"), within: 20_000)["status"] == "ok")
        #expect(kernel.shutdown())
    }
}
