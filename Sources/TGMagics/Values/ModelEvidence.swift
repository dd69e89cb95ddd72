import JupyterKernel
import Presentation
import TransferGraphCore

/// The evidence for some models: explanations of the method's predictions, or plain facts if it has none.
struct ModelEvidence {
    private let models: [Int]
    /// One per model; empty if the method cannot explain.
    private let explanations: [Explanation]
    /// Plain facts, for models without an explanation.
    private let facts: Evidence?
    /// Whether the method could have told what moved its predictions, and was not asked.
    private let isAbridged: Bool

    /// - Parameter explains: whether to ask the method for explanations, which may take a moment.
    /// - Throws: ``Cancelled`` while the method computes explanations, or its errors.
    init(_ prediction: Prediction, models: [Int], zoo: Zoo, explains: Bool = true, work: Work) throws {
        self.models = models
        isAbridged = !explains && prediction.explanations != nil
        explanations = try explains ? prediction.explanations?(models, work) ?? [] : []
        let areExplained = explanations.count >= models.count && explanations.allSatisfy { !$0.parts.isEmpty }
        facts = areExplained ? nil : Evidence(zoo, target: prediction.target)
    }

    /// The explanation of the model at a position; `nil` if the method has none.
    func explanation(_ position: Int) -> Explanation? {
        explanations.indices.contains(position) ? explanations[position] : nil
    }

    /// What the evidence for the model at a position adds up to; `nil` if the method does not say.
    func sum(_ position: Int) -> Double? {
        guard let explanation = explanation(position), explanation.addsUp, !explanation.parts.isEmpty else {
            return nil
        }
        return explanation.parts.reduce(0) { $0 + $1.contribution }
    }

    func text(_ position: Int) -> String {
        guard let explanation = explanation(position), !explanation.parts.isEmpty else {
            return plainFacts(position).joined(separator: "; ")
        }
        return explanation.summary.map { what, contribution in
            "\(contribution >= 0 ? "+" : "")\(NumberFormat.decimals(3).text(contribution)) \(what)"
        }.joined(separator: "; ")
    }

    private func plainFacts(_ position: Int) -> [String] { facts?.facts(models[position], limit: 4) ?? [] }

    /// What kind of evidence it is, in a sentence.
    ///
    /// - Parameter prediction: the name of what its parts add up to.
    func note(of prediction: String = "prediction") -> String {
        guard explanations.contains(where: { !$0.parts.isEmpty }) else {
            return isAbridged
                ? "The evidence is what the zoo knows of the model; what moved its prediction is told where one dataset is asked for."
                : "The evidence is what the zoo knows of the model; the method does not say what moved its prediction."
        }
        return explanations.allSatisfy(\.addsUp)
            ? "The parts of the evidence add up to the \(prediction)."
            : explanations.map(\.note).first { !$0.isEmpty }
                ?? "The evidence shown is not all that moved the prediction."
    }

    /// What it means that a named result of a model counts negatively, in a sentence; `nil` where none does.
    var negativeNote: String? {
        let isNegative = explanations.contains { $0.namedRecords.contains { $0.contribution < 0 } }
        return isNegative
            ? "A result may be better than most and count negatively: it does where it is less than the model's level in general would give there."
            : nil
    }

    /// How the evidence for the model at a position adds up; `nil` if the method does not say.
    ///
    /// - Parameter sum: the name of the sum.
    func waterfall(_ position: Int, of model: String, sum: String) -> WaterfallChart? {
        guard let explanation = explanation(position), explanation.addsUp, !explanation.parts.isEmpty else {
            return nil
        }
        let steps = explanation.summary.map { WaterfallChart.Step(name: $0.name, change: $0.contribution) }
        return WaterfallChart(
            title: "What speaks for \(model.singleLine(limit: 60))",
            subtitle: "each part of the evidence, and what they add up to", steps: steps, sumName: sum)
    }

    func json(_ position: Int) -> JSON {
        let parts = explanation(position)?.parts.map { part -> JSON in
            [
                "kind": .string(part.kind.rawValue), "what": .string(part.what),
                "contribution": .init(finite: part.contribution),
            ]
        }
        return .array(parts ?? plainFacts(position).map(JSON.string))
    }

    func addsUp(_ position: Int) -> JSON { explanation(position).map { .bool($0.addsUp) } ?? .null }
}
