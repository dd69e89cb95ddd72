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

/// Bytes that look like what a parser expects, and bytes that do not (SplitMix64).
private struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func bytes(_ most: Int) -> [UInt8] { (0..<below(most + 1)).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// JSON that is nearly right: tokens in any order, with a byte changed now and then.
    mutating func json() -> [UInt8] {
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"\\u00e9\"", "\\", "\\ud83d", "\\ude00", "1", "-1e9", "0.5",
            "null",
            "true", "false", " ", "99999999999999999999", "1e999", "\u{1f431}", "\0",
        ]
        var bytes: [UInt8] = []
        if below(2) == 0 {
            for _ in 0..<below(30) { bytes += Array(tokens[below(tokens.count)].utf8) }
        } else {
            bytes = value(depth: below(6)).serialized
        }
        if below(3) == 0, !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(truncatingIfNeeded: next()) }
        return bytes
    }

    private mutating func value(depth: Int) -> JSON {
        switch below(depth > 0 ? 8 : 6) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .integer(Int(bitPattern: UInt(next())))
        case 3: .number(Double(bitPattern: next() & 0x7fef_ffff_ffff_ffff))
        case 4: .string(String(decoding: bytes(12), as: UTF8.self))
        case 5: .string("tail")
        case 6: .array((0..<below(5)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                .init((0..<below(5)).map { _ in ("\(below(20))", value(depth: depth - 1)) }, uniquingKeysWith: { $1 }))
        }
    }
}
