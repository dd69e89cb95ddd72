import Support
import Synchronization

/// A notebook's language: the magics there are, by name, and what they are about.
public final class MagicRegistry: Sendable {
    public let magics: [any Magic.Type]
    /// The names and errors of the notebook's own.
    public let vocabulary: any Vocabulary
    private let byName: [String: any Magic.Type]
    /// Declarations take a moment to read, so they are read when first asked for.
    private let declarations = Mutex<[String: MagicDeclaration]>([:])

    /// - Precondition: names are unique.
    public init(_ magics: [any Magic.Type], vocabulary: any Vocabulary = PlainVocabulary()) {
        self.magics = magics
        self.vocabulary = vocabulary
        byName = Dictionary(uniqueKeysWithValues: magics.map { ($0._commandName, $0) })
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

    /// What the magic called `name` declares; `nil` where there is none.
    public func declaration(of name: String) -> MagicDeclaration? {
        guard let magic = byName[name] else { return nil }
        if let known = declarations.withLock({ $0[name] }) { return known }
        guard let declaration = try? MagicDeclaration(of: magic) else { return nil }
        declarations.withLock { $0[name] = declaration }
        return declaration
    }
}
