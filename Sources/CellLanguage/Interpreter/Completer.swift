import JupyterKernel

/// Completes the word under the cursor, from the magics' declarations and the session's names.
package struct Completer {
    package let registry: MagicRegistry
    package let state: SessionState

    private typealias Candidate = (text: String, type: String)

    /// The completions at `cursor`, an offset in code points.
    package func complete(_ code: String, at cursor: Int) -> Completion {
        let line = LineContext(code, cursor: cursor, nesting: registry.nesting)
        let nowhere = Completion(items: [], range: line.partial.range)
        if line.isForeign { return body(code, at: line.partial.range.lowerBound) ?? nowhere }
        if let variable = line.variable {
            let typed = String(String.UnicodeScalarView(Array(code.unicodeScalars)[variable]))
            let items = state.variables.keys.filter { $0.hasPrefix(typed) }.sorted()
            return Completion(items: items.map { .init(text: $0, type: "variable") }, range: variable)
        }
        if let path = pathWithSpaces(line) { return path }
        let partial = line.partial.writtenText
        let all = candidates(line)
        let found = all.filter { $0.text.hasPrefix(partial) }
        let chosen = found.isEmpty ? all.filter { $0.text.lowercased().contains(partial.lowercased()) } : found
        var seen: Set<String> = []
        let items = chosen.filter { seen.insert($0.text).inserted }.map { candidate in
            Completion.Item(text: Self.written(candidate), type: candidate.type)
        }
        return Completion(items: items, range: line.partial.range)
    }

    /// The completions in the body of a cell magic that holds another language.
    private func body(_ code: String, at cursor: Int) -> Completion? {
        let scalars = Array(code.unicodeScalars.prefix(cursor))
        let text = String(String.UnicodeScalarView(scalars))
        guard let header = text.lines.first(where: { !$0.trimmed.isEmpty }), header.hasPrefix("%%"),
            text.lines.count > 1,
            let kind = registry.vocabulary.innerKind(ofBody: String(header.dropFirst(2).prefix { !$0.isWhitespace }))
        else { return nil }
        guard let word = Self.lastWord(of: text, from: header.endIndex) else { return nil }
        let items = names(kind, like: word).map { Completion.Item(text: $0.text, type: $0.type) }
        let start = cursor - word.unicodeScalars.count
        return Completion(items: items, range: start..<cursor)
    }

    /// The letters, digits and underscores at the end of a text in SQL; `nil` inside a string or a comment.
    private static func lastWord(of text: String, from start: String.Index? = nil) -> String? {
        let body = start.map { String(text[$0...]) } ?? text
        let line = body.lines.last.map(String.init) ?? body
        if line.contains("--") || !body.count(where: { $0 == "'" }).isMultiple(of: 2) { return nil }
        let reversed = body.unicodeScalars.reversed().prefix {
            $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
        }
        return String(String.UnicodeScalarView(reversed.reversed()))
    }

    private func names(_ kind: ValueKind, like word: String) -> [Candidate] {
        var seen: Set<String> = []
        let all = NameSource(registry: registry, state: state).names(kind).filter { seen.insert($0.text).inserted }
        let begun = all.filter { $0.text.lowercased().hasPrefix(word.lowercased()) }
        return begun.isEmpty ? all.filter { $0.text.lowercased().contains(word.lowercased()) } : begun
    }

    /// Completes an unquoted path with spaces: the words before the cursor are parts of it.
    private func pathWithSpaces(_ line: LineContext) -> Completion? {
        var text = line.partial.writtenText
        for before in line.previous.dropFirst().suffix(4).reversed() {
            if before.isQuoted || before.writtenText.hasPrefix("-") { return nil }
            text = before.writtenText + " " + text
            guard text.contains("/") else { continue }
            let paths = NameSource.paths(beginningWith: text)
            if paths.isEmpty { continue }
            return Completion(
                items: paths.map { .init(text: Word.quoting($0), type: "path") },
                range: before.range.lowerBound..<line.partial.range.upperBound)
        }
        return nil
    }

    /// Names with spaces or special characters are quoted; magics and options stay as they are.
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
            return values(of: option, partial: partial, behind: declaration)
        }
        if partial.hasPrefix("-") {
            if let equals = partial.firstIndex(of: "="),
                let option = declaration.option(spelt: String(partial[..<equals]))
            {
                let typed = String(partial[...equals])
                let value = String(partial[partial.index(after: equals)...])
                return values(of: option, partial: value, behind: declaration).map {
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
            // After a magic's name its subcommands are topics too.
            if positional.valueKind == .topic, given > 0 {
                let path = words.map { String($0.drop { $0 == "%" }) }
                return registry.declaration(at: path)?.visibleSubcommands.map { ($0.commandName, "subcommand") } ?? []
            }
            return values(of: positional, partial: partial, behind: declaration)
        }
        return partial.isEmpty ? declaration.options.compactMap(\.spellings.first).map { ($0, "option") } : []
    }

    private func values(
        of parameter: MagicDeclaration.Parameter, partial: String, behind declaration: MagicDeclaration
    ) -> [Candidate] {
        if let values = parameter.allValues, !values.isEmpty { return values.map { ($0, "value") } }
        guard let kind = parameter.valueKind else { return [] }
        if let inner = registry.vocabulary.innerKind(of: kind) {
            guard let word = Self.lastWord(of: partial) else { return [] }
            let before = partial.dropLast(word.count)
            return names(inner, like: word).map { (before + $0.text, $0.type) }
        }
        if kind == .column, let columns = columns(of: declaration) { return columns }
        // The last of several, separated by commas.
        if let comma = partial.lastIndex(of: ","), kind != .path, kind != .file {
            let before = partial[...comma]
            return NameSource(registry: registry, state: state).names(kind).map { (before + $0.text, $0.type) }
        }
        var candidates = NameSource(registry: registry, state: state).names(kind)
        if kind == .path || kind == .file || kind.rawValue.hasSuffix("-or-path") {
            candidates += NameSource.paths(beginningWith: partial).map { ($0, "path") }
        }
        return candidates
    }

    /// The columns that the command lists by default; `nil` if it lists no table.
    private func columns(of declaration: MagicDeclaration) -> [Candidate]? {
        guard let magic = registry[declaration.commandName] as? any ListingMagic.Type,
            let command = try? registry.parsed(magic, taking: ["--rows", "0"]),
            let result = try? CellRunner(registry: registry, session: Session(state)).run(command, in: NullContext()),
            let table = result.value?.tabular
        else { return nil }
        return table.columns.map { ($0.name, "column") }.filter { !$0.0.isEmpty }
    }
}
