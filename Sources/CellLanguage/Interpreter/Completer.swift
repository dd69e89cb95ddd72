import JupyterKernel

/// Finds what a word under the cursor could become, from the magics' declarations and the session's names.
package struct Completer {
    package let registry: MagicRegistry
    package let state: SessionState

    private typealias Candidate = (text: String, type: String)

    /// What could stand at `cursor`, an offset in code points.
    package func complete(_ code: String, at cursor: Int) -> Completion {
        let line = LineContext(code, cursor: cursor, nesting: registry.nesting)
        let nowhere = Completion(items: [], range: line.partial.range)
        if line.isForeign { return nowhere }
        if let variable = line.variable {
            let typed = String(String.UnicodeScalarView(Array(code.unicodeScalars)[variable]))
            let items = state.variables.keys.filter { $0.hasPrefix(typed) }.sorted()
            return Completion(items: items.map { .init(text: $0, type: "variable") }, range: variable)
        }
        let partial = line.partial.writtenText
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
        let partial = line.partial.writtenText
        guard let first = line.previous.first else { return commands(partial) }
        guard var declaration = registry.declaration(of: String(first.writtenText.drop { $0 == "%" })) else {
            return []
        }
        var words = line.previous.dropFirst().map(\.writtenText)
        if let next = words.first, let subcommand = declaration.subcommand(named: next) {
            declaration = subcommand
            words.removeFirst()
        }
        return arguments(of: declaration, after: words, partial: partial)
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
            // Behind the name of a magic its subcommands are topics too.
            if positional.valueKind == .topic, given > 0 {
                let path = words.map { String($0.drop { $0 == "%" }) }
                return registry.declaration(at: path)?.visibleSubcommands.map { ($0.commandName, "subcommand") } ?? []
            }
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
