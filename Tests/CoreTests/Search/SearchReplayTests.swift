import Foundation
import Testing
import TransferGraphCore

/// The search replayed on results that are known.
struct SearchReplayTests {
    private static let strategies = ["auto", "auto:list", "history", "history:sequential", "logme", "random"]

    private func replay(_ zoo: Zoo, _ names: [String], runs: Int = 5, threads: Int = 2) throws -> SearchOutcome {
        var replay = SearchReplay(names.map(SearchStrategy.init))
        replay.targets = [try zoo.dataset(named: "d2")]
        replay.runs = runs
        replay.threads = threads
        return try replay.replay(zoo)
    }

    /// All results of the target but those of the models that were tried become noise: nobody notices.
    @Test(arguments: strategies)
    func whatIsNotRevealedReachesNoChoice(strategy: String) throws {
        var files = MadeZoo.files(models: 16, seed: 4)
        let one = try TemporaryZoo(files)
        let first = try Zoo.load(path: one.path)
        let before = try #require(replay(first, [strategy]).traces.first)
        #expect(before.tried.count == 5 && Set(before.tried).count == 5)
        let tried = Set(before.tried.map { first.models[$0].name })
        var generator = SeededGenerator(seed: 12)
        files["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            guard fields[1] == "d2", !tried.contains(String(fields[0])) else { return String(line) }
            return fields.prefix(2).joined(separator: ",") + ",\(generator.uniform())"
        }.joined(separator: "\n")
        let two = try TemporaryZoo(files)
        let second = try Zoo.load(path: two.path)
        let after = try #require(replay(second, [strategy]).traces.first)
        #expect(after.tried.map { second.models[$0].name } == before.tried.map { first.models[$0].name })
    }

    @Test func regretFallsToNothingAndThreadsChangeNoFigure() throws {
        let directory = try TemporaryZoo(MadeZoo.files(models: 12))
        let zoo = try Zoo.load(path: directory.path)
        let outcome = try replay(zoo, Self.strategies, runs: 14)
        #expect(try replay(zoo, Self.strategies, runs: 14, threads: 1).traces == outcome.traces)
        for trace in outcome.traces {
            #expect(trace.tried.count == 12 && trace.regret.count == 14 && trace.regret.last == 0)
            for (earlier, later) in zip(trace.regret, trace.regret.dropFirst()) { #expect(earlier >= later) }
        }
        let summaries = outcome.summaries()
        #expect(summaries.map(\.strategy.name) == Self.strategies)
        for summary in summaries where summary.strategy != outcome.reference {
            let own = summary.regret.reduce(0, +)
            let base = summaries[1].regret.reduce(0, +)
            if base > 0 { #expect(abs(try #require(summary.share) - own / base) < 1e-12) }
        }
    }

    /// A uniformly drawn order: the expected best of k of n results has a closed form, by the ranks.
    @Test func randomSearchHasTheRegretOfDrawingWithoutReplacement() throws {
        let directory = try TemporaryZoo(MadeZoo.files(models: 12))
        let zoo = try Zoo.load(path: directory.path)
        let target = try zoo.dataset(named: "d2")
        var replay = SearchReplay([SearchStrategy("random")])
        replay.targets = [target]
        replay.runs = 4
        replay.seeds = (0..<3000).map { UInt64($0) }
        let regret = try #require(replay.replay(zoo).summaries().first).regret
        let values = zoo.results.column(target).map { zoo.results.values[$0] }.sorted()
        func choose(_ n: Int, _ k: Int) -> Double {
            k > n ? 0 : (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
        }
        for k in 1...4 {
            let best = values.indices.reduce(0.0) { $0 + values[$1] * choose($1, k - 1) } / choose(12, k)
            #expect(abs(regret[k - 1] - (values[11] - best)) < 0.01, "\(k)")
        }
    }

    @Test(arguments: ["auto", "auto:list", "history", "history:sequential", "tg:lr:n2v", "random"])
    func namesOfStrategiesAreReadAsTheyAreWritten(name: String) {
        #expect(SearchStrategy(name).name == name)
    }
}
