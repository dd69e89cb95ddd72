import Foundation
import Support

/// A path that a zoo is read from: a file, or a folder with everything in it, and nothing outside of it.
public struct ReadingPlace: Sendable {
    /// The path as typed, `~` expanded.
    public let path: String
    /// Where it really is, all links resolved.
    private let root: String
    public let isFolder: Bool

    /// `nil` where there is nothing at `path`.
    public init?(_ typed: String) {
        var text = LocalPath(typed).text
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        path = text
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
        isFolder = isDirectory.boolValue
        root = Self.real(path) ?? path
    }

    /// Its last component.
    public var name: String { LocalPath(path).name }

    /// The names in a folder inside, sorted by their bytes; empty where it cannot be listed or lies outside.
    public func names(in folder: String = "") -> [String] {
        guard isFolder, let location = location(folder) else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: location)) ?? []
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    public func has(_ relative: String) -> Bool { location(relative) != nil }

    public func isFolder(_ relative: String) -> Bool {
        guard let location = location(relative) else { return false }
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: location, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// The bytes of a file inside; for a place that is a file, of itself where `relative` is empty.
    ///
    /// - Throws: ``Failure``.
    public func contents(of relative: String = "") throws(Failure) -> Data {
        let joined = relative.isEmpty ? path : path + "/" + relative
        guard FileManager.default.fileExists(atPath: joined) else { throw .missing }
        guard let location = location(relative) else { throw .outside }
        // A device or a pipe has no end, or waits for one.
        var status = stat()
        guard stat(location, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .unreadable }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: location), options: .alwaysMapped)
        } catch {
            throw .unreadable
        }
    }

    /// Why a file inside has no bytes to give.
    public enum Failure: Error, Sendable {
        /// It is not there, or a link that leads nowhere.
        case missing
        /// A link leads out of the place.
        case outside
        case unreadable
    }

    /// The real path of something inside; `nil` where it does not exist or lies outside.
    public func location(_ relative: String) -> String? {
        if relative.isEmpty { return root }
        guard let real = Self.real(path + "/" + relative) else { return nil }
        return real == root || real.hasPrefix(root == "/" ? "/" : root + "/") ? real : nil
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
