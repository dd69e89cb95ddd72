/// The questions from cells that are still unanswered.
final class Questions: Sendable {
    private struct Question {
        let number: Int
        let client: [[UInt8]]
        var answer: String?
    }

    private struct State {
        var open: [Question] = []
        var asked = 0
    }

    private let state = Monitor(State())

    /// Sends a question and waits for its answer.
    ///
    /// - Returns: The answer; `nil` if the user interrupted instead.
    func ask(_ client: [[UInt8]], send: () -> Void, isInterrupted: () -> Bool) -> String? {
        let number = state.withLock { state in
            state.asked += 1
            state.open.append(Question(number: state.asked, client: client))
            return state.asked
        }
        defer { state.withLock { $0.open.removeAll { $0.number == number } } }
        send()
        return state.wait { state -> String?? in
            if let answer = state.open.first(where: { $0.number == number })?.answer { return .some(answer) }
            return isInterrupted() ? .some(nil) : nil
        }
    }

    /// Takes an answer for the client's oldest open question. An answer from anybody else changes nothing.
    func answer(_ text: String, from client: [[UInt8]]) {
        state.change { state in
            if let index = state.open.firstIndex(where: { $0.client == client && $0.answer == nil }) {
                state.open[index].answer = text
            }
        }
    }

    /// Wakes all who wait, to check for an interrupt.
    func wake() { state.change { _ in } }
}
