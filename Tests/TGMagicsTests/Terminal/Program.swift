import Foundation

/// The program `tgkernel` that was built beside the tests.
struct Program {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    static let path =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        .map { ($0 as NSString).deletingLastPathComponent + "/tgkernel" } ?? ""
    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// The directory it runs in.
    let directory: String

    /// Runs the program to its end.
    func run(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(Self.path, arguments, input)
    }

    /// Runs a shell's line in which `$TGKERNEL` is the program.
    func shell(_ line: String) throws -> Outcome {
        try run("/bin/bash", ["-c", line], "")
    }

    private func run(_ program: String, _ arguments: [String], _ input: String) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = ProcessInfo.processInfo.environment.merging(["TGKERNEL": Self.path, "TMPDIR": directory])
        { $1 }
        let (stdin, stdout, stderr) = (Pipe(), directory + "/.stdout", directory + "/.stderr")
        for file in [stdout, stderr] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = stdin
        process.standardOutput = FileHandle(forWritingAtPath: stdout)
        process.standardError = FileHandle(forWritingAtPath: stderr)
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOfFile: stdout, encoding: .utf8),
            errors: try String(contentsOfFile: stderr, encoding: .utf8))
    }
}
