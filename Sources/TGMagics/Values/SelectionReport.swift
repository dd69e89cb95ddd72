import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import Support
import Sweeps
import TransferGraphCore

/// The content of a report: for each target an answer with its evidence, how far to trust it, and how it was made.
struct SelectionReport {
    let zoo: Zoo
    let method: String
    let seed: UInt64
    let recommendations: [any Recommendation]
    /// Why there is no recommendation for some datasets, one sentence each.
    let silent: [String]
    /// The constraints on the models, in words.
    let limits: [String]
    /// Which datasets it covers, if nobody named them.
    let targetsNote: String
    /// `nil` if none was wanted, or the zoo has no targets to evaluate on.
    let evaluation: EvaluationValue?
    /// Which datasets the evaluation covers, if not all.
    let evaluationNote: String
    /// The part of the graph around the dataset; `nil` if the answer does not use a graph.
    let graph: Drawing?
    /// The cells of the session so far, including this one.
    let commands: [String]
    /// The file that requested it, if one did.
    let script: (file: String, text: String)?
    let contentHash: String
    let date: String

    var document: Document {
        let isOne = recommendations.count == 1
        var parts: [Document.Part] = [
            .paragraph(
                "\(zoo.models.count.counted("model")), \(zoo.datasets.count.counted("dataset")) and \(zoo.results.count.counted("result")) of the zoo \(zoo.name).\(targetsNote.isEmpty ? "" : " \(targetsNote)")"
            )
        ]
        if !limits.isEmpty { parts.append(.paragraph("Asked for: \(limits.joined(separator: "; ")).")) }
        for value in recommendations {
            let target = zoo.datasets[value.prediction.target].name
            parts.append(.heading("For \(target): which model to fine-tune\(value.goesByResults ? " next" : "")?"))
            parts.append(.paragraph(answer(value)))
            parts += value.reportTables.map(Document.Part.table)
            parts += value.charts.map { .drawing($0.drawing) }
            parts.append(.folded("What would change the answer", [.list(changes(value))]))
        }
        if !silent.isEmpty { parts += [.heading("No recommendation"), .list(silent)] }
        parts += trust
        parts.append(.heading("What this rests on"))
        parts.append(
            .folded(
                graph == nil ? "The zoo" : "The zoo and its graph",
                [.table(ZooValue(zoo).contents)] + (graph.map { [.drawing($0)] } ?? [])))
        parts.append(.folded("How this was made", [.table(provenance)] + made))
        parts.append(.folded("What the words mean", [.list(glossary)]))
        let title =
            isOne
            ? "Which model to fine-tune for \(zoo.datasets[recommendations[0].prediction.target].name)"
            : "Which model to fine-tune: \(zoo.name)"
        return Document(title: title, date: date, parts: parts)
    }

    // MARK: The answer

    private func names(_ models: some Sequence<Int>) -> [String] { models.map { zoo.models[$0].name } }

    private let figure = NumberFormat.decimals(2).text

    /// Three sentences: what to do, the expected result, how far to trust it.
    private func answer(_ value: any Recommendation) -> String {
        guard let first = value.models.first else {
            return "There is no answer: \(method) can predict no model here. Another method may."
        }
        let name = zoo.models[first].name
        if let (keep, reason) = value.stop {
            let rest =
                value.choiceCount == 1
                ? "\(name) is the only model that may still be chosen." : "If you go on, the next would be \(name)."
            return [
                "Stop here and keep \(zoo.models[keep.model].name), the best so far: \(reason).", rest,
                expectation(value, first), trustInShort,
            ].joined(separator: " ")
        }
        let next = names(value.models.dropFirst().prefix(2))
        let first3 =
            "Fine-tune \(name) \(value.goesByResults ? "next" : "first")"
            + (value.choiceCount == 1
                ? ", the only model that may be chosen."
                : (next.isEmpty ? "," : ", then \(next.joined(separator: " and ")),")
                    + " of \(value.choiceCount.counted("model")) that may be chosen.")
        return [first3, expectation(value, first), trustInShort].joined(separator: " ")
    }

    /// How often intervals held the result where that was measured; empty if it was not.
    private func held(_ value: any Recommendation) -> String {
        guard let evaluation, let found = evaluation.statistics[method], let share = found.coverage else { return "" }
        let percent = { (share: Double) in "\(NumberFormat.decimals(0).text(share * 100)) %" }
        let target = value.prediction.target
        let own = evaluation.evaluation.targets.firstIndex(of: target).flatMap { found.targetCoverage[$0] }
        let datasets = evaluation.statistics.targets.count.counted("dataset")
        return
            " (measured on \(datasets), such intervals held \(percent(share)) of the results\(own.map { "; on \(zoo.datasets[target].name) itself, its results held out, \(percent($0))" } ?? ""))"
    }

    private func expectation(_ value: any Recommendation, _ first: Int) -> String {
        if let (metric, results) = value.expectedInUnits, let result = results.first.flatMap(\.self) {
            let words = UnitWords(metric)
            let best = (value.stop == nil ? value.bestSoFar : nil).map {
                "; the best result so far is \(words.text($0.value)), of \(zoo.models[$0.model].name)"
            }
            // A random number tells nothing of the model that has it.
            let subject = scale == .random ? "A model drawn at random is expected" : "\(method) expects it"
            return
                "\(subject) to reach \(words.text(result.mean)) (\(metric.phrase), \(metric.scale.phrase)), with the 80 % interval between \(words.between(result.interval))\(held(value))\(best ?? "").\(known(value, first))"
        }
        let predicted = figure(value.prediction.values[first] ?? .nan)
        let interval = value.prediction.intervals?[first].map {
            ", with the 80 % interval between \(figure($0.lowerBound)) and \(figure($0.upperBound))\(held(value))"
        }
        return
            "\(method) predicts \(predicted) for the first\(interval ?? ""), \(scale == .place ? "a place among the models" : scale.phrase(on: zoo.datasets[value.prediction.target].name)); not a result: the range of results is unknown there.\(known(value, first))"
    }

    /// The result of the recommended model that was held out; empty if there is none.
    private func known(_ value: any Recommendation, _ first: Int) -> String {
        guard !value.goesByResults, let result = zoo.result(first, on: value.prediction.target) else { return "" }
        return " The zoo has its result there, which was held out: \(NumberFormat.figures.text(result))."
    }

    private var trustInShort: String {
        guard let found = evaluation?.statistics[method], let mean = found[.pearson]?.mean else {
            return "How far that can be trusted was not measured here."
        }
        let history = evaluation?.statistics["history"]?[.pearson]?.mean
        // Among a dozen models or fewer, five tried in any order lose little.
        let isTelling = (evaluation?.evaluation.targets ?? []).allSatisfy { zoo.results.column($0).count > 12 }
        return
            "On datasets whose results it was not shown, its predictions and what came out had a mean correlation of \(figure(mean))"
            + (method == "history"
                ? "" : history.map { " (the plain mean of a model's other results: \(figure($0)))" } ?? "")
            + (found[.scaledRegret(at: isTelling ? 5 : 1)]?.mean.map {
                ", and trying its first \(isTelling ? "five" : "choice alone") lost \(NumberFormat.decimals(0).text($0 * 100)) % of the range between worst and best"
            } ?? "") + "."
    }

    private func changes(_ value: any Recommendation) -> [String] {
        var items: [String] = []
        let target = value.prediction.target
        let values = value.prediction.values
        let open = value.prediction.ranking.filter { value.candidates.isAllowed[$0] }
        if let intervals = value.prediction.intervals, let first = value.models.first, let own = intervals[first] {
            let others = open.filter { $0 != first }
            let rivals = others.count { (intervals[$0]?.upperBound ?? -.infinity) >= own.lowerBound }
            let reach =
                "The \(rivals == 1 ? "interval of 1 other model reaches" : "intervals of \(rivals.counted("other model")) reach") into that of the first"
            items.append(
                others.isEmpty
                    ? "No other model may be chosen: nothing changes the order."
                    : rivals == 0
                        ? "The interval of the first model lies above \(others.count == 1 ? "that of the other" : "all others"): only a surprise changes the order."
                        : value.stop == nil && rivals < 4
                            ? "\(reach): fine-tuning \(rivals == 1 ? "both" : "them too") decides between them."
                            : "\(reach): which of them is best is open, and each further result on this dataset narrows it."
            )
        }
        if !limits.isEmpty, let first = value.models.first,
            let better = value.prediction.ranking.first(where: {
                !value.candidates.isAllowed[$0] && zoo.results[model: $0, dataset: target] == nil
                    || !value.candidates.isAllowed[$0] && !value.goesByResults
            }), (values[better] ?? -.infinity) > (values[first] ?? -.infinity)
        {
            items.append("Without the limits \(zoo.models[better].name) would be predicted higher than the first.")
        }
        let silent = values.count { $0 == nil }
        if silent > 0 {
            items.append(
                "\(silent.counted("model")) \(silent == 1 ? "has" : "have") no prediction: a result on any dataset would give one."
            )
        }
        if zoo.scores.allSatisfy({ $0.values.column(target).isEmpty }) {
            items.append(
                "No transferability score of a model on this dataset is known: scores of its features would add evidence."
            )
        }
        if let distances = zoo.distances,
            !(0..<distances.count).contains(where: { $0 != target && distances[target, $0] != nil })
        {
            items.append(
                "Nothing says which datasets are like this one: distances would let results on those count more.")
        }
        let known = zoo.results.column(target).count
        let results = known.counted("result")
        items.append(
            known == 0
                ? "No model has a result on this dataset yet: the first few tell most."
                : value.goesByResults
                    ? "The answer uses the \(results) that this dataset has: each further one may change it."
                    : "The \(results) that the zoo has on this dataset \(known == 1 ? "was" : "were") held out: used to judge the answer, not to make it."
        )
        return items
    }

    // MARK: Trust

    private var trust: [Document.Part] {
        guard let evaluation else { return [] }
        var parts: [Document.Part] = [
            .heading("How far this can be trusted"),
            .paragraph(
                "Each dataset in turn was treated as new: its results were held out, predicted, and compared. \(evaluationNote)"
            ), .table(evaluation.mainMeans),
        ]
        parts += evaluation.charts.map { .drawing($0.drawing) }
        parts.append(.folded("By further measures", [.table(evaluation.furtherMeans)]))
        if evaluation.evaluation.targets.count > 1 {
            parts.append(.folded("Each dataset", [.table(evaluation.mainDetails)]))
        }
        return parts
    }

    // MARK: Provenance

    private var provenance: Table {
        Table(
            columns: [.init("what"), .init("value")],
            rows: [
                ("date", date), ("program", "TransferGraph \(InterpreterInfo.version)"),
                ("kind of processor", ProcessorKind.name), ("zoo", zoo.name), ("read from", zoo.source),
                ("format", zoo.format), ("content", contentHash), ("method", method), ("seed", "\(seed)"),
            ].map { [.text($0.0), .text($0.1)] },
            notes: [
                "The content is the hash of the zoo's tables as %zoo save writes them. The same commands on a zoo with the same content give the same figures, up to the last digits on another kind of processor. Every command, oldest first:"
            ])
    }

    private var made: [Document.Part] {
        let parts: [Document.Part] = [.code(commands)]
        guard let script else { return parts }
        return parts + [.paragraph("The file \(script.file):"), .code([script.text.trimmed])]
    }

    private var scale: PredictionScale { MethodCatalog.scale(of: method, in: zoo) }

    private var glossary: [String] { ["Predicted by \(method): \(scale.phrase(on: "the dataset"))."] + Self.glossary }

    private static let glossary = [
        "80 % interval: made to hold the result in four of five cases; how many it held is measured on other datasets (inside 80 %).",
        "Expected result: the prediction in the dataset's own units, by the ranges of results on other datasets and by its own where there are some.",
        "Expected gain: by how much a model is expected to raise the best result so far.",
        "Pearson: the linear correlation of predicted and actual; 1 is perfect, 0 is none. Spearman and Kendall: the same of their orders; weighted Kendall counts the top more.",
        "regret@k: the best result there is, minus the best among the first k models, in the dataset's own unit; of range: over the range between its worst and best result.",
        "History: the mean of a model's results on other datasets, each scaled from 0 to 1; hard to beat.",
        "Transferability score: a figure from a model's features on the dataset, without fine-tuning.",
        "p: the chance of a difference this large if there were none, by a sign-flip test over the datasets.",
    ]

}

extension Zoo {
    /// The data that predictions are made from, including the user's results, as one hash (SHA-256 of the saved
    /// tables).
    ///
    /// - Complexity: O(results); some tenths of a second for a hundred thousand.
    func contentHash() throws(Cancelled) -> String {
        let tables = try ZooWriter(self).content(includingMeasurements: false)
        let lines = tables.map { "\($0.file.name) \(SHA256.hexadecimal(of: $0.data))\n" }
        return "sha256:" + SHA256.hexadecimal(of: Data(lines.joined().utf8))
    }
}
