import ArgumentParser
import Foundation
import JupyterKernel
import Support

/// Runs cells in a session: reads them, replaces variables, calls magics, and applies what these change.
public struct CellRunner: Sendable {
    public let registry: MagicRegistry
    public let session: Session
    /// How many runs this one is inside of: files that run files.
    private let depth: Int
    private static let depthLimit = 32

    public init(registry: MagicRegistry, session: Session) {
        self.init(registry: registry, session: session, depth: 0)
    }

    private init(registry: MagicRegistry, session: Session, depth: Int) {
        self.registry = registry
        self.session = session
        self.depth = depth
    }

    /// Runs `code` to its end or its first error. Values of all lines but the last are shown through `context`; the
    /// last line's is given back.
    ///
    /// - Parameters:
    ///   - file: the file the code is from; `nil` for a cell.
    ///   - firstLine: the line its first line is, where it is a part of something longer.
    /// - Throws: a ``LocatedError``.
    public func run(
        _ code: String, file: String? = nil, firstLine: Int = 1, in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        let source = Source(code: code, file: file, firstLine: firstLine)
        let cell: ParsedCell
        do {
            cell = try ParsedCell(code)
        } catch {
            throw LocatedError.adding(source.location(line: error.line), to: error)
        }
        guard depth < Self.depthLimit else {
            throw UserError(
                "RecursionError", "Files run each other more than \(Self.depthLimit) deep.",
                hint: "Look for a file that runs itself.")
        }
        switch cell {
        case .statements(let statements):
            for statement in statements {
                let isLast = statement == statements.last
                do {
                    if context.isInterrupted { throw Cancelled() }
                    let value = try run(statement, in: context)
                    for figure in value?.figures ?? [] { context.display(figure, id: nil) }
                    if isLast { return value }
                    if let value { context.display(value.display, id: nil) }
                } catch {
                    throw LocatedError.adding(source.location(line: statement.line), to: error)
                }
            }
            return nil
        case .cellMagic(let magic):
            do {
                let arguments = try texts(magic.arguments)
                return try call(
                    registry.magic(named: magic.name, in: .cell), arguments, body: magic.body,
                    bodyLine: magic.bodyLine + firstLine - 1, in: context)
            } catch {
                throw LocatedError.adding(source.location(line: magic.line), to: error)
            }
        }
    }

    /// Runs one line whose words are known, for magics that take a line.
    public func run(words: [String], in context: any ExecutionContext) throws -> (any SessionValue)? {
        guard depth < Self.depthLimit else {
            throw UserError("RecursionError", "Magics are nested more than \(Self.depthLimit) deep.")
        }
        guard let first = words.first else { return nil }
        if words.count > 2, words[1] == "=", first.unicodeScalars.allSatisfy(CellScanner.continuesName) {
            let value = try run(words: Array(words.dropFirst(2)), in: context)
            try assign(value, to: first)
            return nil
        }
        let name = first.hasPrefix("%") ? String(first.dropFirst()) : first
        return try call(registry.magic(named: name, in: .line), Array(words.dropFirst()), in: context)
    }

    private func run(_ statement: Statement, in context: any ExecutionContext) throws -> (any SessionValue)? {
        switch statement.action {
        case .help(let topic, let detail):
            context.page(try Inspector(registry: registry, state: session.state).help(on: topic, detail: detail))
            return nil
        case .command(let words):
            let value = try value(of: words, isAssigned: statement.assignment != nil, in: context)
            guard let name = statement.assignment else { return value }
            try assign(value, to: name)
            return nil
        }
    }

    private func value(
        of words: [Word], isAssigned: Bool, in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        let first = words[0]
        if words.count == 1 {
            if let name = first.soleVariable, !first.isQuoted { return try variable(name) }
            if isAssigned, isLiteral(first) { return TextValue(try texts(words)[0]) }
            if let name = first.literal, !first.isQuoted, registry[name] == nil,
                let value = session.state.variables[name]
            {
                return value
            }
        }
        var name = try texts([first])[0]
        let hasSign = name.hasPrefix("%") && !first.isQuoted
        if hasSign { name.removeFirst() }
        if !hasSign, registry[name] == nil { throw unknownWord(name, isAssigned: isAssigned) }
        let magic = try registry.magic(named: name, in: .line)
        return try call(magic, texts(Array(words.dropFirst())), in: context)
    }

    /// Whether a word to the right of an equals sign is a value of its own: a quoted text, a number, a truth value.
    private func isLiteral(_ word: Word) -> Bool {
        if word.isQuoted { return true }
        guard let text = word.literal else { return true }
        return Double(text) != nil || ["true", "false", "True", "False", "None", "null"].contains(text)
    }

    private func unknownWord(_ name: String, isAssigned: Bool) -> UserError {
        let near = NearestNames.nearest(to: name, in: registry.names(in: .line) + session.state.variables.keys)
        var hint = near.isEmpty ? "%lsmagic lists the commands." : "Did you mean \(near.joined(separator: ", "))?"
        if isAssigned { hint += " A text is written in quotes: \"\(name)\"." }
        return UserError("UnknownMagic", "'\(name)' is neither a magic nor a variable.", hint: hint)
    }

    /// The words with their variables replaced.
    private func texts(_ words: [Word]) throws -> [String] {
        try words.map { word in try word.text { try variable($0).text } }
    }

    private func variable(_ name: String) throws -> any SessionValue {
        let variables = session.state.variables
        if let value = variables[name] { return value }
        let near = NearestNames.nearest(to: name, in: variables.keys)
        throw UserError(
            "UnknownVariable", "There is no variable '\(name)'.",
            hint: near.isEmpty
                ? "%who lists them; a dollar sign itself is written \\$."
                : "Did you mean \(near.map { "$" + $0 }.joined(separator: ", "))?")
    }

    private func assign(_ value: (any SessionValue)?, to name: String) throws {
        guard let value else {
            throw UserError("NoValue", "The command gives no value to assign to '\(name)'.")
        }
        session.apply { $0.variables[name] = value }
    }

    private func call(
        _ magic: any Magic.Type, _ arguments: [String], body: String? = nil, bodyLine: Int = 1,
        in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        let declaration = registry.declaration(of: magic._commandName)
        switch try UsageErrors.parse(magic, arguments, declaration: declaration) {
        case .help:
            return help(on: magic)
        case .magic(let command):
            do {
                return try run(command, body: body, bodyLine: bodyLine, in: context)
            } catch is CleanExit {
                return help(on: magic)
            }
        }
    }

    /// Runs a magic whose words were read already.
    package func run(
        _ command: any Magic, body: String? = nil, bodyLine: Int = 1, in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        let runner = CellRunner(registry: registry, session: session, depth: depth + 1)
        let invocation = Invocation(
            context: context, state: session.state, runner: runner, body: body, bodyLine: bodyLine)
        let result = try command.run(in: invocation)
        if let change = result.change { session.apply(change) }
        return result.value
    }

    private func help(on magic: any Magic.Type) -> (any SessionValue)? {
        registry.declaration(of: magic._commandName).map { HelpValue(help: MagicHelp($0, places: magic.places)) }
    }
}

/// The code an error's place is told in.
private struct Source {
    let code: String
    let file: String?
    let firstLine: Int

    func location(line: Int) -> ErrorLocation {
        let lines = code.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
        let text = line <= lines.count && line > 0 ? String(lines[line - 1]) : ""
        return ErrorLocation(file: file, line: line + firstLine - 1, text: text.trimmed)
    }
}
