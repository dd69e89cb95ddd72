import ArgumentParser

/// A magic that takes the words of its line as text, from the first that is not an option to the end.
///
/// A line without options skips option parsing, which takes longer than all the rest of the line: generated cells hold
/// such lines by the thousand.
public protocol VerbatimMagic: Magic, Sendable {
    /// The words, declared as the one positional argument with the strategy `captureForPassthrough`.
    var words: [String] { get set }
}
