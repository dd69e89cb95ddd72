import ArgumentParser
import Support

/// Turns what swift-argument-parser throws into the notebook's own errors and help.
package enum UsageErrors {
    /// The parser's time is quadratic in the options; with this many it still takes less than a second, and parsing
    /// cannot be interrupted.
    private static let mostWords = 4_096

    /// Parses `arguments` for `magic`; `nil` if they ask for help.
    ///
    /// - Parameter isOverCell: whether it stands above a cell's body, where the first word may be a name.
    /// - Throws: `UserError` named `UsageError` with the nearest option or subcommand.
    package static func parse(
        _ magic: any Magic.Type, _ arguments: [String], declaration: MagicDeclaration?, isOverCell: Bool = false
    ) throws(UserError) -> (any Magic)? {
        if !isOverCell { try checkSubcommand(arguments, declaration) }
        let arguments = magic is any VerbatimMagic.Type ? arguments : arguments.joiningNegativeNumbers
        guard arguments.count <= mostWords else {
            throw UserError(
                "UsageError", "%\(magic._commandName): \(arguments.count) words are more than a command takes.",
                hint: "\(mostWords) is the most.")
        }
        let parsed: (any Magic)?
        do {
            parsed = try magic.parseAsRoot(arguments) as? any Magic
        } catch {
            if magic.exitCode(for: error) == .success { return nil }
            throw usageError(error, magic, arguments, declaration)
        }
        if let declaration { try checkRepetition(arguments, declaration) }
        return parsed
    }

    /// An option that takes one value may be given once: the parser would silently keep only the last.
    private static func checkRepetition(
        _ arguments: [String], _ declaration: MagicDeclaration
    ) throws(UserError) {
        let subcommand = arguments.first.flatMap(declaration.subcommand(named:))
        let target = subcommand ?? declaration.defaultSubcommand.flatMap(declaration.subcommand(named:)) ?? declaration
        var seen: Set<[String]> = []
        var isValue = false
        for word in arguments {
            if isValue {
                isValue = false
                continue
            }
            if word == "--" { return }
            let spelling = word.prefix { $0 != "=" }
            guard word.hasPrefix("-"), let option = target.option(spelt: String(spelling)), option.kind == .option
            else {
                continue
            }
            isValue = spelling.count == word.count
            if option.isRepeating || seen.insert(option.spellings).inserted { continue }
            throw UserError(
                "UsageError",
                "%\(declaration.commandName)\(subcommand.map { " \($0.commandName)" } ?? ""): \(spelling) is given twice, and takes one value.",
                hint: "Leave one out, or put both into one value\(joint(option.valueName)).")
        }
    }

    /// How to write two values of an option as one.
    private static func joint(_ valueName: String?) -> String {
        switch valueName {
        case "condition": ": conditions are joined by and"
        case "columns", "a=b", "names": ", with a comma between them"
        default: ""
        }
    }

    /// A first word that is no subcommand is reported as such, not as a superfluous argument.
    private static func checkSubcommand(
        _ arguments: [String], _ declaration: MagicDeclaration?
    ) throws(UserError) {
        guard let declaration, let first = arguments.first, !first.hasPrefix("-") else { return }
        let names = declaration.visibleSubcommands.map(\.commandName)
        if names.isEmpty || names.contains(first) || first == "help" { return }
        let near = NearestNames.nearest(to: first, in: names)
        let hint =
            near.isEmpty
            ? "It knows \(names.joined(separator: ", "))." : "Did you mean \(near.joined(separator: ", "))?"
        throw UserError("UsageError", "%\(declaration.commandName) has no subcommand '\(first)'.", hint: hint)
    }

    private static func usageError(
        _ error: any Error, _ magic: any Magic.Type, _ arguments: [String], _ declaration: MagicDeclaration?
    ) -> UserError {
        var message = magic.message(for: error).trimmed
        var hint: String?
        if let question = message.range(of: " Did you mean ") {
            hint = String(message[question.lowerBound...]).trimmed.replacing("'", with: "")
            message = String(message[..<question.lowerBound])
        }
        if message.last.map({ !".?!".contains($0) }) == true { message += "." }
        let name = declaration?.commandName ?? magic._commandName
        var target = declaration
        var path = name
        if let first = arguments.first, let subcommand = declaration?.subcommand(named: first) {
            target = subcommand
            path += " " + first
        }
        if hint == nil, let target, message.hasPrefix("Unknown option") {
            let wrong = arguments.first { $0.hasPrefix("-") && target.option(spelt: $0) == nil } ?? ""
            let known = target.options.flatMap(\.spellings)
            let near = NearestNames.nearest(to: wrong, in: known)
            let names = near.isEmpty ? known : near
            hint =
                known.isEmpty
                ? "It takes no options."
                : near.isEmpty
                    ? "It knows \(names.joined(separator: ", "))." : "Did you mean \(names.joined(separator: ", "))?"
        }
        if hint == nil, let target { hint = valueHint(message, target, arguments) }
        let help = "%\(path)? shows how it is used."
        return UserError("UsageError", "%\(path): \(message)", hint: hint.map { "\($0) \(help)" } ?? help)
    }

    /// What an option takes, if `message` says that it got something else or nothing.
    private static func valueHint(
        _ message: String, _ target: MagicDeclaration, _ arguments: [String]
    ) -> String? {
        let isMissing = message.hasPrefix("Missing value for")
        guard isMissing || message.contains(" is invalid for '"),
            let option = target.options.first(where: { option in
                option.kind == .option && option.spellings.contains { message.contains("'\($0) <") }
            }), let spelling = option.spellings.first(where: { $0.hasPrefix("--") })
        else { return nil }
        if isMissing {
            let place = arguments.firstIndex { option.spellings.contains($0) }
            guard let next = place.map({ $0 + 1 }), next < arguments.count, arguments[next].hasPrefix("-") else {
                return nil
            }
            return "A value that begins with a dash is written \(spelling)=VALUE."
        }
        if spelling == "--seed" { return "A seed is a whole number from 0 to \(UInt64.max)." }
        switch option.valueName {
        case "count": return "It takes a whole number."
        case "number": return "It takes a number, such as 0.5."
        case "ratio": return "It takes a share from 0 to 1, or several that differ, separated by commas: 1,0.5,0.3."
        default: return nil
        }
    }
}
