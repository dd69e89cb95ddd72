import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// Whether what `auto` says of its own errors holds: its 80 % intervals, and the chance that the best is among the first k.
struct CalibrationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract: "Coverage of auto's intervals, and calibration of its chances of the best.",
        discussion: "Of a target only the models that ran on it count, in the intervals and among the first k.")

    @Option(help: "Zoos: directories, or names of built-in zoos, separated by commas.")
    var zoos: CommaList<String>
    @Option(help: "At most so many targets of a zoo: every so many by name.")
    var atMost = 24
    @Option(help: "The chance that the best is among the first k, for k from 1 to this.")
    var first = 10
    @Option(help: "Targets worked on at the same time.")
    var threads = 2

    /// What was said of one target, and what was so.
    private struct Outcome {
        let inside: Double
        let insideOfFirst: Double
        let chances: [(said: Double, isSo: Bool)]
    }

    func run() throws {
        var all: [Outcome] = []
        for name in zoos.elements {
            let zoo = try BuiltInZoo.load(name) ?? Zoo.load(path: name)
            let targets = zoo.spreadByName(zoo.evaluationTargets, atMost: atMost)
            let outcomes = try Parallel.map(targets, threads: threads) { try outcome(zoo, target: $0) }
            Self.print(zoo.name, outcomes)
            all += outcomes
        }
        if zoos.elements.count > 1 { Self.print("all", all) }
    }

    private func outcome(_ zoo: Zoo, target: Int) throws -> Outcome {
        let prediction = try Auto().predict(TargetWorkspace(zoo: zoo, target: target))
        let column = zoo.results.column(target)
        let normalised = zoo.results.minMaxNormalised()
        var isInside: [Int: Bool] = [:]
        var best = -Double.infinity
        for position in column {
            let model = Int(zoo.results.models[position])
            isInside[model] = prediction.intervals?[model]?.contains(normalised.values[position]) ?? false
            best = max(best, zoo.results.values[position])
        }
        let winners = Set(
            column.filter { zoo.results.values[$0] == best }.map { Int(zoo.results.models[$0]) })
        let order = prediction.ranking.filter { isInside[$0] != nil }
        let chances = prediction.chanceOfBestAmong?(order) ?? []
        let top = order.prefix(5)
        return Outcome(
            inside: Double(isInside.values.count { $0 }) / Double(max(1, isInside.count)),
            insideOfFirst: Double(top.count { isInside[$0] == true }) / Double(max(1, top.count)),
            chances: (1...max(1, first)).filter { $0 < order.count && $0 <= chances.count }.map {
                (chances[$0 - 1], order.prefix($0).contains(where: winners.contains))
            })
    }

    private static func print(_ name: String, _ outcomes: [Outcome]) {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        Swift.print(
            String(
                format: "%@: %d targets, inside 80 %% %.3f, of the first five %.3f, targets below half %.3f", name,
                outcomes.count, mean(outcomes.map(\.inside)), mean(outcomes.map(\.insideOfFirst)),
                mean(outcomes.map { $0.inside < 0.5 ? 1 : 0 })))
        let chances = outcomes.flatMap(\.chances)
        Swift.print("  chance said   how often   count")
        for bin in 0..<10 {
            let own = chances.filter { min(Int($0.said * 10), 9) == bin }
            guard !own.isEmpty else { continue }
            Swift.print(
                String(
                    format: "  %11.3f   %9.3f   %5d", mean(own.map(\.said)), mean(own.map { $0.isSo ? 1 : 0 }),
                    own.count))
        }
    }
}
