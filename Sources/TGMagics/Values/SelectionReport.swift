import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import TransferGraphCore

/// What a report says: for each target an answer with what it rests on, how far it can be trusted, and what made it.
struct SelectionReport {
    let zoo: Zoo
    let method: String
    let seed: UInt64
    let recommendations: [RecommendationValue]
    /// `nil` where none was wanted, or the zoo has no targets to evaluate on.
    let evaluation: EvaluationValue?
    /// Which datasets the evaluation is of, where not of all.
    let evaluationNote: String
    let graph: Drawing
    /// The cells of the session so far, this one included.
    let commands: [String]
    let date: String

    var document: Document {
        let isOne = recommendations.count == 1
        var parts: [Document.Part] = [
            .paragraph(
                "\(count(zoo.models.count)) models, \(count(zoo.datasets.count)) datasets and \(count(zoo.results.count)) fine-tuning results of the zoo \(zoo.name)."
            )
        ]
        for value in recommendations {
            let target = zoo.datasets[value.prediction.target].name
            parts.append(.heading("For \(target): which model to fine-tune?"))
            parts.append(.paragraph(answer(value)))
            parts.append(.table(value.table))
            parts += value.drawings.map(Document.Part.drawing)
            parts.append(.folded("What would change the answer", [.list(changes(value))]))
        }
        parts += trust
        parts.append(.heading("What this rests on"))
        parts.append(
            .folded(isOne ? "The zoo" : "The zoo and its graph", [.table(ZooValue(zoo).contents), .drawing(graph)]))
        parts.append(.folded("How this was made", [.table(provenance), .list(commands)]))
        parts.append(.folded("What the words mean", [.list(Self.glossary)]))
        let title =
            isOne
            ? "Which model to fine-tune for \(zoo.datasets[recommendations[0].prediction.target].name)"
            : "Which model to fine-tune: \(zoo.name)"
        return Document(title: title, date: date, parts: parts)
    }

    // MARK: The answer

    private func names(_ models: some Sequence<Int>) -> [String] { models.map { zoo.models[$0].name } }

    private func answer(_ value: RecommendationValue) -> String {
        let ranking = value.prediction.ranking
        guard let first = ranking.first else {
            return "There is no answer: \(method) can say nothing of any model here. Another method may."
        }
        let next = names(ranking.dropFirst().prefix(2))
        let figure = NumberFormat.decimals(2).text
        var sentences = [
            "Fine-tune \(zoo.models[first].name) first"
                + (next.isEmpty ? "." : ", then \(next.joined(separator: " and ")), of \(count(ranking.count)) models.")
        ]
        let predicted = figure(value.prediction.values[first] ?? .nan)
        let interval = value.prediction.intervals?[first].map {
            ", in four of five cases between \(figure($0.lowerBound)) and \(figure($0.upperBound))"
        }
        sentences.append("\(method) predicts \(predicted) for the first\(interval ?? "").")
        if let found = evaluation?.statistics[method], let mean = found[.pearson]?.mean {
            let history = evaluation?.statistics["history"]?[.pearson]?.mean
            let lost = found[.scaledRegret(at: 5)]?.mean
            sentences.append(
                "On datasets whose results it was not shown, its predictions and what came out had a mean correlation of \(figure(mean))"
                    + (method == "history"
                        ? "" : history.map { " (the plain mean of a model's other results: \(figure($0)))" } ?? "")
                    + (lost.map {
                        ", and trying its first five lost \(NumberFormat.decimals(0).text($0 * 100)) % of the range between worst and best"
                    } ?? "") + ".")
        } else {
            sentences.append("How far that can be trusted was not measured here.")
        }
        return sentences.joined(separator: " ")
    }

    private func changes(_ value: RecommendationValue) -> [String] {
        let ranking = value.prediction.ranking
        var items: [String] = []
        if let intervals = value.prediction.intervals, let first = ranking.first, let own = intervals[first] {
            let rivals = ranking.dropFirst().count { (intervals[$0]?.upperBound ?? -.infinity) >= own.lowerBound }
            items.append(
                rivals == 0
                    ? "The interval of the first model lies above all others: only a surprise changes the order."
                    : "The intervals of \(count(rivals)) other models reach into that of the first: fine-tuning two or three of those listed decides between them."
            )
        }
        let silent = value.prediction.values.count { $0 == nil }
        if silent > 0 {
            items.append(
                "\(count(silent)) models have no prediction: a result of theirs on any dataset would give them one.")
        }
        let target = value.prediction.target
        if zoo.scores.allSatisfy({ $0.values.column(target).isEmpty }) {
            items.append(
                "No transferability score is known on this dataset: scores of its features would add evidence.")
        }
        if let distances = zoo.distances,
            !(0..<distances.count).contains(where: { $0 != target && distances[target, $0] != nil })
        {
            items.append(
                "Nothing says which datasets are like this one: distances would let results on those count more.")
        }
        let known = zoo.results.column(target).count
        items.append(
            known == 0
                ? "No model has a result on this dataset yet: the first few tell most."
                : "The \(count(known)) results that the zoo has on this dataset were held out; they judge the answer and did not make it."
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
            ), .table(evaluation.means.without("s a target")),
        ]
        parts += evaluation.charts.map { .drawing($0.drawing) }
        if evaluation.evaluation.targets.count > 1 {
            parts.append(.folded("Each dataset", [.table(evaluation.details)]))
        }
        return parts
    }

    // MARK: Provenance

    private var provenance: Table {
        Table(
            columns: [.init("what"), .init("value")],
            rows: [
                ("date", date), ("program", "TransferGraph \(InterpreterInfo.version)"), ("zoo", zoo.name),
                ("read from", zoo.source), ("format", zoo.format), ("content", zoo.contentHash), ("method", method),
                ("seed", "\(seed)"),
            ].map { [.text($0.0), .text($0.1)] },
            notes: ["The commands, oldest first, make the same figures again from a zoo with the same content:"])
    }

    private static let glossary = [
        "Predicted: where a method learns from results, 0 stands for the worst model on the dataset and 1 for the best; transferability scores keep their own scale.",
        "80 % interval: in four of five cases the result lies inside.",
        "Pearson: the linear correlation of predicted and actual; 1 is perfect, 0 is none. Spearman and Kendall: the same of their orders; weighted Kendall counts the top more.",
        "regret@k: the best result there is, minus the best among the first k models, in the dataset's own unit; of range: over the range between its worst and best result.",
        "History: the mean of a model's results on other datasets, each scaled from 0 to 1; hard to beat.",
        "Transferability score: a figure from a model's features on the dataset, without fine-tuning.",
        "p: the chance of a difference this large if there were none, by a sign-flip test over the datasets.",
    ]

    private func count(_ value: Int) -> String { NumberFormat.count.text(Double(value)) }
}

extension RecommendationValue {
    /// The drawings of ``figures``, of which a report makes pictures of its own.
    var drawings: [Drawing] { charts.map(\.drawing) }
}

extension Zoo {
    /// A hash of all that predictions are made from: names, results, scores and distances (FNV-1a, 64 bits).
    var contentHash: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        func add(_ value: Double) {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                hash = (hash ^ (value.bitPattern >> shift & 0xFF)) &* 0x100_0000_01B3
            }
        }
        for model in models { add(model.name) }
        for dataset in datasets { add(dataset.name) }
        for table in [results] + scores.map(\.values) {
            for entry in table.entries {
                add(Double(entry.model))
                add(Double(entry.dataset))
                add(entry.value)
            }
        }
        for distance in distances?.values ?? [] where !distance.isNaN { add(distance) }
        let digits = String(hash, radix: 16)
        return "fnv1a:" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
