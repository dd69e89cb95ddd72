import Foundation
import Support

/// The zoos that come with the program, in the tidy format, the large tables packed by zstd.
///
/// They are files, not part of the program's image: a megabyte of text would take the compiler minutes, and as files they
/// can be read, compared and copied. They are looked for where a build and an installation put them:
///
/// 1. in the folder that `TGKERNEL_ZOOS` names,
/// 2. in `TransferGraph_TransferGraphCore.resources/Zoos` beside the program, where SwiftPM copies them,
/// 3. in `share/tgkernel/zoos` beside the program's `bin`, for packages that install the program alone.
public enum BuiltInZoo {
    /// Their names; the first is the one for newcomers.
    public static let names = ["words", "mteb", "timm"]

    /// The folder of the zoo called `name`; `nil` where it is none of these.
    ///
    /// - Throws: ``ZooError/notInstalled(name:)`` where its files are in none of the places.
    public static func directory(named name: String) throws(ZooError) -> URL? {
        guard names.contains(name) else { return nil }
        for place in places {
            let directory = place.appendingPathComponent(name)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
            if ZooFiles(names).files[.records] != nil { return directory }
        }
        throw .notInstalled(name: name)
    }

    /// The zoo called `name`; `nil` where it is none of these.
    ///
    /// - Throws: as ``directory(named:)`` and ``Zoo/load(path:format:name:fineTuning:)`` do.
    public static func load(_ name: String) throws -> Zoo? {
        guard let directory = try directory(named: name) else { return nil }
        // Where its files lie is the installation's affair.
        return try Zoo.load(path: directory.path, format: .tidy, name: name).copy(source: "built in")
    }

    private static var places: [URL] {
        var places: [URL] = []
        if let named = ProcessInfo.processInfo.environment["TGKERNEL_ZOOS"] {
            places.append(URL(fileURLWithPath: named))
        }
        let program = RunningProgram.folder
        places.append(program.appendingPathComponent("TransferGraph_TransferGraphCore.resources/Zoos"))
        places.append(program.deletingLastPathComponent().appendingPathComponent("share/tgkernel/zoos"))
        return places
    }
}
