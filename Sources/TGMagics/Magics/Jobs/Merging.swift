import CellLanguage
import Sweeps
import TransferGraphCore

/// Merges the parts in a folder into one value.
struct Merging {
    let sweep: any Sweep
    let plan: SweepPlan
    let folder: SweepFolder

    /// A folder's sweep, reconstructed from its command.
    ///
    /// - Throws: `UserError` named `PartError` if the folder has none, or this program would compute something else.
    init(_ path: String, state: SessionState) throws {
        folder = SweepFolder(path)
        guard let plan = try folder.plan() else {
            throw UserError(
                "PartError", "'\(path)' holds no parts.", place: .init(file: path),
                hint: "It is the directory that --out named.")
        }
        self.plan = plan
        let folder = folder
        sweep = try Self.sweep(plan.sweep.command, of: folder) { try SweepZoo.zoo(in: folder, of: plan, or: state) }
        let differences = plan.sweep.differences(from: sweep.description)
        guard differences.isEmpty else {
            throw UserError(
                "PartError",
                "The parts do not match what this program would compute: there \(differences.joined(separator: "; ")).",
                place: .init(file: folder.planPath), hint: "Run the parts again, into another folder.")
        }
    }

    private static func sweep(
        _ command: [String], of folder: SweepFolder, zoo: () throws -> SweepZoo
    ) throws -> any Sweep {
        let registry = MagicRegistry.standard
        // Features always need a folder, which does not identify the sweep.
        let words = command.first == FeaturesMagic._commandName ? ["--out=\(folder.path)"] : []
        guard let name = command.first, let magic = registry[name],
            let parsed = try registry.parsed(magic, taking: Array(command.dropFirst()) + words) as? any SweepMagic
        else {
            throw UserError("PartError", "The command '\(command.joined(separator: " "))' cannot be run in parts.")
        }
        return try parsed.sweep(on: zoo)
    }

    init(_ sweep: any Sweep, plan: SweepPlan, folder: SweepFolder) {
        self.sweep = sweep
        self.plan = plan
        self.folder = folder
    }

    /// The value of all parts merged.
    ///
    /// - Throws: `UserError` named `PartError`; ``Cancelled``.
    func value(mixingProcessors isMixed: Bool, work: Work) throws -> any SessionValue {
        let parts = try folder.allParts(of: plan, mixingProcessors: isMixed)
        do {
            return try sweep.value(
                of: Self.records(parts), in: MergePlace(folder: folder, plan: plan), work: work)
        } catch is ByteReader.Failure {
            throw UserError(
                "PartError", "The parts' content cannot be read as results.", place: .init(file: folder.path),
                hint: "Run them again, into another folder.")
        }
    }

    /// The results by task.
    static func records(_ parts: [Part]) -> [Int: [UInt8]] {
        var records: [Int: [UInt8]] = [:]
        for part in parts { for (task, record) in zip(part.head.tasks, part.records) { records[task] = record } }
        return records
    }
}
