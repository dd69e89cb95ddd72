import JupyterKernel

/// Finds what a word under the cursor could become, from the magics' declarations and the session's names.
package struct Completer {
    package let registry: MagicRegistry
    package let state: SessionState

    private typealias Candidate = (text: String, type: String)

    /// What could stand at `cursor`, an offset in code points.
    package func complete(_ code: String, at cursor: Int) -> Completion {
        let line = LineContext(code, cursor: cursor)
        let nowhere = Completion(items: [], range: line.partial.range)
        if line.isForeign { return nowhere }
        if let variable = line.variable {
            let items = state.variables.keys.filter { $0.hasPrefix(variable.text) }.sorted()
            return Completion(items: items.map { .init(text: $0, type: "variable") }, range: variable.range)
        }
        let partial = line.partial.text
        let found = candidates(line).filter { $0.text.hasPrefix(partial) }
        let chosen =
            found.isEmpty ? candidates(line).filter { $0.text.lowercased().contains(partial.lowercased()) } : found
        var seen: Set<String> = []
        let items = chosen.filter { seen.insert($0.text).inserted }.map { candidate in
            Completion.Item(text: Self.written(candidate), type: candidate.type)
        }
        return Completion(items: items, range: line.partial.range)
    }

    /// Names with spaces or marks are quoted; magics and options stand as they are.
    private static func written(_ candidate: Candidate) -> String {
        candidate.type == "magic" || candidate.type == "option" ? candidate.text : Word.quoting(candidate.text)
    }

    private func candidates(_ line: LineContext) -> [Candidate] {
        guard let first = line.previous.first else { return commands(line.partial.text) }
        let sign = first.text.prefix { $0 == "%" }
        let name = String(first.text.dropFirst(sign.count))
        if name == "time" { return nested(line) }
        guard var declaration = registry.declaration(of: name) else { return [] }
        var words = Array(line.previous.dropFirst())
        if let next = words.first, let subcommand = declaration.subcommand(named: next.text) {
            declaration = subcommand
            words.removeFirst()
        }
        return arguments(of: declaration, after: words.map(\.text), partial: line.partial.text)
    }

    /// `%time` completes the line it is put before.
    private func nested(_ line: LineContext) -> [Candidate] {
        let rest = Array(line.previous.dropFirst())
        guard let first = rest.first else { return commands(line.partial.text) }
        let name = first.text.hasPrefix("%") ? String(first.text.dropFirst()) : first.text
        guard let declaration = registry.declaration(of: name) else { return [] }
        return arguments(of: declaration, after: rest.dropFirst().map(\.text), partial: line.partial.text)
    }

    private func commands(_ partial: String) -> [Candidate] {
        if partial.hasPrefix("%%") { return registry.names(in: .cell).map { ("%%" + $0, "magic") } }
        if partial.hasPrefix("%") { return registry.names(in: .line).map { ("%" + $0, "magic") } }
        return registry.names(in: .line).map { ($0, "magic") } + state.variables.keys.sorted().map { ($0, "variable") }
    }

    private func arguments(of declaration: MagicDeclaration, after words: [String], partial: String) -> [Candidate] {
        if let last = words.last, let option = declaration.option(spelt: last), option.kind == .option {
            return values(of: option, partial: partial)
        }
        if partial.hasPrefix("-") {
            if let equals = partial.firstIndex(of: "="),
                let option = declaration.option(spelt: String(partial[..<equals]))
            {
                let typed = String(partial[...equals])
                return values(of: option, partial: String(partial[partial.index(after: equals)...])).map {
                    (typed + $0.text, $0.type)
                }
            }
            return declaration.options.flatMap(\.spellings).filter { $0.hasPrefix("--") || $0.count == 2 }
                .map { ($0, "option") }
        }
        var given = 0
        var isValue = false
        for word in words {
            if isValue {
                isValue = false
            } else if word.hasPrefix("-") {
                isValue = declaration.option(spelt: word)?.kind == .option
            } else {
                given += 1
            }
        }
        if words.isEmpty, !declaration.visibleSubcommands.isEmpty {
            return declaration.visibleSubcommands.map { ($0.commandName, "subcommand") }
        }
        let positionals = declaration.positionals
        if let positional = given < positionals.count ? positionals[given] : positionals.last(where: \.isRepeating) {
            return values(of: positional, partial: partial)
        }
        return partial.isEmpty ? declaration.options.compactMap(\.spellings.first).map { ($0, "option") } : []
    }

    private func values(of parameter: MagicDeclaration.Parameter, partial: String) -> [Candidate] {
        if let values = parameter.allValues, !values.isEmpty { return values.map { ($0, "value") } }
        guard let kind = parameter.valueKind else { return [] }
        var candidates = NameSource(registry: registry, state: state).names(kind)
        if kind == .path || kind == .file || kind.rawValue.hasSuffix("-or-path") {
            candidates += NameSource.paths(beginningWith: partial).map { ($0, "path") }
        }
        return candidates
    }
}
