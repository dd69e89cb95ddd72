import CellLanguage
import Foundation
import Support
import Sweeps
import TransferGraphCore

/// The zoo of a sweep, kept in its folder so that every part and the merging have the same one.
enum SweepZoo {
    private static let nameInput = "the zoo's name"

    /// What tells the zoo from any other: the hash of each of its tables.
    static func inputs(_ zoo: Zoo) throws -> [SweepDescription.Input] {
        [SweepDescription.Input(nameInput, hash: zoo.name)]
            + (try ZooWriter(zoo).content(includingMeasurements: false)).map { file in
                SweepDescription.Input("the zoo's \(file.file.name)", hash: SHA256.hexadecimal(of: file.data))
            }
    }

    /// The zoo that a folder keeps; `nil` where it keeps none.
    static func load(from folder: SweepFolder, work: Work = .unwatched) throws -> Zoo? {
        let path = folder.file("zoo")
        guard FileManager.default.fileExists(atPath: path + "/records.csv") else { return nil }
        let name = try folder.plan()?.sweep.inputs.first { $0.name == nameInput }?.hash
        return try Zoo.load(paths: [path], options: .init(), name: name, work: work)
    }

    /// Keeps the zoo in the folder, where it is not there yet and can be kept without change.
    ///
    /// - Returns: whether the folder has it.
    static func keep(_ zoo: Zoo, in folder: SweepFolder) throws -> Bool {
        let path = folder.file("zoo")
        if FileManager.default.fileExists(atPath: path + "/records.csv") { return true }
        let begun = folder.file(".zoo-\(String(UInt64.random(in: .min ... .max), radix: 36))")
        defer { try? FileManager.default.removeItem(atPath: begun) }
        let writer = ZooWriter(zoo)
        _ = try writer.write(writer.content(includingMeasurements: false), to: begun)
        let copy = try Zoo.load(paths: [begun], options: .init(), name: zoo.name, work: .unwatched)
        guard try inputs(copy) == inputs(zoo) else { return false }
        // Where another part was faster its copy stays.
        return rename(begun, path) == 0 || FileManager.default.fileExists(atPath: path + "/records.csv")
    }

    /// The zoo for a part: the session's, else the folder's.
    ///
    /// - Throws: as `requireZoo`.
    static func zoo(of state: SessionState, or folder: SweepFolder?) throws -> Zoo {
        if let zoo = state.zoo { return zoo }
        if let folder, let zoo = try load(from: folder) { return zoo }
        return try state.requireZoo()
    }

    /// The zoo for merging: the folder's, else the session's.
    static func zoo(in folder: SweepFolder, or state: SessionState) throws -> Zoo {
        if let zoo = try load(from: folder) { return zoo }
        return try state.requireZoo()
    }
}
