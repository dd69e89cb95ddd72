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

    /// The folders, the latest last, without those that are gone.
    static var folders: [String] {
        guard let path, let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.lines.map { String($0) }.filter { !$0.isEmpty && SlurmJob(in: SweepFolder($0)) != nil }
    }

    /// Remembers a folder; if that fails, the folder itself is enough to attach to.
    static func add(_ folder: String) {
        guard let path else { return }
        let lines = folders.filter { $0 != folder } + [folder]
        try? FileManager.default.createDirectory(
            atPath: LocalPath(path).folder, withIntermediateDirectories: true)
        _ = try? SweepFile.write((lines.joined(separator: "\n") + "\n").utf8, to: path)
    }
}
