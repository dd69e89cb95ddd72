/// A line of Slurm's queue: a task of an array, or a job without one.
public struct QueuedTask: Sendable, Equatable {
    public enum State: Sendable, Equatable {
        case waiting
        case running
        /// It ended with status 0.
        case ended
        case cancelled
        /// It hit its time limit.
        case late
        /// It ended otherwise: Slurm's two-letter state.
        case failed(String)
    }

    public let job: Int
    /// Its index in the array; `nil` for a job without one.
    public let task: Int?
    public let state: State
    /// Where it runs, or why it waits.
    public let node: String
    public let reason: String

    /// Reads `%F|%K|%t|%N|%r`.
    package init?(_ line: Substring) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count >= 5, let job = Int(fields[0].trimmingSpaces) else { return nil }
        self.job = job
        task = Int(fields[1].trimmingSpaces)
        node = String(fields[3].trimmingSpaces)
        reason = String(fields[4].trimmingSpaces)
        let code = String(fields[2].trimmingSpaces)
        state =
            switch code {
            case "PD", "RQ", "RH", "RS", "SE": .waiting
            // Even a node that went down and may come back: Slurm decides about its jobs.
            case "R", "CG", "CF", "S", "ST", "SO", "SI": .running
            case "CD": .ended
            case "CA": .cancelled
            case "TO": .late
            default: .failed(code)
            }
    }

    /// What the letters of a failure mean.
    public static func words(for code: String) -> String {
        switch code {
        case "F": "it ended with an error"
        case "NF": "its node failed"
        case "OOM": "it ran out of memory"
        case "PR": "it was preempted"
        case "BF": "its node could not start"
        case "DL": "it missed its deadline"
        case "TO": "it exceeded its time limit"
        case "CA": "it was cancelled"
        default: "Slurm says \(code)"
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
