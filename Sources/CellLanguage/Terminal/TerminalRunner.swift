import ArgumentParser
import Foundation
import JupyterKernel
import Support

/// Runs commands outside a notebook: the terminal's subcommands are the magics, in a session of their own.
public struct TerminalRunner {
    private let runner: CellRunner
    private let context: TerminalContext

    public init(registry: MagicRegistry, format: OutputFormat = .table) {
        runner = CellRunner(registry: registry, session: Session())
        context = TerminalContext(format: format)
    }

    /// Runs one magic and prints its value.
    ///
    /// - Parameters:
    ///   - magic: the magic, its words parsed.
    ///   - body: what stands below the line of a cell magic.
    ///   - preparation: magics to run before it, whose values are not shown.
    /// - Throws: `ExitCode.failure` after the error was written to standard error, 130 after an interrupt, as in
    ///   shells.
    public func run(
        _ magic: any Magic, body: () throws -> String? = { nil }, after preparation: () throws -> [any Magic] = { [] }
    ) throws {
        context.catchInterrupts()
        do {
            for first in try preparation() { _ = try runner.run(first, in: context) }
            let result = try runner.run(magic, body: try body(), in: context)
            if let error = result.writeError, error.name != Self.interrupted { throw saved(result.value, error) }
            guard let value = result.value else { return }
            // A magic without a value of its own, such as `run`, may return one with figures.
            if !type(of: magic).givesValue {
                for figure in value.figures { context.display(figure, id: nil) }
            }
            try context.show(value)
            // Work done before an interrupt is shown before the interrupt is reported.
            if let error = result.writeError { throw error }
        } catch {
            let told = ErrorDisplay.executionError(error, vocabulary: runner.registry.vocabulary)
            let text = isatty(STDERR_FILENO) == 1 ? told.traceback : told.traceback.map(\.withoutColours)
            context.write(text.joined(separator: "\n") + "\n", to: .stderr)
            throw told.name == Self.interrupted ? ExitCode(128 + SIGINT) : ExitCode.failure
        }
    }

    private static let interrupted = "KeyboardInterrupt"

    /// Writes a value that could not be written to its destination to a file of its own, since the session ends here,
    /// or shows it if that fails too.
    private func saved(_ value: (any SessionValue)?, _ error: UserError) -> UserError {
        guard let value else { return error }
        let ending = error.place.map { LocalPath($0.file).ending } ?? ""
        var file = NSTemporaryDirectory() + "unsaved-\(UInt64.random(in: .min ... .max))"
        if !ending.isEmpty { file += ".\(ending)" }
        var hint = "Write to - and it goes to standard output."
        if let content = value.content(ofFileEndingIn: ending),
            (try? FileOutput(file, in: context).write(content)) != nil
        {
            hint = "What was to be written is in \(file) instead."
        } else if let text = value.display.data["text/plain"]?.string {
            context.write(text + "\n", to: .stderr)
        }
        return UserError(error.name, error.message, place: error.place, hint: hint)
    }
}

extension String {
    fileprivate var withoutColours: String {
        replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    }
}
