import Foundation

/// A sweep and the tasks of each of its parts: a folder's `sweep.json`.
public struct SweepPlan: Codable, Sendable, Equatable {
    public var format = "transfergraph-sweep"
    public let sweep: SweepDescription
    /// The tasks of each part.
    public let shares: [[Int]]

    /// - Parameter weights: about how long each task takes.
    public init(_ sweep: SweepDescription, weights: [Double], parts: Int) {
        self.sweep = sweep
        shares = Shares.balanced(weights: weights, parts: parts)
    }

    /// The parts that have a task, from 1.
    public var parts: [Int] { shares.indices.filter { !shares[$0].isEmpty }.map { $0 + 1 } }

    /// Whether each task is in exactly one part.
    var isWhole: Bool { shares.joined().sorted() == Array(0..<sweep.tasks) }
}
