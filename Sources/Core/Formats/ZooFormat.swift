import Foundation
import Support

/// The layouts of files that a zoo can be read from.
public enum ZooFormat: String, Sendable, CaseIterable {
    /// Whichever the directory looks like.
    case auto
    /// A directory as published with "Model Selection with Model Zoo via Graph Learning" (ICDE 2024).
    case transfergraph
    /// This project's own layout: `records.csv` with `model,dataset,score`, and further tables beside it.
    case tidy
}

/// Which of the runs in a zoo's records count.
public enum FineTuning: String, Sendable, CaseIterable {
    /// All parameters were trained.
    case full
    /// Low-rank adapters were trained (Hu et al., "LoRA", ICLR 2022).
    case lora
}

extension Zoo {
    /// Reads the zoo in the directory at `path`.
    ///
    /// - Parameters:
    ///   - path: a directory, or a `records.csv` inside one.
    ///   - name: the name for the session; the directory's own name where `nil`.
    ///   - fineTuning: which runs count, in formats that tell them apart.
    /// - Throws: ``ZooError``, with the file and line where one is at fault.
    /// - Complexity: linear in the files' sizes; distances take the square of the number of datasets.
    public static func load(
        path: String, format: ZooFormat = .auto, name: String? = nil, fineTuning: FineTuning = .full
    ) throws(ZooError) -> Zoo {
        let expanded = LocalPath(path).text
        var directory = URL(fileURLWithPath: expanded)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory) else {
            let folder = directory.deletingLastPathComponent().path
            throw .notFound(path: path, folder: folder, neighbours: names(in: folder))
        }
        if !isDirectory.boolValue {
            guard directory.lastPathComponent == "records.csv" else {
                throw .notADirectory(path: path)
            }
            directory = directory.deletingLastPathComponent()
        }
        guard FileManager.default.fileExists(atPath: directory.appendingPathComponent("records.csv").path) else {
            let zoos = names(in: directory.path).filter {
                FileManager.default.fileExists(atPath: directory.appendingPathComponent("\($0)/records.csv").path)
            }
            throw .noRecords(path: path, zoos: zoos)
        }
        let zooName = name ?? directory.standardizedFileURL.lastPathComponent
        switch format {
        case .transfergraph:
            return try TransferGraphFormat.load(directory, name: zooName, fineTuning: fineTuning)
        case .tidy:
            return try TidyFormat.load(directory, name: zooName)
        case .auto:
            let published = ["model_config_dataset.csv", "transferability_score_records.csv"].contains {
                FileManager.default.fileExists(atPath: directory.appendingPathComponent($0).path)
            }
            return published
                ? try TransferGraphFormat.load(directory, name: zooName, fineTuning: fineTuning)
                : try TidyFormat.load(directory, name: zooName)
        }
    }

    /// What is in a folder and not hidden, in order.
    private static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}
