import ArgumentParser
import Foundation
import JupyterKernel
import Support

/// Runs commands outside a notebook: the terminal's subcommands are the magics, in a session of their own.
public struct TerminalRunner {
    private let runner: CellRunner
    private let context = TerminalContext()

    public init(registry: MagicRegistry) {
        runner = CellRunner(registry: registry, session: Session())
    }

    /// Runs one magic and prints its value.
    ///
    /// - Parameter first: the words of a line to run before it, whose value is not shown.
    /// - Throws: `ExitCode.failure` after the error was written to standard error.
    public func run(_ magic: any Magic, after first: [String]? = nil) throws {
        do {
            if let first { _ = try runner.run(words: first, in: context) }
            if let value = try runner.run(magic, in: context) { context.display(value.display, id: nil) }
        } catch {
            let lines = ErrorDisplay.executionError(error, vocabulary: runner.registry.vocabulary).traceback
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
