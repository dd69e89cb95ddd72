import Foundation
import Support

/// What was submitted for a sweep: its folder's `job.json`, by which a later session finds it again.
public struct SlurmJob: Codable, Sendable, Equatable {
    public struct Submission: Codable, Sendable, Equatable {
        /// Slurm's ID of the array.
        public let job: Int
        public let parts: [Int]
        /// In seconds since 1970.
        public let time: Double
    }

    public var submissions: [Submission] = []
    /// The job that checks whether the nodes see the folder.
    public var check: Int?
    /// How often a failed part is submitted again.
    public var retries: Int
    /// Whether the user cancelled it.
    public var isCancelled = false

    public init(retries: Int) { self.retries = retries }

    /// All of Slurm's job IDs.
    public var jobs: [Int] { (check.map { [$0] } ?? []) + submissions.map(\.job) }

    /// How often a part was submitted.
    public func attempts(_ part: Int) -> Int { submissions.count { $0.parts.contains(part) } }

    public static func path(in folder: SweepFolder) -> String { folder.file("job.json") }

    /// `nil` if nothing was submitted.
    public init?(in folder: SweepFolder) {
        guard let data = FileManager.default.contents(atPath: Self.path(in: folder)),
            let job = try? JSONDecoder().decode(SlurmJob.self, from: data)
        else { return nil }
        self = job
    }

    /// - Throws: `UserError` named `FileNotWritable`.
    public func save(in folder: SweepFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try SweepFile.write(encoder.encode(self), to: Self.path(in: folder))
    }
}
