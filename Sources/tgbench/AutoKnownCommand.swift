import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// What a few results that are known of the target add to `auto`'s predictions for the models not yet tried.
struct AutoKnownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-known", abstract: "auto given the results of the models it recommends first.",
        discussion:
            "Errors are in standard deviations of the target's results, over the models whose results are not known.")

    @OptionGroup var zoo: ZooOption
    @Option(help: "How many results are known, separated by commas.")
    var known: CommaList<Int> = [0, 1, 2, 5, 10]
    @Option(help: "At most so many targets: every so many by name.")
    var atMost = Int.max

    func run() throws {
        let zoo = try zoo.load()
        let targets = zoo.spreadByName(zoo.evaluationTargets, atMost: atMost)
        print("known   Pearson  Spearman  error   inside 80 %   chance of a better one, and how often there was")
        for count in known.elements {
            let rows = try Parallel.map(targets, threads: 2) { target in
                try Self.figures(zoo, target: target, known: count)
            }
            .compactMap { $0 }
            guard !rows.isEmpty else { continue }
            let means = (0..<rows[0].count).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
            print(
                String(
                    format: "%5d   %7.4f  %8.4f  %5.3f   %11.3f   %.3f, %.3f", count, means[0], means[1], means[2],
                    means[3],
                    means[4], means[5]))
        }
    }

    private static func figures(_ zoo: Zoo, target: Int, known count: Int) throws -> [Double]? {
        let workspace = TargetWorkspace(zoo: zoo, target: target)
        let prediction = try Auto().predict(workspace)
        let column = zoo.results.column(target)
        let run = Set(column.map { Int(zoo.results.models[$0]) })
        let tried = prediction.ranking.filter(run.contains).prefix(count)
        let revealed = zoo.holdingOut(target, revealing: Array(tried)).revealed
        guard run.count > count + 4, let results = try prediction.results?(revealed, .unwatched) else { return nil }
        let rest = column.filter { !tried.contains(Int(zoo.results.models[$0])) }
        let actual = rest.map { zoo.results.values[$0] }
        let predicted = rest.map { results.means[Int(zoo.results.models[$0])] }
        let deviation = Statistics.moments(zoo.results.values[column]).deviation
        guard deviation > 0 else { return nil }
        let square = zip(actual, predicted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(rest.count)
        let inside = rest.count { position in
            let model = Int(zoo.results.models[position])
            return abs(zoo.results.values[position] - results.means[model]) <= Statistics.normal90
                * results.deviations[model]
        }
        let columns = results.candidates.indices.filter { run.contains(results.candidates[$0]) }
        let chance =
            results.best.map { best in
                let count = (0..<results.sampleCount).count { index in
                    let sample = results.sample(index)
                    return columns.contains { sample[sample.startIndex + $0] > best }
                }
                return Double(count) / Double(results.sampleCount)
            } ?? 0
        let isBetter = results.best.map { best in actual.contains { $0 > best } ? 1.0 : 0 } ?? 0
        return [
            Measures.pearson(predicted: predicted, actual: actual) ?? 0,
            Measures.spearman(predicted: predicted, actual: actual) ?? 0, square.squareRoot() / deviation,
            Double(inside) / Double(rest.count), chance, isBetter,
        ]
    }
}
