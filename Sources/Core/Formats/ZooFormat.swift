import Foundation
import Support

/// The layouts of files that a zoo can be read from.
public enum ZooFormat: String, Sendable, CaseIterable {
    /// Whichever the files look like.
    case auto
    /// This project's own layout: `records.csv` with `model,dataset,score`, and further tables beside it.
    case tidy
    /// A directory as published with "Model Selection with Model Zoo via Graph Learning" (ICDE 2024).
    case transfergraph
    /// A table of any shape, long or wide.
    case table
    /// Model cards and a cache of the Hugging Face hub.
    case huggingface
    /// The documents of TensorFlow Hub.
    case tfhub
    /// The pages of PyTorch Hub.
    case pytorchHub = "pytorch-hub"
    /// torchvision's weights, as JSON.
    case torchvision
    /// The results tables of PyTorch Image Models.
    case timm
    /// The table of Keras Applications.
    case keras
    /// A results folder of the Massive Text Embedding Benchmark.
    case mteb
    /// Evaluation tables of Papers with Code.
    case paperswithcode
    /// The corpora of ModelLens (Cai et al. 2026).
    case modellens
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
    /// - Throws: ``UserError``: `FileNotFound`, or `ZooFormatError` with the file and line.
    /// - Complexity: linear in the files' sizes; distances take the square of the number of datasets.
    public static func load(
        path: String, format: ZooFormat = .auto, name: String? = nil, fineTuning: FineTuning = .full
    ) throws(UserError) -> Zoo {
        let expanded = LocalPath(path).text
        var directory = URL(fileURLWithPath: expanded)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory) else {
            throw UserError(
                "FileNotFound", "There is no zoo at '\(path)': no such file or directory.", place: .init(file: path),
                hint: hint(beside: directory))
        }
        if !isDirectory.boolValue {
            guard directory.lastPathComponent == "records.csv" else {
                throw UserError(
                    "ZooFormatError", "'\(path)' is a file; a zoo is a directory with a records.csv in it.",
                    place: .init(file: path), hint: "Give the directory.")
            }
            directory = directory.deletingLastPathComponent()
        }
        guard FileManager.default.fileExists(atPath: directory.appendingPathComponent("records.csv").path) else {
            throw UserError(
                "ZooFormatError", "The directory '\(path)' is no zoo: it has no records.csv.", place: .init(file: path),
                hint: hint(inside: directory))
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
        default:
            throw UserError("ZooFormatError", "There is no reader of the format '\(format.rawValue)' yet.")
        }
    }

    private static func hint(beside url: URL) -> String {
        let parent = url.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        let near = NearestNames.nearest(to: url.lastPathComponent, in: names.filter { !$0.hasPrefix(".") }.sorted())
        return near.isEmpty
            ? "Check the path; it is taken from the notebook's directory."
            : "In \(parent.path) there is \(near.joined(separator: ", "))."
    }

    private static func hint(inside url: URL) -> String {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
        let zoos = names.filter {
            FileManager.default.fileExists(atPath: url.appendingPathComponent("\($0)/records.csv").path)
        }
        return zoos.isEmpty
            ? "A zoo's directory holds at least a records.csv with the columns model, dataset and score."
            : "There are zoos in its directories \(zoos.joined(separator: ", "))."
    }
}
