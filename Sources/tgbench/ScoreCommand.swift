import ArgumentParser
import Foundation
import Sentences
import TransferGraphCore

/// Times transferability scores of `.npy` files and prints one line of JSON for each.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Times transferability scores of feature files.")

    @Option(help: "A .npy file, samples by features.")
    var features: String

    @Option(help: "A .npy file of whole numbers, one a sample.")
    var labels: String

    @Option(help: "A score, or several; all that need no source probabilities if none is named.")
    var score: [String] = []

    @Option var threads = ProcessInfo.processInfo.activeProcessorCount

    private struct Result: Encodable {
        var score: String
        var value: Double?
        var note: String?
        /// With the opening and checking of the files for the first.
        var seconds: Double
        var peakMebibytes: Int?
    }

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let data = try LabelledFeatures(featuresFile: features, labelsFile: labels)
        var opening = (clock.now - start) / .seconds(1)
        var settings = ScoreSettings()
        settings.threads = threads
        var scores = try score.map { try TransferabilityScore(spelling: $0) }
        if scores.isEmpty { scores = TransferabilityScore.allCases.filter { !$0.needsSourceProbabilities } }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        for result in try TransferabilityScore.scoreAll(scores, of: data, settings: settings) {
            let line = Result(
                score: result.score.name, value: result.value, note: result.note,
                seconds: result.seconds + opening, peakMebibytes: peakMebibytes())
            opening = 0
            print(String(decoding: try encoder.encode(line), as: UTF8.self))
        }
    }
}
