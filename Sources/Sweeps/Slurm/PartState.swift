import Foundation

/// The state of a part.
public enum PartState: Sendable, Equatable {
    case done
    case running(node: String)
    case waiting(reason: String)
    case failed(reason: String, canRetry: Bool)
    case cancelled

    /// The states of a sweep's parts: files tell which parts are done, Slurm's queue the state of the others.
    ///
    /// - Parameters:
    ///   - isDone: whether a part's file is there.
    ///   - queue: the queue's entries for the job's arrays.
    ///   - isGone: whether a part that is unknown to the queue, or ended, has lacked a file for longer than files take
    ///     to appear on other machines.
    public static func states(
        of parts: [Int], isDone: (Int) -> Bool, job: SlurmJob, queue: [QueuedTask], isGone: (Int) -> Bool
    ) -> [Int: PartState] {
        var known: [Int: [Int: QueuedTask]] = [:]
        // Tasks cancelled before they began share one line, without their numbers.
        var cancelled: Set<Int> = []
        for task in queue {
            if let number = task.task {
                known[task.job, default: [:]][number] = task
            } else if task.state == .cancelled {
                cancelled.insert(task.job)
            }
        }
        var states: [Int: PartState] = [:]
        for part in parts {
            if isDone(part) {
                states[part] = .done
                continue
            }
            guard let last = job.submissions.last(where: { $0.parts.contains(part) }) else {
                states[part] = .failed(reason: "it was never submitted", canRetry: true)
                continue
            }
            guard let task = known[last.job]?[part] else {
                states[part] =
                    job.isCancelled || cancelled.contains(last.job)
                    ? .cancelled
                    : isGone(part)
                        ? .failed(reason: "Slurm no longer knows it, and it left no file", canRetry: true)
                        : .running(node: "")
                continue
            }
            states[part] =
                switch task.state {
                case .waiting: .waiting(reason: task.reason)
                case .running: .running(node: task.node)
                case .ended:
                    isGone(part)
                        ? .failed(reason: "it ended without its file", canRetry: true) : .running(node: task.node)
                case .cancelled: .cancelled
                case .late: .failed(reason: QueuedTask.words(for: "TO"), canRetry: false)
                case .failed(let code): .failed(reason: QueuedTask.words(for: code), canRetry: true)
                }
        }
        return states
    }
}
