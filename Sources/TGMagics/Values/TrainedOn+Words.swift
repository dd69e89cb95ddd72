import JupyterKernel
import Presentation
import TransferGraphCore

/// Words for models that were trained on what they are tested on.
extension TrainedOn {
    /// The column of ``cell(model:dataset:)``.
    static let column = Table.Column("trained on it")

    /// Whether a model was trained on a dataset; empty if it was not, or if unknown.
    func cell(model: Int, dataset: Int) -> Table.Cell {
        guard contains(model: model, dataset: dataset) else { return .missing }
        return .text(isInherited(model: model, dataset: dataset) ? "yes, by its parent" : "yes")
    }

    /// What the models' records rest on, a sentence each: which were trained on the target, which have results on their
    /// training data, and whose training data is unknown.
    func notes(of models: [Int], target: Int, in zoo: Zoo) -> [String] {
        if isEmpty {
            return ["The zoo does not say what its models were trained on: some may have seen what they are judged by."]
        }
        var notes: [String] = []
        let name = { (model: Int) in zoo.models[model].name.singleLine(limit: 60) }
        let onTarget = models.filter { contains(model: $0, dataset: target) }
        if !onTarget.isEmpty {
            notes.append(
                "Trained on \(zoo.datasets[target].name.singleLine(limit: 40)) itself: \(Self.listed(onTarget.map(name)))."
            )
        }
        let resting = models.compactMap { model -> String? in
            let count = results(of: model, in: zoo).count { $0 != target }
            if count == 0 { return nil }
            let all = zoo.datasets.indices.count { $0 != target && zoo.results[model: model, dataset: $0] != nil }
            return "\(name(model)) \(count) of \(all)"
        }
        if !resting.isEmpty {
            notes.append(
                "Results on datasets that the model was trained on, which say less of others: \(Self.listed(resting)). --exclude-trained-on leaves them out."
            )
        }
        let unknown = models.filter { !isKnown($0) }
        if !unknown.isEmpty {
            notes.append(
                "Nothing is known of what \(Self.listed(unknown.map(name))) \(unknown.count == 1 ? "was" : "were") trained on."
            )
        }
        return notes
    }

    /// By model, whether it was trained on a dataset; `null` if its training data is unknown.
    func json(_ model: Int, on dataset: Int) -> JSON {
        isKnown(model) ? .bool(contains(model: model, dataset: dataset)) : .null
    }

    static func leftOutNote(_ count: Int, of all: Int) -> String {
        count == 0
            ? "--exclude-trained-on left nothing out: no result is of a model on a dataset that it is known to have been trained on."
            : "Left out: \(NumberFormat.count.text(Double(count))) of \(NumberFormat.count.text(Double(all))) results, of models on datasets that they were trained on."
    }

    private static func listed(_ names: [String]) -> String {
        names.count <= 6
            ? names.joined(separator: ", ")
            : names.prefix(5).joined(separator: ", ") + " and \(names.count - 5) more"
    }
}
