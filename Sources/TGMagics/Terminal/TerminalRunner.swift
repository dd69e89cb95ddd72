import ArgumentParser
import Core
import Foundation
import Kernel

/// Runs commands outside a notebook: the terminal's subcommands are the magics, in a session of their own.
public struct TerminalRunner {
    private let runner = CellRunner(registry: .standard, session: Session())
    private let context = TerminalContext()

    public init() {}

    /// Runs one magic and prints its value.
    ///
    /// - Parameter zoo: a zoo to load first.
    /// - Throws: `ExitCode.failure` after the error was written to standard error.
    public func run(_ magic: any Magic, zoo: String?) throws {
        do {
            if let zoo { _ = try runner.run(words: ["zoo", "load", zoo], in: context) }
            if let value = try runner.run(magic, in: context) { context.display(value.display, id: nil) }
        } catch {
            let lines = ErrorDisplay.executionError(error).traceback
            let text = isatty(STDERR_FILENO) == 1 ? lines : lines.map(\.withoutColours)
            context.write(text.joined(separator: "\n") + "\n", to: .stderr)
            throw ExitCode.failure
        }
    }
}

extension String {
    fileprivate var withoutColours: String {
        replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    }
}
