import CellLanguage
import Foundation
import Support
import Sweeps
import TransferGraphCore

/// A sweep's zoo with the tables that identify it. The sweep's folder keeps a copy, so that every part and the merging
/// use the same one.
struct SweepZoo: Sendable {
    let zoo: Zoo
    /// The hash of each table.
    let inputs: [SweepDescription.Input]
    private let files: [(file: ZooWriter.File, data: Data)]

    private static let nameInput = "the zoo's name"
    private static let folderName = "zoo"

    init(_ zoo: Zoo) throws {
        self.zoo = zoo
        files = try ZooWriter(zoo).content(includingMeasurements: false)
        inputs =
            [SweepDescription.Input(Self.nameInput, hash: zoo.name)]
            + files.map { SweepDescription.Input("the zoo's \($0.file.name)", hash: SHA256.hexadecimal(of: $0.data)) }
    }

    /// The zoo that a folder keeps; `nil` if it keeps none.
    private static func load(from folder: SweepFolder) throws -> SweepZoo? {
        guard isKept(in: folder) else { return nil }
        let name = try folder.plan()?.sweep.inputs.first { $0.name == nameInput }?.hash
        return try SweepZoo(
            try Zoo.load(paths: [folder.file(folderName)], options: .init(), name: name, work: .unwatched))
    }

    private static func isKept(in folder: SweepFolder) -> Bool {
        FileManager.default.fileExists(atPath: folder.file(folderName) + "/records.csv")
    }

    /// Keeps the zoo in the folder, unless it is there already.
    func keep(in folder: SweepFolder) throws {
        if Self.isKept(in: folder) { return }
        let begun = folder.file(".zoo-\(String(UInt64.random(in: .min ... .max), radix: 36))")
        defer { try? FileManager.default.removeItem(atPath: begun) }
        _ = try ZooWriter(zoo).write(files, to: begun)
        // If another part was faster, its copy stays.
        guard rename(begun, folder.file(Self.folderName)) == 0 || Self.isKept(in: folder) else {
            throw UserError(
                "FileNotWritable", "The zoo cannot be kept in '\(folder.path)': \(String(cString: strerror(errno))).",
                place: .init(file: folder.path))
        }
    }

    /// Whether the folder's copy, read again, is this zoo.
    func isKeptUnchanged(in folder: SweepFolder) throws -> Bool { try Self.load(from: folder)?.inputs == inputs }

    /// The zoo for a part: the session's, else the folder's.
    ///
    /// - Throws: as `requireZoo`.
    static func zoo(of state: SessionState, or folder: SweepFolder) throws -> SweepZoo {
        if state.zoo == nil, let copy = try load(from: folder) { return copy }
        return try SweepZoo(state.requireZoo())
    }

    /// The zoo for merging: the folder's; the session's if the folder has none, or if its tables no longer give the zoo
    /// that the parts had.
    static func zoo(in folder: SweepFolder, of plan: SweepPlan, or state: SessionState) throws -> SweepZoo {
        guard let copy = try load(from: folder) else { return try SweepZoo(state.requireZoo()) }
        if let zoo = state.zoo, !copy.inputs.allSatisfy(plan.sweep.inputs.contains) { return try SweepZoo(zoo) }
        return copy
    }
}
