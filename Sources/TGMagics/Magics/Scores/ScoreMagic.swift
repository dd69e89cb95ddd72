import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%score`
public struct ScoreMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Computes transferability scores of a model's features on a labelled dataset.",
        discussion: """
            %score all --features features.npy --labels labels.npy
            %score leep --features features.npy --labels labels.npy --source-probabilities probabilities.npy
            """)

    @Argument(help: ArgumentHelp("The scores, or all.", valueName: "score"))
    public var scores: [ScoreChoice]
    @Option(help: ArgumentHelp("Features, samples × D: float32 or float64 in a .npy file.", valueName: "file"))
    public var features: String
    @Option(help: ArgumentHelp("A label for each sample: integers in a .npy file.", valueName: "file"))
    public var labels: String
    @Option(
        help: ArgumentHelp("What the model's own head makes of each sample, for LEEP and NCE.", valueName: "file"))
    public var sourceProbabilities: String?
    @Option(help: ArgumentHelp("The most threads to use; changes no figure.", valueName: "count"))
    public var threads: Int?

    public init() {}

    public mutating func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads takes a count from 1 to 1024.")
        }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let chosen = try chosenScores()
        var settings = ScoreSettings()
        if let threads { settings.threads = threads }
        let results = try invocation.withProgress("Scoring") { work in
            let data = try LabelledFeatures(
                featuresFile: LocalPath(features).text, labelsFile: LocalPath(labels).text,
                sourceProbabilitiesFile: sourceProbabilities.map { LocalPath($0).text }, work: work)
            return try TransferabilityScore.scoreAll(chosen, of: data, settings: settings, work: work)
        }
        return MagicResult(ScoresValue(results))
    }

    private func chosenScores() throws(UnknownName) -> [TransferabilityScore] {
        if scores.contains(where: { $0.name == "all" }) { return TransferabilityScore.allCases }
        var chosen: [TransferabilityScore] = []
        for choice in scores { chosen.append(try TransferabilityScore(spelling: choice.name)) }
        return chosen
    }
}

/// A score's name as `%score` takes it; whether it is one is found out with the nearest names at hand.
public struct ScoreChoice: ExpressibleByArgument, Sendable {
    let name: String
    public init(argument: String) { name = argument }
    public static var allValueStrings: [String] { ["all"] + TransferabilityScore.allCases.map(\.spelling) }
}
