import Foundation
import Support

/// Reads one format: small and dumb. It says what files say and where; it decides nothing that ``ZooChoice`` decides.
///
/// A file that cannot be read is noted (``Facts/note(_:_:example:at:count:takenBy:)``) and the rest goes on. Symbolic links and
/// paths in files never lead out of the place (``ReadingPlace/contents(of:)`` sees to it).
public protocol ZooReader: Sendable {
    /// What `--format` calls it.
    var format: ZooFormat { get }

    /// Whether the place looks like this format: from names and at most the first bytes of a few files.
    func recognises(_ place: ReadingPlace) -> Bool

    /// Reads everything into `facts`, whose ``Facts/source`` has been begun.
    ///
    /// - Parameters:
    ///   - place: the folder or file.
    ///   - options: how to read what files leave open.
    ///   - facts: takes what the files say.
    ///   - work: asked every 50 ms whether to go on, told how far it is.
    /// - Throws: an error where there is nothing to be had at all; `Cancelled`.
    func read(
        _ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work
    ) throws
}
