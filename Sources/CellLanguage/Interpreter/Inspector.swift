import JupyterKernel
import Presentation
import Support

/// Explains a name: a magic, an option, a variable, or a name of the vocabulary.
package struct Inspector {
    package let registry: MagicRegistry
    package let state: SessionState

    /// What is known of the name at `cursor`, in code points; `nil` if nothing is.
    package func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData? {
        let line = LineContext(code, cursor: cursor, nesting: registry.nesting)
        if line.isForeign { return nil }
        let previous = line.previous.map(\.writtenText)
        var word = line.whole.writtenText
        if word.isEmpty, let before = previous.last { word = before }
        // Inside a command, the user most likely wants to know about the command itself.
        let command = previous.isEmpty ? nil : registry.help(at: Self.path(to: previous, in: registry))
        if word.hasPrefix("-"), let help = command.flatMap({ optionHelp(word, of: $0.declaration) }) { return help }
        word = word.trimmingSuffix("?")
        if previous.count == 1, let help = registry.help(at: [Self.bare(previous[0]), word]) { return help.display }
        return known(word, detail: detail) ?? command?.display
    }

    /// The names of the magic and, if named, of the subcommand that a line's words begin with.
    private static func path(to words: [String], in registry: MagicRegistry) -> [String] {
        let names = [bare(words[0])] + words.dropFirst().prefix(1)
        return registry.declaration(at: names) == nil ? [names[0]] : names
    }

    private static func bare(_ word: String) -> String { String(word.drop { $0 == "%" }) }

    /// The answer to `topic?`.
    ///
    /// - Throws: `UserError` named `UnknownName` with the nearest names.
    package func help(on topic: String, detail: Int) throws(UserError) -> DisplayData {
        if topic.isEmpty { return overview.display }
        let path = topic.split(separator: " ").map(String.init)
        if path.count > 1, let help = registry.help(at: [Self.bare(path[0])] + path.dropFirst()) {
            return help.display
        }
        if let known = known(topic, detail: detail) { return known }
        let names = NameSource(registry: registry, state: state)
        let bare = topic.drop { $0 == "%" }
        let all = ([.magic, .variable] + registry.vocabulary.explainedKinds).flatMap { names.names($0) }.map(\.text)
        let near = NearestNames.nearest(to: String(bare), in: all)
        throw UserError(
            "UnknownName", "Nothing is known of '\(topic)'.",
            hint: near.isEmpty ? "%lsmagic lists the commands." : "Did you mean \(near.joined(separator: ", "))?")
    }

    private func known(_ word: String, detail: Int) -> DisplayData? {
        let isSigned = word.hasPrefix("%")
        let name = String(word.drop { $0 == "%" })
        if !isSigned, registry.leavesName(word), let value = state.variables[word] { return value.display }
        if let magic = registry[name], let declaration = registry.declaration(of: name) {
            return MagicHelp(declaration, places: magic.places).display
        }
        if isSigned { return nil }
        if word.hasPrefix("$"), let value = state.variables[String(word.dropFirst())] { return value.display }
        if let value = state.variables[word] { return value.display }
        return registry.vocabulary.description(of: word, detail: detail, in: state)?.display
    }

    private func optionHelp(_ spelling: String, of declaration: MagicDeclaration) -> DisplayData? {
        let bare = String(spelling.prefix { $0 != "=" })
        guard let option = declaration.option(spelt: bare) else { return nil }
        var text = option.spellings.joined(separator: ", ")
        if option.kind == .option { text += " <\(option.valueName ?? "value")>" }
        if let abstract = option.abstract { text += "\n\(abstract)" }
        if let values = option.allValues, !values.isEmpty { text += "\nOne of: \(values.joined(separator: ", "))" }
        if let standard = option.defaultValue { text += "\nDefault: \(standard)" }
        return DisplayData(text: text)
    }

    /// Every command with what it does, for `%lsmagic` and a lone `?`.
    package var overview: Table {
        let rows = registry.magics.sorted { $0._commandName < $1._commandName }.map { magic -> [Table.Cell] in
            var forms: [String] = []
            if magic.places.contains(.line) { forms.append("%" + magic._commandName) }
            if magic.places.contains(.cell) { forms.append("%%" + magic._commandName) }
            return [.text(forms.joined(separator: " ")), .text(magic.configuration.abstract)]
        }
        return Table(
            columns: [.init("command"), .init("what it does")], rows: rows,
            notes: registry.vocabulary.firstSteps + [
                "NAME? or %help NAME tells more of one. The % of a line magic may be left out."
            ])
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var rest = self[...]
        while rest.last == character { rest.removeLast() }
        return String(rest)
    }
}
