import Foundation
import JupyterKernel
import Synchronization
import Testing

/// The signals between those who put something into the outbox and the thread that takes it out.
@Suite struct OutboxTests {
    private static let message = OutgoingMessage("status", on: .iopub, for: .none, content: [:])

    /// From a state, by whether what is put in is the last for a while: the next state, and whether to call.
    @Test(arguments: [
        (Attention.asleep, false, Attention.called, true), (.asleep, true, .called, true),
        (.called, false, .called, false), (.called, true, .called, false),
        (.looking, false, .looking, false), (.looking, true, .called, true),
        (.awake(.nothing), false, .awake(.some), false), (.awake(.nothing), true, .awake(.everything), false),
        (.awake(.some), false, .awake(.some), false), (.awake(.some), true, .awake(.everything), false),
        (.awake(.everything), false, .awake(.everything), false),
        (.awake(.everything), true, .awake(.everything), false),
    ])
    func whoeverPutsSomethingInCallsWhereTheOtherWouldNotLook(
        state: Attention, isLast: Bool, next: Attention, mustCall: Bool
    ) {
        var attention = state
        let calls = attention.note(isLast: isLast)
        #expect(calls == mustCall)
        #expect(attention == next)
    }

    @Test(arguments: [Attention.asleep, .looking, .called, .awake(.nothing), .awake(.some), .awake(.everything)])
    func everyStateIsItselfAfterBeingStored(attention: Attention) {
        #expect(Atomic(attention).load(ordering: .relaxed) == attention)
    }

    /// The call for a message arrives after the message was taken out. One look later nothing is left to hear: else the
    /// thread that polls would find something for ever.
    @Test func aCallThatComesLateIsHeardOnce() throws {
        let late = Mutex<[Wakeup]>([])
        let outbox = Outbox(wakeup: try Wakeup()) { wakeup in late.withLock { $0.append(wakeup) } }
        outbox.send(Self.message)
        #expect(outbox.drain(now: .now, then: .asleep).messages.count == 1)
        for wakeup in late.withLock({ $0 }) { wakeup.call() }
        #expect(isReadable(outbox.wakeup))
        #expect(outbox.drain(now: .now, then: .asleep).messages.isEmpty)
        #expect(!isReadable(outbox.wakeup))
        // And the next one is called for as ever.
        outbox.send(Self.message)
        #expect(late.withLock { $0.count } == 2)
    }

    /// Many threads put in, and their calls come up to 2 ms late. Everything arrives, in each one's order, soon, and
    /// the thread that takes out never looks for nothing more often than it was called.
    @Test(arguments: [Attention.asleep, .looking, .awake(.nothing)])
    func nothingIsLostHoweverLateTheCallsCome(next: Attention) throws {
        let producers = 4
        let each = 200
        let calls = Atomic(0)
        let outbox = Outbox(wakeup: try Wakeup()) { wakeup in
            Instant.sleep(microseconds: .random(in: 0...2_000))
            calls.add(1, ordering: .relaxed)
            wakeup.call()
        }
        for producer in 0..<producers {
            try WorkerThread.start("producer") {
                for number in 0..<each {
                    outbox.send(
                        OutgoingMessage("\(producer)", on: .iopub, for: .none, content: .integer(number)),
                        isLast: number % 3 == 0)
                    if number % 7 == 0 { Instant.sleep(microseconds: .random(in: 0...500)) }
                }
                // What follows nothing is called for, whatever the other thread does.
                outbox.send(OutgoingMessage("\(producer)", on: .iopub, for: .none, content: "last"), isLast: true)
            }
        }
        var seen: [String: [JSON]] = [:]
        var looks = 0
        var missing = producers * (each + 1)
        let deadline = Instant.now + 20_000
        while missing > 0, Instant.now < deadline {
            // A thread that looks by itself does so within a millisecond; one that sleeps has to be called.
            let isCalled = isReadable(outbox.wakeup, within: next == .looking ? 1 : next == .asleep ? 5_000 : 0)
            if isCalled { looks += 1 }
            for message in outbox.drain(now: .now, then: next).messages {
                seen[message.type, default: []].append(try JSON(parsing: message.content))
                missing -= 1
            }
        }
        #expect(missing == 0)
        let expected = (0..<each).map(JSON.integer) + ["last"]
        for producer in 0..<producers { #expect(seen["\(producer)"] == expected) }
        Instant.sleep(milliseconds: 20)
        looks += isReadable(outbox.wakeup) ? 1 : 0
        _ = outbox.drain(now: .now, then: .asleep)
        #expect(looks <= calls.load(ordering: .relaxed))
        #expect(!isReadable(outbox.wakeup))
    }

    @Test func textWaitsForMoreAndNothingOvertakesIt() throws {
        let outbox = Outbox(wakeup: try Wakeup())
        let start = Instant.now
        outbox.write("one ", to: .stdout, cell: 1, origin: .none)
        outbox.write("two", to: .stdout, cell: 1, origin: .none)
        #expect(outbox.drain(now: start, then: .asleep).messages.isEmpty)
        outbox.write("three", to: .stderr, cell: 1, origin: .none)
        outbox.send(Self.message, after: 1)
        let messages = outbox.drain(now: start, then: .asleep).messages
        #expect(messages.map(\.type) == ["stream", "stream", "status"])
        #expect(try messages.prefix(2).map { try JSON(parsing: $0.content)["text"] } == ["one two", "three"])
        outbox.write("late", to: .stdout, cell: 1, origin: .none)
        #expect(outbox.drain(now: start + 1_000, then: .asleep).messages.count == 1)
    }

    /// Whether a poll of the descriptor returns at once, as the sending thread's does.
    private func isReadable(_ wakeup: Wakeup, within milliseconds: Int32 = 0) -> Bool {
        var item = pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&item, 1, milliseconds) == 1
    }
}
