import ArgumentParser
import CellLanguage
import Foundation
import Sweeps
import TransferGraphCore

/// `%score`
public struct ScoreMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Computes transferability scores of models' features on a labelled dataset.",
        discussion: """
            %score all --features features.npy --labels labels.npy
            %score leep --features features.npy --labels labels.npy --source-probabilities probabilities.npy
            %score logme --features a.npy --features b.npy --labels labels.npy
            %score all --from features-folder --dataset mine --into zoo

            Score on the training samples, with those for validation; never on the test samples, since the choice of the \
            model would then know them. Labels are whole numbers, texts or one-hot rows; LogME also scores numbers that are \
            not whole. Arrays lie in .npy or .npz files; file.npz:name names one of several.
            """)

    @Argument(help: ArgumentHelp("The scores, or all.", valueName: "score"))
    public var scores: [ScoreChoice]
    @Option(
        help: ArgumentHelp(
            "Features, samples × D, in a .npy or .npz file; of several models by giving it several times.",
            valueName: "file"))
    public var features: [String] = []
    @Option(help: ArgumentHelp("A label for each sample, in a .npy or .npz file.", valueName: "file"))
    public var labels: String?
    @Option(
        help: ArgumentHelp(
            "What each model's own head makes of each sample, for LEEP and NCE; as often as the features.",
            valueName: "file"))
    public var sourceProbabilities: [String] = []
    @Option(help: ArgumentHelp("The folder that %features extract wrote.", valueName: "path"))
    public var from: String?
    @Option(
        help: ArgumentHelp(
            "The model of each --features, in their order; with --from only these of the folder.", valueName: "model"))
    public var model: [String] = []
    @Option(help: ArgumentHelp("The dataset of the zoo that the features are of.", valueName: "dataset"))
    public var dataset: String?
    @Option(help: "Where the scores go besides being shown: the current zoo.")
    public var into: Destination?
    @OptionGroup public var threading: ThreadsOption

    @OptionGroup public var parts: PartOptions
    @Option(help: ArgumentHelp("The directory that --part and --on write to.", valueName: "path"))
    public var out: String?

    public enum Destination: String, ExpressibleByArgument, CaseIterable, Sendable { case zoo }

    public init() {}

    public mutating func validate() throws {
        try parts.check(out: out)
        if parts.part != nil, into != nil {
            throw ValidationError("--into zoo needs the scores of all models: a part has only some.")
        }
        if from != nil {
            if !features.isEmpty || labels != nil || !sourceProbabilities.isEmpty {
                throw ValidationError("Give --from, or --features and --labels.")
            }
        } else {
            if features.isEmpty { throw ValidationError("Give --features and --labels, or --from.") }
            if labels == nil { throw ValidationError("--labels is missing: a label for each sample.") }
            if !sourceProbabilities.isEmpty, sourceProbabilities.count != features.count {
                throw ValidationError("Give --source-probabilities as often as --features, in the same order.")
            }
            if !model.isEmpty, model.count != features.count {
                throw ValidationError("Give --model as often as --features, in the same order.")
            }
        }
        if Set(model).count != model.count { throw ValidationError("--model was given the same name twice.") }
        if into != nil, dataset == nil {
            throw ValidationError("--into zoo needs --dataset with the dataset that the features are of.")
        }
        if dataset != nil, into == nil {
            throw ValidationError("--dataset is for --into zoo, which puts the scores there.")
        }
        if into != nil, from == nil, model.isEmpty {
            throw ValidationError("--into zoo needs --model for each --features: the model that they are of.")
        }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        // The destination of the scores is checked before they are computed.
        let zoo = try into == nil ? nil : invocation.state.requireZoo()
        let target = try zoo.flatMap { zoo in try dataset.map { try zoo.dataset(named: $0) } }
        let (inputs, labelsFile, notes) = try inputs()
        if let zoo { for input in inputs { _ = try zoo.model(named: input.name) } }
        if let out, parts.isAsked {
            let sweep = try sweep { try SweepZoo(invocation.state.requireZoo()) }
            return try PartRunner(sweep, parts, out: out, in: invocation).run(threads: threading.threads) { value in
                guard let merged = value as? ScoreTableValue else { return MagicResult(value) }
                return try result(merged.models, notes, zoo, target)
            }
        }
        let chosen = try chosenScores()
        let all = try invocation.withProgress("Scoring") { work in
            try ModelScores.compute(inputs, labelsFile: labelsFile, scores: chosen, threads: usedThreads, work: work)
        }
        if all.count == 1, from == nil, into == nil { return MagicResult(ScoresValue(all[0].results)) }
        return try result(all, notes, zoo, target)
    }

    var usedThreads: Int { threading.threads ?? ProcessInfo.processInfo.activeProcessorCount }

    private func result(
        _ all: [ModelScores], _ notes: [String], _ zoo: Zoo?, _ target: Int?
    ) throws -> MagicResult {
        let value = ScoreTableValue(all, notes: notes, into: into == nil ? nil : zoo?.name, dataset: dataset)
        guard let zoo, let target else { return MagicResult(value) }
        let wider = try zoo.adding(
            scores: all.flatMap { model in
                model.results.compactMap { result in
                    result.value.map { NewScore(model: model.name, name: result.score.name, value: $0) }
                }
            }, on: target)
        return MagicResult(value) { $0.use(wider) }
    }

    func inputs() throws -> (inputs: [ModelScores.Input], labels: String, notes: [String]) {
        guard let from else {
            let inputs = features.enumerated().map { index, file in
                ModelScores.Input(
                    name: model.isEmpty ? file : model[index], features: LocalPath(file).text,
                    probabilities: sourceProbabilities.isEmpty ? nil : LocalPath(sourceProbabilities[index]).text)
            }
            return (inputs, LocalPath(labels ?? "").text, [])
        }
        let manifest = try FeatureManifest(folder: from)
        for name in model where !manifest.models.contains(where: { $0.model == name }) {
            throw UserError(
                "UnknownModel", "The folder '\(from)' has no features of '\(name)'.",
                hint: NearestNames.hint(for: name, in: manifest.models.map(\.model), listing: "Its manifest.json"))
        }
        var inputs: [ModelScores.Input] = []
        var missing: [String] = []
        for entry in manifest.models where model.isEmpty || model.contains(entry.model) {
            guard entry.status == "done", let file = entry.features else {
                missing.append("\(entry.model) (\(entry.error ?? entry.status))")
                continue
            }
            inputs.append(
                ModelScores.Input(
                    name: entry.model, features: try FeatureManifest.file(file, in: from),
                    probabilities: try entry.probabilities.map { try FeatureManifest.file($0, in: from) }))
        }
        guard !inputs.isEmpty else {
            throw UserError(
                "NoFeatures", "The folder '\(from)' has the features of no model.",
                hint: missing.isEmpty ? nil : "Not there: \(missing.joined(separator: ", ")).")
        }
        let notes = missing.isEmpty ? [] : ["Without features: \(missing.joined(separator: "; "))."]
        return (inputs, try FeatureManifest.file(manifest.data.labels, in: from), notes)
    }

    func chosenScores() throws(UnknownName) -> [TransferabilityScore] {
        if scores.contains(where: { $0.name == "all" }) { return TransferabilityScore.allCases }
        var chosen: [TransferabilityScore] = []
        for choice in scores { chosen.append(try TransferabilityScore(spelling: choice.name)) }
        return chosen
    }
}

/// A score's name as `%score` takes it; it is checked later, when the nearest names are at hand.
public struct ScoreChoice: ExpressibleByArgument, Sendable {
    let name: String
    public init(argument: String) { name = argument }
    public static var allValueStrings: [String] { ["all"] + TransferabilityScore.allCases.map(\.spelling) }
}
