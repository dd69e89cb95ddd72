import Foundation

/// The script that runs a sweep's parts as one array of jobs.
public struct SlurmScript: Sendable {
    /// The resources requested of the cluster.
    public struct Wishes: Sendable {
        public var partition: String?
        public var time: String?
        public var gpus: Int?
        /// Cores per part.
        public var cores: Int

        public init(partition: String? = nil, time: String? = nil, gpus: Int? = nil, cores: Int = 1) {
            self.partition = partition
            self.time = time
            self.gpus = gpus
            self.cores = cores
        }
    }

    /// The program and its arguments up to `--part`.
    public let command: [String]
    public let folder: SweepFolder
    /// The parts that have a task, and the number of all.
    public let parts: [Int]
    public let count: Int
    public let wishes: Wishes
    /// Whether the folder has a `setup.sh` to be sourced first.
    public let hasSetup: Bool
    /// The directory in which the command was given.
    private let directory = FileManager.default.currentDirectoryPath

    public init(
        command: [String], folder: SweepFolder, parts: [Int], count: Int, wishes: Wishes, hasSetup: Bool
    ) {
        self.command = command
        self.folder = folder
        self.parts = parts
        self.count = count
        self.wishes = wishes
        self.hasSetup = hasSetup
    }

    public var text: String {
        // In the names of logs, % begins a pattern.
        let logs = folder.file("logs").replacing("%", with: "%%")
        var lines = [
            "#!/bin/bash",
            "# A sweep in \(count) parts. 'sbatch submit.sh' submits it by hand; a part that is done is not done again, and",
            "# 'tgkernel merge' with this folder joins them.",
            "#SBATCH --job-name=tg-\(command.dropFirst().first ?? "sweep")",
            "#SBATCH --array=\(Self.array(parts))",
            "#SBATCH --output=\"\(logs)/%a.log\"",
            "#SBATCH --open-mode=append",
            "#SBATCH --requeue",
            "#SBATCH --ntasks=1",
            "#SBATCH --cpus-per-task=\(wishes.cores)",
        ]
        if let partition = wishes.partition { lines.append("#SBATCH --partition=\(partition)") }
        if let time = wishes.time { lines.append("#SBATCH --time=\(time)") }
        if let gpus = wishes.gpus { lines.append("#SBATCH --gpus=\(gpus)") }
        lines += ["", "folder=\(Self.quoted(folder.path))"]
        // The submission directory, so that relative paths such as a model's file keep their meaning; if a node lacks
        // it, the folder.
        lines.append("cd \"$folder\" || { echo \"$(hostname) does not see $folder\" >&2; exit 74; }")
        if hasSetup { lines.append(". ./setup.sh") }
        lines.append("cd \(Self.quoted(directory)) 2>/dev/null || true")
        lines.append(
            "exec " + command.map(Self.quoted).joined(separator: " ")
                + " --part \"$SLURM_ARRAY_TASK_ID/\(count)\" --out \"$folder\"")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Numbers in the form of `--array`: `1-3,7`.
    public static func array(_ numbers: [Int]) -> String {
        NumberRanges.words(numbers).joined(separator: ",")
    }

    /// A word quoted for a shell.
    public static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_=./:,+@%".utf8.contains(byte)
                }
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
