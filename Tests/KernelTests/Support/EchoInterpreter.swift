import JupyterKernel
import Synchronization

/// A language of a few words, each of which uses one thing the kernel offers.
final class EchoInterpreter: Interpreter {
    private let startedCount = Atomic(0)
    private let shutdowns = Atomic(0)
    private let evaluatedCount = Atomic(0)

    /// How many cells began to run.
    var started: Int { startedCount.load(ordering: .relaxed) }
    /// How often it was told that the kernel ends.
    var shutdownCount: Int { shutdowns.load(ordering: .relaxed) }
    /// How many expressions began to be evaluated.
    var evaluated: Int { evaluatedCount.load(ordering: .relaxed) }

    var info: InterpreterInfo {
        InterpreterInfo(
            implementation: "echo", implementationVersion: "1.0", languageName: "echo", languageVersion: "1.0",
            mimetype: "text/x-echo", fileExtension: ".echo", pygmentsLexer: "text", codeMirrorMode: nil,
            banner: "echo", helpLinks: [.init(text: "Help", url: "https://example.org")])
    }

    var commTargets: [String: any CommTarget] { ["echo": EchoComm()] }

    func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome {
        startedCount.add(1, ordering: .relaxed)
        let words = cell.code.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words[0] {
        case "print": context.write(rest, to: .stdout)
        case "warn": context.write(rest, to: .stderr)
        case "lines":
            for line in 0..<(Int(rest) ?? 0) { context.write("line \(line)\n", to: .stdout) }
        case "mixed":
            // Text and displays take turns; a display must never overtake what was written before it.
            for turn in 0..<(Int(rest) ?? 0) {
                context.write("\(turn) ", to: turn % 3 == 0 ? .stderr : .stdout)
                if turn % 5 == 0 { context.display(DisplayData(text: "shown \(turn)"), id: nil) }
            }
        case "flood":
            let padding = String(repeating: "x", count: 40_000)
            for turn in 0..<(Int(rest) ?? 0) { context.display(DisplayData(text: "\(turn) \(padding)"), id: nil) }
        case "value": return .success(DisplayData(text: rest))
        case "show": context.display(DisplayData(data: ["text/html": .string(rest)], buffers: [[1, 2, 3]]), id: "d")
        case "update": context.update(DisplayData(text: rest), id: "d")
        case "clear": context.clearOutput(wait: true)
        case "page": context.page(DisplayData(text: rest))
        case "next": context.setNextInput(rest, replace: true)
        case "fail": return .failure(ExecutionError(name: "Failure", value: rest, traceback: ["trace \(rest)"]))
        case "wait":
            while !context.isInterrupted { spinBriefly() }
            return .failure(ExecutionError(name: "KeyboardInterrupt", value: "", traceback: []))
        case "sleep": Instant.sleep(milliseconds: Int(rest) ?? 0)
        case "ask":
            do throws(ExecutionError) {
                context.write(try context.ask(rest, password: rest == "password"), to: .stdout)
            } catch { return .failure(error) }
        case "history":
            for (line, source) in context.inputHistory { context.write("\(line): \(source)\n", to: .stdout) }
        default: break
        }
        return .success(nil)
    }

    func evaluate(_ expression: String, in context: any ExecutionContext) throws(ExecutionError) -> DisplayData {
        evaluatedCount.add(1, ordering: .relaxed)
        if expression == "wait" {
            while !context.isInterrupted { spinBriefly() }
            throw ExecutionError(name: "KeyboardInterrupt", value: "", traceback: [])
        }
        if expression == "loud" {
            context.write("nobody is to see this", to: .stdout)
            context.display(DisplayData(text: "nor this"), id: nil)
            _ = try context.ask("anybody?", password: false)
        }
        guard expression != "bad" else { throw ExecutionError(name: "Bad", value: "bad", traceback: []) }
        return DisplayData(text: expression.uppercased())
    }

    func complete(_ code: String, at cursor: Int) -> Completion {
        Completion(items: [.init(text: "print", type: "word")], range: max(0, cursor - 2)..<cursor)
    }

    func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData? {
        code.hasPrefix("print") ? DisplayData(text: "print: detail \(detail), cursor \(cursor)") : nil
    }

    func isComplete(_ code: String) -> Completeness {
        if code.hasSuffix("\\") { return .incomplete(indent: "  ") }
        return code.hasPrefix("?") ? .invalid : .complete
    }

    func shutdown(restart: Bool) { shutdowns.add(1, ordering: .relaxed) }

    private func spinBriefly() { Instant.sleep(milliseconds: 2) }
}

/// Sends back what it gets, buffers too.
private struct EchoComm: CommTarget {
    func opened(_ comm: Comm, with message: CommMessage) { comm.send(message) }
    func received(_ message: CommMessage, on comm: Comm) {
        comm.send(CommMessage(data: ["echo": message.data], buffers: message.buffers.reversed()))
    }
    func closed(_ comm: Comm, with message: CommMessage) {}
}
