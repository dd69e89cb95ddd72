import Foundation
import Support
import Sweeps

/// The folders that this user submitted from: one per line in a file that outlives sessions.
enum JobList {
    /// `TRANSFERGRAPH_JOBS`, else `jobs.txt` beside the history.
    private static var path: String? {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["TRANSFERGRAPH_JOBS"], !path.isEmpty { return path }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return "\(data)/transfergraph/jobs.txt" }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return "\(home)/.local/share/transfergraph/jobs.txt"
    }

    /// The first line names the version of what follows; to a program that knows none it is no folder.
    private static let mark = "# transfergraph-jobs "
    private static let version = 1

    /// The folders, the latest last, without those that are gone.
    ///
    /// - Throws: `UserError` named `JobListError` where a later version of the program wrote the list.
    static func folders() throws(UserError) -> [String] {
        guard let path, let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        let lines = text.lines.map { String($0) }
        if let first = lines.first, first.hasPrefix(mark), let written = Int(first.dropFirst(mark.count)),
            written > version
        {
            throw UserError(
                "JobListError",
                "The list of jobs was written by a later version: its layout is number \(written), and this program knows \(version).",
                place: .init(file: path),
                hint: "List them with the later version; attach and cancel take a folder without the list.")
        }
        return lines.filter {
            !$0.isEmpty && FileManager.default.fileExists(atPath: SlurmJob.path(in: SweepFolder($0)))
        }
    }

    /// Remembers a folder; if that fails, the folder itself is enough to attach to.
    static func add(_ folder: String) {
        guard let path, let known = try? folders() else { return }
        let lines = ["\(mark)\(version)"] + known.filter { $0 != folder } + [folder]
        try? FileManager.default.createDirectory(
            atPath: LocalPath(path).folder, withIntermediateDirectories: true)
        _ = try? SweepFile.write((lines.joined(separator: "\n") + "\n").utf8, to: path)
    }
}
