import ArgumentParser
import JupyterKernel
import Support

/// Runs cells in a session: reads them, replaces variables, calls magics, and applies the changes these make.
public struct CellRunner: Sendable {
    public let registry: MagicRegistry
    public let session: Session
    /// The text that is being run, which errors refer to.
    private let source: Source
    /// The nesting depth of this run: files that run files.
    private let depth: Int
    private static let depthLimit = 32
    /// The variable that keeps an unnamed value that could not be written.
    private static let unsaved = "unsaved"

    public init(registry: MagicRegistry, session: Session) {
        self.init(registry: registry, session: session, source: Source(), cell: nil, depth: 0)
    }

    /// The file whose lines are being run, and its text; `nil` if they are a cell's.
    public var script: (file: String, text: String)? { source.file.map { ($0, source.code) } }

    /// The whole text of the cell that is being run, whatever runs within it; `nil` in a terminal.
    public let cell: String?

    private init(registry: MagicRegistry, session: Session, source: Source, cell: String?, depth: Int) {
        self.registry = registry
        self.session = session
        self.source = source
        self.cell = cell
        self.depth = depth
    }

    /// Runs `code` to its end or its first error. Values of all lines but the last are shown through `context`, with
    /// their figures; the last line's is returned, for the caller to show.
    ///
    /// - Parameters:
    ///   - code: a cell's text, or a file's.
    ///   - file: the file the code is from; `nil` for a cell, or for part of what this runner runs.
    ///   - firstLine: the number of its first line, if it is part of something longer.
    ///   - context: where output goes and questions are asked.
    /// - Throws: an error that knows the lines that led to it.
    public func run(
        _ code: String, file: String? = nil, firstLine: Int = 1, in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        let source = Source(code: code, file: file ?? source.file, firstLine: firstLine)
        let cells: [ParsedCell]
        do {
            cells =
                file == nil
                ? [try ParsedCell(code, nesting: registry.nesting)]
                : try ParsedCell.cells(ofFile: code, nesting: registry.nesting) { registry[$0] != nil }
        } catch {
            throw LocatedError.adding(source.location(line: error.line), to: error)
        }
        guard depth < Self.depthLimit else {
            throw UserError(
                "RecursionError", "Files run each other more than \(Self.depthLimit) levels deep.",
                hint: "Look for a file that runs itself.")
        }
        let inner = CellRunner(
            registry: registry, session: session, source: source, cell: cell ?? (source.file == nil ? code : nil),
            depth: depth)
        var last: Shown?
        for cell in cells {
            switch cell {
            case .statements(let statements):
                for statement in statements {
                    try inner.step(statement.line, showing: &last, in: context) {
                        try inner.run(statement, in: context)
                    }
                }
            case .cellMagic(let magic):
                try inner.step(magic.line, showing: &last, in: context) { try inner.run(magic, in: context) }
            }
        }
        return last?.value
    }

    /// What a line returned, to be shown when the next one begins.
    private struct Shown {
        let value: any SessionValue
        let line: Int
    }

    /// Runs a statement of the text that this runner runs, for magics that take one.
    public func run(_ statement: Statement, in context: any ExecutionContext) throws -> (any SessionValue)? {
        let outcome = try outcome(of: statement, in: context)
        if outcome.writeError == nil {
            guard let name = statement.assignment else { return outcome.value }
            try assign(outcome.value, to: name)
            return nil
        }
        return try keep(outcome, as: statement.assignment, in: context)
    }

    /// One step of a text: shows the previous step's value, and then does `work`.
    private func step(
        _ line: Int, showing last: inout Shown?, in context: any ExecutionContext,
        _ work: () throws -> (any SessionValue)?
    ) throws {
        if let shown = last {
            do { try show(shown.value, in: context) } catch {
                throw LocatedError.adding(source.location(line: shown.line), to: error)
            }
        }
        last = nil
        do {
            if context.isInterrupted { throw Cancelled() }
            last = try work().map { Shown(value: $0, line: line) }
        } catch {
            throw LocatedError.adding(source.location(line: line), to: error)
        }
    }

    private func show(_ value: any SessionValue, in context: any ExecutionContext) throws {
        let (figures, display) = (value.figures, value.display)
        // A terminal saves nothing, and may be a file.
        if !(context is TerminalContext) { try LargeOutput.check(figures + [display], in: context) }
        for figure in figures { context.display(figure, id: nil) }
        context.display(display, id: nil)
    }

    private func run(
        _ magic: ParsedCell.CellMagic, in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        let arguments = try texts(magic.arguments, behind: magic.name)
        let outcome = try call(
            registry.magic(named: magic.name, in: .cell), arguments, body: magic.body,
            bodyLine: magic.bodyLine + source.firstLine - 1, in: context)
        return outcome.writeError == nil ? outcome.value : try keep(outcome, as: nil, in: context)
    }

    /// Keeps a value that could not be written, and throws the error that says so.
    private func keep(
        _ outcome: MagicResult, as name: String?, in context: any ExecutionContext
    ) throws -> (any SessionValue)? {
        guard let error = outcome.writeError else { return outcome.value }
        guard let value = outcome.value else { throw error }
        let name = name ?? Self.unsaved
        try assign(value, to: name)
        try show(value, in: context)
        throw error.keeping(value, as: name, canExport: registry["export"] != nil)
    }

    private func outcome(of statement: Statement, in context: any ExecutionContext) throws -> MagicResult {
        switch statement.action {
        case .help(let topic, let detail):
            context.page(try Inspector(registry: registry, state: session.state).help(on: topic, detail: detail))
            return .nothing
        case .nested(let word, let inner):
            try check([word], takesText: true)
            let magic = try registry.magic(named: CellScanner.bareName(word.literal ?? ""), in: .line)
            return try call(magic, [], statement: inner, in: context)
        case .command(let words):
            return try outcome(of: words, isAssigned: statement.assignment != nil, in: context)
        }
    }

    private func outcome(
        of words: [Word], isAssigned: Bool, in context: any ExecutionContext
    ) throws -> MagicResult {
        let first = words[0]
        try check(
            words, takesText: first.literal.flatMap { registry[CellScanner.bareName($0)] } is any VerbatimMagic.Type)
        if words.count == 1 {
            if let name = first.soleVariable, !first.isQuoted { return MagicResult(try variable(name)) }
            if isAssigned, isLiteral(first) { return MagicResult(TextValue(try texts(words)[0])) }
            if let name = first.literal, !first.isQuoted, registry.leavesName(name),
                let value = session.state.variables[name]
            {
                return MagicResult(value)
            }
        } else if isAssigned, first.isQuoted || isLiteral(first) && first.literal != nil, words.allSatisfy(isLiteral) {
            return MagicResult(ListValue(try texts(words)))
        } else if !isAssigned, let question = Question(words, in: registry) {
            context.page(question.help.display)
            return .nothing
        }
        var name = try first.text { try variable($0).text }
        let hasSign = name.utf8.first == UInt8(ascii: "%") && !first.isQuoted
        if hasSign { name.removeFirst() }
        if !hasSign, registry[name] == nil {
            throw ForeignHabit.error(for: words) ?? unknownWord(name, isAssigned: isAssigned)
        }
        let magic = try registry.magic(named: name, in: .line)
        return try call(magic, texts(Array(words.dropFirst()), behind: name), in: context)
    }

    /// - Throws: `UserError` if a character stands for another.
    private func check(_ words: [Word], takesText: @autoclosure () -> Bool) throws(UserError) {
        guard words.contains(where: { !$0.typographic.isEmpty }) else { return }
        let line = source.line(of: words[0].range.lowerBound)
        let error = Typography.error(in: words, of: source.code, line: line, takesText: takesText()) {
            registry[$0] != nil
        }
        if let error { throw error }
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

    /// The words with their variables replaced. A list that is a word of its own becomes several; after an option of
    /// the magic called `command`, each repeats the option.
    private func texts(_ words: [Word], behind command: String = "") throws -> [String] {
        var texts: [String] = []
        texts.reserveCapacity(words.count)
        let binding = registry[command]?.bindingOptions ?? []
        for word in words {
            if !binding.isEmpty, let query = word.query(after: texts.last, options: binding) {
                texts.append(query)
            } else if !word.isQuoted, let name = word.soleVariable, let list = try variable(name) as? ListValue {
                if let option = texts.last, takesValue(option, [command] + texts) {
                    texts.removeLast()
                    texts += list.items.map { "\(option)=\($0)" }
                } else {
                    texts += list.items
                }
            } else {
                texts.append(try word.text { try variable($0).text })
            }
        }
        return texts
    }

    private func takesValue(_ option: String, _ line: [String]) -> Bool {
        guard option.hasPrefix("--") else { return false }
        let declaration = registry.declaration(at: Array(line.prefix(2))) ?? registry.declaration(of: line[0])
        return declaration?.option(spelt: option)?.kind == .option
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
        _ magic: any Magic.Type, _ arguments: [String], statement: Statement? = nil, body: String? = nil,
        bodyLine: Int = 1, in context: any ExecutionContext
    ) throws -> MagicResult {
        guard let command = try registry.parsed(magic, taking: arguments, isOverCell: body != nil) else {
            return MagicResult(help(on: magic, arguments))
        }
        do {
            return try run(command, statement: statement, body: body, bodyLine: bodyLine, in: context)
        } catch is CleanExit {
            return MagicResult(help(on: magic, arguments))
        }
    }

    /// Runs a magic whose words are parsed already, and applies its changes.
    package func run(
        _ command: any Magic, statement: Statement? = nil, body: String? = nil, bodyLine: Int = 1,
        in context: any ExecutionContext
    ) throws -> MagicResult {
        let runner = CellRunner(
            registry: registry, session: session, source: source, cell: cell, depth: depth + 1)
        let invocation = Invocation(
            context: context, state: session.state, runner: runner, statement: statement, body: body,
            bodyLine: bodyLine)
        let result = try command.run(in: invocation)
        if let change = result.change { session.apply(change) }
        return result
    }

    private func help(on magic: any Magic.Type, _ arguments: [String]) -> (any SessionValue)? {
        let name = magic._commandName
        let help = registry.help(at: [name] + arguments.prefix(1)) ?? registry.help(at: [name])
        return help.map(HelpValue.init)
    }
}

/// The text that is being run, and where it is from.
private struct Source {
    var code = ""
    var file: String?
    var firstLine = 1

    func location(line: Int) -> ErrorLocation {
        let lines = code.lines
        let text = line <= lines.count && line > 0 ? String(lines[line - 1]) : ""
        return ErrorLocation(file: file, line: line + firstLine - 1, text: text.trimmed)
    }

    /// The line that the code point at `position` stands in.
    func line(of position: Int) -> Int {
        let before = String(String.UnicodeScalarView(code.unicodeScalars.prefix(position)))
        return before.lines.count + firstLine - 1
    }
}

extension UserError {
    /// The error with where the value is now, and how to write it elsewhere.
    fileprivate func keeping(_ value: any SessionValue, as name: String, canExport: Bool) -> UserError {
        let ending = place.map { LocalPath($0.file).ending } ?? ""
        let file = ending.isEmpty ? "FILE" : "FILE.\(ending)"
        return UserError(
            self.name, "\(message) The \(value.kind) is kept in the variable '\(name)'.", place: place,
            hint: canExport ? "%export \(name) \(file) writes it elsewhere." : hint)
    }
}
