import ArgumentParser

/// A magic that takes the words of its line as they stand, from the first that is no option to the end.
///
/// A line without options therefore needs no reading of options, which takes longer than all the rest of the line: cells
/// that a program wrote hold such lines by the thousand.
public protocol VerbatimMagic: Magic {
    /// The words, declared as the one positional argument with the strategy `captureForPassthrough`.
    var words: [String] { get set }
    /// What the parser makes of no words at all.
    static var wordless: Result<Self, any Error> { get }
}

extension VerbatimMagic {
    /// The magic with `words`, of which the first is no option: what the parser would make of them.
    package static func taking(_ words: [String]) throws -> Self {
        var magic = try wordless.get()
        magic.words = words
        return magic
    }
}
