import Foundation
import TransferGraphCore

/// Zoos from a few lines of text.
enum TableCase {
    static func zoo(_ records: String, options: ReadingOptions = ReadingOptions(), _ files: [String: String] = [:])
        throws -> Zoo
    {
        let directory = try TemporaryZoo(["records.csv": records].merging(files) { _, given in given })
        return try Zoo.load(paths: [directory.path], options: options)
    }

    /// The result of a model on a dataset, in the dataset's own direction.
    static func result(_ zoo: Zoo, _ model: String, _ dataset: String) throws -> Double? {
        try zoo.result(zoo.model(named: model), on: zoo.dataset(named: dataset))
    }

    static func metric(_ zoo: Zoo, _ dataset: String) throws -> DatasetMetric {
        zoo.datasets[try zoo.dataset(named: dataset)].metric
    }

    static func note(_ zoo: Zoo, _ part: String) -> LoadReport.Item? {
        zoo.report.items.first { $0.what.contains(part) }
    }
}
