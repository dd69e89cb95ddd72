import Foundation
import TransferGraphCore

/// Where the word lists lie on this machine, and what was read of them so far.
///
/// Guarded by a lock, since several tasks are made at once.
public final class WordShelf: Sendable {
    /// The folder that holds the packages' `usr/share`.
    public let root: URL

    private let read = Lock<[String: [Word]]>([:])

    public init(root: URL) {
        self.root = root
    }

    /// The first of these that holds word lists: `TGKERNEL_WORDLISTS`, the user's cache folder, where
    /// `script/make-zoo` unpacks them, and the system's own `/`.
    ///
    /// - Throws: ``ForgeError/noWordLists``.
    public static func standard() throws(ForgeError) -> WordShelf {
        let environment = ProcessInfo.processInfo.environment
        var places: [URL] = []
        if let named = environment["TGKERNEL_WORDLISTS"] { places.append(URL(fileURLWithPath: named)) }
        places.append(cacheDirectory)
        places.append(URL(fileURLWithPath: "/"))
        for place in places
        where FileManager.default.fileExists(atPath: place.appendingPathComponent("usr/share/hunspell/es_ES.dic").path)
        {
            return WordShelf(root: place)
        }
        throw .noWordLists
    }

    /// `$XDG_CACHE_HOME/tgkernel/wordlists`, by default below `~/.cache`.
    public static var cacheDirectory: URL {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
        return cache.appendingPathComponent("tgkernel/wordlists")
    }

    /// The list's usable words, in order, without repetition.
    ///
    /// - Throws: ``ForgeError`` where the file is not there, or not in the encoding it should be in.
    public func words(_ list: WordList) throws(ForgeError) -> [Word] {
        if let known = read.with({ $0[list.name] }) { return known }
        let words = try load(list)
        read.with { $0[list.name] = words }
        return words
    }

    private func load(_ list: WordList) throws(ForgeError) -> [Word] {
        let file = root.appendingPathComponent("usr/share").appendingPathComponent(list.path)
        guard let bytes = try? Data(contentsOf: file) else {
            throw .wordListMissing(language: list.language, package: list.package, path: file.path)
        }
        guard let text = Iconv.decode(bytes, from: list.encoding) else {
            throw .wordListEncoding(language: list.language, encoding: list.encoding, path: file.path)
        }
        return WordListParser.words(in: text, list)
    }
}
