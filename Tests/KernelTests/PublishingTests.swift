import CZeroMQ
import JupyterKernel
import Testing

/// What subscribers of IOPub get when they read at different speeds.
@Suite struct PublishingTests {
    private static func origin(_ number: Int) -> Origin { Origin(header: Array("\(number)".utf8), identities: []) }

    /// Seeded by its argument, so that a failure can be seen again.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aBacklogKeepsTheLatestAndCountsTheRest(seed: UInt64) {
        var noise = Noise(seed: seed)
        let limit = 4_000
        var backlog = Backlog(limit: limit)
        var taken: [Int] = []
        var lost: [Backlog.Loss] = []
        var next = 0
        func take() {
            switch backlog.first {
            case .message(let message): taken.append(Int(String(decoding: message.parts[0], as: UTF8.self)) ?? -1)
            case .loss(let loss):
                lost.append(loss)
                // Where a loss is told, everything before it was taken and everything in it was not.
                taken += Array(repeating: -1, count: loss.count)
            case nil: return
            }
            backlog.removeFirst()
        }
        while next < 3_000 {
            if noise.below(3) > 0 {
                let parts = [Array("\(next)".utf8), [UInt8](repeating: 0, count: noise.below(500))]
                backlog.append(Backlog.Message(parts, origin: Self.origin(next / 40)))
                next += 1
                #expect(backlog.size <= limit)
            } else if noise.below(2) == 0 {
                take()
            }
        }
        while !backlog.isEmpty { take() }
        #expect(backlog.size == 0)
        #expect(taken.count == next, "each message was either taken or told as lost")
        for (position, number) in taken.enumerated() where number >= 0 { #expect(number == position) }
        #expect(lost.map(\.count).reduce(0, +) == taken.count { $0 < 0 })
        #expect(taken.contains(-1))
    }

    @Test func aMessageLargerThanTheLimitIsLostByItself() {
        var backlog = Backlog(limit: 100)
        backlog.append(Backlog.Message([[1]], origin: Self.origin(1)))
        backlog.append(Backlog.Message([[UInt8](repeating: 0, count: 200)], origin: Self.origin(2)))
        var losses: [Backlog.Loss] = []
        while case .loss(let loss) = backlog.first {
            losses.append(loss)
            backlog.removeFirst()
        }
        #expect(losses == [.init(origin: Self.origin(1), count: 1), .init(origin: Self.origin(2), count: 1)])
        #expect(backlog.isEmpty)
    }

    @Test func manyLossesBecomeFewWithTheSameCount() {
        var backlog = Backlog(limit: 0)
        for number in 0..<10_000 { backlog.append(Backlog.Message([[1]], origin: Self.origin(number))) }
        var losses: [Backlog.Loss] = []
        while case .loss(let loss) = backlog.first {
            losses.append(loss)
            backlog.removeFirst()
        }
        #expect(losses.count < 100)
        #expect(losses.reduce(0) { $0 + $1.count } == 10_000)
        #expect(losses.last?.origin == Self.origin(9_999))
    }

    private func connect(_ kernel: TestKernel, queue: Int32 = 1_000, to topics: [String] = [""]) throws -> Socket {
        let socket = try kernel.socket(ZMQ_SUB) { try $0.set(ZMQ_RCVHWM, queue) }
        for topic in topics { zmq_setsockopt(socket.pointer, ZMQ_SUBSCRIBE, topic, topic.utf8.count) }
        try socket.connect("tcp://127.0.0.1:\(kernel.ports[.iopub] ?? "")")
        for _ in topics { #expect(try kernel.receive(on: socket).type == "iopub_welcome") }
        return socket
    }

    /// One subscriber does not read at all while another gets much: it costs the other nothing, and afterwards it gets
    /// the latest and a word about how many are missing.
    @Test func aSubscriberThatStopsReadingCostsOthersNothingAndIsToldWhatItLost() throws {
        let kernel = try TestKernel()
        try kernel.subscribed()
        let still = try connect(kernel, queue: 1)
        let start = Instant.now
        let identifier = kernel.execute("flood 3000")
        var total = 0
        var longest = 0
        var last = start
        while true {
            let message = try kernel.receive(on: kernel.iopub, within: 60_000)
            longest = max(longest, last.milliseconds(until: .now))
            last = .now
            guard message.parent == identifier else { continue }
            total += 1
            if message.content["execution_state"] == "idle" { break }
        }
        // busy, the input, the displays, idle
        #expect(total == 3_000 + 3)
        #expect(longest < 2_000, "nobody is held up for as long as one that is still is waited for")
        // It reads again.
        var seen = 0
        var lost = 0
        var numbers: [Int] = []
        while true {
            let message = try kernel.receive(on: still, within: 10_000)
            guard message.parent == identifier else { continue }
            if message.type == "stream", message.content["name"] == "stderr" {
                let text = try #require(message.content["text"]?.string)
                lost += try #require(Int(text.prefix { $0 != " " }.filter { $0 != "," }))
                #expect(text.contains("lost here: this client did not read them in time"))
                continue
            }
            seen += 1
            if let number = message.content["data"]?["text/plain"]?.string?.split(separator: " ").first {
                numbers.append(try #require(Int(number)))
            }
            if message.content["execution_state"] == "idle" { break }
        }
        #expect(lost > 0)
        #expect(seen + lost == total)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(numbers.last == 2_999, "the latest are kept")
        // And from now on it gets everything.
        let next = kernel.execute("value 1")
        while try kernel.receive(on: still).content["data"]?["text/plain"] != "1" {}
        #expect(try kernel.reply(to: next)["status"] == "ok")
        kernel.shutdown()
    }

    /// The only subscriber stops reading: the cell waits for it once and not for ever.
    @Test func aCellWaitsForItsOnlyReaderOnceAndThenGoesOn() throws {
        let kernel = try TestKernel()
        try kernel.subscribed()
        // Nobody reads what the test's own client has subscribed to.
        let start = Instant.now
        let identifier = kernel.execute("flood 6000")
        #expect(try kernel.reply(to: identifier, within: 60_000)["status"] == "ok")
        #expect(start.milliseconds(until: .now) < 2 * 5_000 + 10_000)
        kernel.shutdown()
    }

    @Test func topicsAreHeldToAndNothingComesTwice() throws {
        let kernel = try TestKernel()
        try kernel.subscribed()
        let some = try connect(kernel, to: ["stream", "stream.std", "error"])
        let everything = try connect(kernel, to: ["", "stream"])
        _ = try kernel.run("print one")
        _ = try kernel.run("value 2")
        _ = try kernel.run("fail three")
        var types: [String] = []
        while types.last != "error" { types.append(try kernel.receive(on: some).type) }
        #expect(types == ["stream", "error"])
        types = []
        while types.last != "error" { types.append(try kernel.receive(on: everything).type) }
        #expect(types.count { $0 == "stream" } == 1)
        #expect(types.count { $0 == "execute_result" } == 1)
        // An end to one subscription leaves the others.
        zmq_setsockopt(some.pointer, ZMQ_UNSUBSCRIBE, "error", 5)
        Instant.sleep(milliseconds: 200)
        _ = try kernel.run("fail four")
        _ = try kernel.run("print five")
        #expect(try kernel.receive(on: some).type == "stream")
        kernel.shutdown()
    }

    @Test func subscribersComeAndGo() throws {
        let kernel = try TestKernel()
        try kernel.subscribed()
        // Some leave what they are sent unread; their connections' numbers are taken by those that come next.
        for turn in 0..<40 {
            let socket = try connect(kernel)
            let text = "turn \(turn)"
            kernel.execute("value \(text)")
            guard turn % 3 > 0 else { continue }
            while try kernel.receive(on: socket).content["data"]?["text/plain"]?.string != text {}
        }
        kernel.shutdown()
    }
}
