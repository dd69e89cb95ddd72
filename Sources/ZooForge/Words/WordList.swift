/// One of Debian's word lists or spelling dictionaries, and which of its entries are meant.
public struct WordList: Sendable, Hashable {
    /// Which entries of a file are taken. Entries with a capital letter, a hyphen or another character that
    /// ``Alphabet`` does not know are never taken, except by ``capitalised``.
    public enum Selection: Sendable, Hashable {
        /// Every entry.
        case all
        /// Entries whose fields after the word hold this text, such as a part of speech.
        case tagged(String)
        /// Entries that begin with a capital letter, put into lower case: German's nouns.
        case capitalised
    }

    /// What tasks call it, such as `pt` or `de-nouns`.
    public let name: String
    /// The language's name.
    public let language: String
    /// The package that holds it.
    public let package: String
    /// Where it lies, below `/usr/share`.
    public let path: String
    /// Its character encoding, as iconv names it.
    public let encoding: String
    public let selection: Selection
    /// Whether accents and other marks are taken off the letters.
    public let isPlain: Bool

    init(
        _ name: String, _ language: String, _ package: String, _ path: String, _ encoding: String = "UTF-8",
        _ selection: Selection = .all, isPlain: Bool = false
    ) {
        self.name = name
        self.language = language
        self.package = package
        self.path = path
        self.encoding = encoding
        self.selection = selection
        self.isPlain = isPlain
    }

    /// The same list without accents, called `…-plain`.
    var plain: WordList {
        WordList("\(name)-plain", language, package, path, encoding, selection, isPlain: true)
    }
}
