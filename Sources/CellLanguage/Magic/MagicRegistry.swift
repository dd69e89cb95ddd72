import Support
import Synchronization

/// A notebook's language: its magics by name, and their vocabulary.
public final class MagicRegistry: Sendable {
    public let magics: [any Magic.Type]
    /// The notebook's own names and errors.
    public let vocabulary: any Vocabulary
    private let byName: [String: any Magic.Type]
    /// Declarations take a moment to parse, so they are parsed on demand.
    private let declarations = Mutex<[String: MagicDeclaration]>([:])
    /// Magics that take text, as parsed without a word.
    private let wordless = Mutex<[String: any VerbatimMagic]>([:])
    /// The names of the magics that take a statement; see ``Magic/takesStatement``.
    package let nesting: Set<String>

    /// - Precondition: names are unique.
    public init(_ magics: [any Magic.Type], vocabulary: any Vocabulary = PlainVocabulary()) {
        self.magics = magics
        self.vocabulary = vocabulary
        byName = Dictionary(uniqueKeysWithValues: magics.map { ($0._commandName, $0) })
        nesting = Set(magics.filter { $0.takesStatement }.map { $0._commandName })
    }

    /// The names of the magics that may stand in `places`, in alphabetical order.
    public func names(in places: MagicPlaces = [.line, .cell]) -> [String] {
        magics.filter { !$0.places.isDisjoint(with: places) }.map { $0._commandName }.sorted()
    }

    public subscript(name: String) -> (any Magic.Type)? { byName[name] }

    /// The magic called `name` that may stand in `place`.
    ///
    /// - Throws: `UserError` named `UnknownMagic` with the nearest names.
    public func magic(named name: String, in place: MagicPlaces) throws(UserError) -> any Magic.Type {
        let sign = place == .cell ? "%%" : "%"
        guard let magic = byName[name] else {
            let near = NearestNames.nearest(to: name, in: names(in: place))
            throw UserError(
                "UnknownMagic", "There is no magic \(sign)\(name).",
                hint: near.isEmpty
                    ? "%lsmagic lists them all."
                    : "Did you mean \(near.map { sign + $0 }.joined(separator: ", "))? %lsmagic lists them all.")
        }
        if magic.places.isDisjoint(with: place) {
            let other = place == .cell ? "%" : "%%"
            throw UserError(
                "UsageError", "\(other)\(name) cannot be written \(sign)\(name).",
                hint: place == .cell
                    ? "It takes one line: write %\(name)." : "It takes a whole cell: write %%\(name) in the first line."
            )
        }
        return magic
    }

    /// What the magic called `name` declares; `nil` if there is none.
    public func declaration(of name: String) -> MagicDeclaration? {
        guard let magic = byName[name] else { return nil }
        if let known = declarations.withLock({ $0[name] }) { return known }
        guard let declaration = try? MagicDeclaration(of: magic) else { return nil }
        declarations.withLock { $0[name] = declaration }
        return declaration
    }

    /// Whether a name alone, without a sign, may be a variable's: no magic has it, or one that would only show its
    /// help, such as `result` of `%result add`.
    package func leavesName(_ name: String) -> Bool {
        byName[name] == nil || declaration(of: name)?.visibleSubcommands.isEmpty == false
    }

    /// The declaration of the magic or subcommand that `path` leads to: `["graph", "build"]`.
    package func declaration(at path: [String]) -> MagicDeclaration? {
        guard let first = path.first, var found = declaration(of: first) else { return nil }
        for name in path.dropFirst() {
            guard let next = found.subcommand(named: name) else { return nil }
            found = next
        }
        return found
    }

    /// Where the magic or subcommand that `path` leads to may stand.
    private func places(at path: [String]) -> MagicPlaces {
        guard let first = path.first, var found = byName[first] else { return [] }
        for name in path.dropFirst() {
            let next = found.configuration.subcommands.lazy.compactMap { $0 as? any Magic.Type }
                .first { $0._commandName == name }
            guard let next else { return [] }
            found = next
        }
        return found.places
    }

    /// The help on the magic or subcommand that `path` leads to; `nil` if there is none.
    package func help(at path: [String]) -> MagicHelp? {
        declaration(at: path).map { MagicHelp($0, places: places(at: path), path: path) }
    }

    /// `magic` with `words` parsed as its options and arguments; `nil` if they ask for help.
    ///
    /// - Throws: `UserError` named `UsageError` with the nearest option or subcommand.
    package func parsed(
        _ magic: any Magic.Type, taking words: [String], isOverCell: Bool = false
    ) throws(UserError) -> (any Magic)? {
        let name = magic._commandName
        let beginsWithOption = words.first?.utf8.first == UInt8(ascii: "-")
        // If no word is an option all are text, and need not be parsed each time.
        if !beginsWithOption, var known = wordless.withLock({ $0[name] }) {
            known.words = words
            return known
        }
        guard !beginsWithOption, magic is any VerbatimMagic.Type else {
            return try UsageErrors.parse(
                magic, words, declaration: declaration(of: name), isOverCell: isOverCell)
        }
        guard var first = try UsageErrors.parse(magic, [], declaration: nil) as? any VerbatimMagic else { return nil }
        let empty = first
        wordless.withLock { $0[name] = empty }
        first.words = words
        return first
    }
}
