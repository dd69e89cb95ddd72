import Foundation
import Sweeps
import TestSupport
import Testing

/// What is written for Slurm and what is read of it, without one.
struct SlurmWordsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func aShellReadsTheScriptsWordsAsTheyWere() throws {
        let words = ["a b", "it's", "$HOME", "`id`", "--match=a|b;c", "", "ü", "two\nlines", "*", "plain-1.0,x=y"]
        // A program that prints its arguments, each behind a mark, in a folder whose name a shell could misread.
        let folder = SweepFolder(directory.path + "/it's a $folder; 100%")
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let program = try directory.write("#!/bin/bash\nprintf '<%s>' \"$@\"\n", to: "program")
        chmod(program, 0o755)
        let script = SlurmScript(
            command: [program] + words, folder: folder, parts: [1, 2, 3, 7], count: 9,
            wishes: .init(partition: "gpu", time: "1:00", gpus: 2, cores: 4), hasSetup: false)
        for line in ["--array=1-3,7", "--partition=gpu", "--time=1:00", "--gpus=2", "--cpus-per-task=4"] {
            #expect(script.text.contains("#SBATCH \(line)\n"))
        }
        #expect(script.text.contains("100%%/logs/%a.log\""))
        let file = try directory.write(script.text, to: "submit.sh")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [file]
        process.environment = ["SLURM_ARRAY_TASK_ID": "3", "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text == (words + ["--part", "3/9", "--out", folder.path]).map { "<\($0)>" }.joined())
    }

    @Test func numbersAreGrouped() {
        #expect(SlurmScript.array([3, 1, 2, 7, 9, 8]) == "1-3,7-9")
        #expect(SweepFolder.ranges([1, 2, 5]) == "1-2, 5")
        #expect(PartNumber("3/8")?.description == "3/8")
        for wrong in ["0/3", "4/3", "3", "1/0", "a/b", "1/2/3", "-1/3", ""] { #expect(PartNumber(wrong) == nil) }
    }

    @Test func theFileSaysWhatIsDoneAndTheQueueWhatBecomesOfTheRest() throws {
        let lines = [
            "7|1|CD|n1|None", "7|2|R|n2|None", "7|3|PD||Resources", "7|4|F|n1|NonZeroExitCode", "7|5|CA|n1|None",
            "7|6|TO|n1|TimeLimit", "7|7|NF|n2|NodeDown", "7|8|CD|n2|None", "9|4|PD||Priority", "6|N/A|CD|n1|None",
        ]
        let queue = lines.compactMap { QueuedTask(Substring($0)) }
        #expect(queue.count == lines.count && queue[9].task == nil && queue[9].job == 6)
        #expect(QueuedTask("slurm_load_jobs error: nothing") == nil)
        let folder = SweepFolder(directory.path)
        func states(_ submissions: String, gone: Set<Int> = []) throws -> [Int: PartState] {
            try directory.write(
                "{\"check\":6,\"isCancelled\":false,\"retries\":2,\"submissions\":[\(submissions)]}", to: "job.json")
            let job = try #require(SlurmJob(in: folder))
            return PartState.states(
                of: Array(1...9), isDone: { $0 == 1 }, job: job, queue: queue, isGone: gone.contains)
        }
        let first = "{\"job\":7,\"parts\":[1,2,3,4,5,6,7,8,9],\"time\":0}"
        let once = try states(first, gone: [8, 9])
        #expect(once[1] == .done && once[2] == .running(node: "n2") && once[3] == .waiting(reason: "Resources"))
        #expect(once[4] == .failed(reason: "it ended with an error", canRetry: true) && once[5] == .cancelled)
        #expect(once[6] == .failed(reason: "it exceeded its time limit", canRetry: false))
        #expect(once[7] == .failed(reason: "its node failed", canRetry: true))
        #expect(once[8] == .failed(reason: "it ended without its file", canRetry: true))
        #expect(once[9] == .failed(reason: "Slurm no longer knows it, and it left no file", canRetry: true))
        // As long as a file may still come into sight, nothing has failed; what was submitted again counts as that.
        let twice = try states(first + ",{\"job\":9,\"parts\":[4],\"time\":1}")
        #expect(twice[8] == .running(node: "n2") && twice[9] == .running(node: ""))
        #expect(twice[4] == .waiting(reason: "Priority"))
        // Of tasks that were cancelled before they began the queue keeps one line together.
        let rest = try #require(QueuedTask("7|N/A|CA||Resources"))
        let job = try #require(SlurmJob(in: folder))
        let all = PartState.states(
            of: [8, 9], isDone: { _ in false }, job: job, queue: queue + [rest], isGone: { _ in true })
        #expect(all[9] == .cancelled && all[8] == .failed(reason: "it ended without its file", canRetry: true))
    }
}
