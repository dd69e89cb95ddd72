import ArgumentParser
import CellLanguage
import Support
import Sweeps
import Synchronization
import TransferGraphCore

/// `%simulate`
public struct SimulateMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract:
            "Replays the search for the best model on datasets whose results are known: what each strategy loses.",
        discussion: """
            %simulate --runs 10
            %simulate --target pets --method auto --method auto:list --method random

            auto goes by every result so far; auto:list is its list as %recommend gives it at the start. A strategy is told \
            nothing of the target but the results of the models that it has tried.
            """)

    @Option(help: ArgumentHelp("A dataset to search on; may be given several times.", valueName: "dataset"))
    public var target: [String] = []
    @Option(
        help: ArgumentHelp(
            "Search on so many datasets, spread over all that have results, instead of all.", valueName: "count"))
    public var targets: Int?
    @Option(help: ArgumentHelp("How many models are tried.", valueName: "count"))
    public var runs: Int = 10
    @Option(
        help: ArgumentHelp(
            "A strategy: a method's list, auto one after the other, auto:list; may be given several times.",
            valueName: "method"))
    public var method: [String] = []
    @Option(
        help: ArgumentHelp(
            "Where random choices come from; given several times, the mean is shown.", valueName: "number")
    )
    public var seed: [UInt64] = [42]
    @Option(help: ArgumentHelp("Keep this share of the other datasets' results, 0 to 1.", valueName: "ratio"))
    public var historyRatio: Double = 1
    @Option(
        help: ArgumentHelp(
            "By how much a model has to be better to be worth a run, as a share of what results can be: 0.01 or 1%.",
            valueName: "ratio"))
    public var delta = ResultDifference(0.01)
    @Option(help: ArgumentHelp("The column of the models that a run's cost is.", valueName: "column"))
    public var cost: String?
    @OptionGroup public var threading: ThreadsOption
    @OptionGroup public var options: MethodOptions
    @OptionGroup public var parts: PartOptions
    @Option(help: ArgumentHelp("The directory that --part and --on write to.", valueName: "path"))
    public var out: String?

    public init() {}

    public mutating func validate() throws {
        try parts.check(out: out)
        if let targets {
            if targets < 1 { throw ValidationError("--targets takes a count of 1 or more.") }
            if !target.isEmpty {
                throw ValidationError("--targets chooses datasets, and --target names them: give one.")
            }
        }
        if !(1...1000).contains(runs) { throw ValidationError("--runs takes a count from 1 to 1000.") }
        if !(0...1).contains(historyRatio) { throw ValidationError("--history-ratio takes a share from 0 to 1.") }
        if !(0..<1).contains(delta.share) { throw ValidationError("--delta takes a share from 0 to 1, such as 0.01.") }
        if Set(seed).count != seed.count { throw ValidationError("--seed was given the same number twice.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        if let out, parts.isAsked {
            let sweep = try sweep { try SweepZoo.zoo(of: invocation.state, or: SweepFolder(out)) }
            return try PartRunner(sweep, parts, out: out, in: invocation).run(threads: threading.threads) {
                MagicResult($0)
            }
        }
        let zoo = try invocation.state.requireZoo()
        let (ready, costs) = try replay(on: zoo)
        let tasks = try ready.tasks(of: zoo)
        for strategy in ready.strategies { _ = try MethodCatalog.method(named: strategy.method, for: zoo) }
        let key = try "\(zoo.name) \(zoo.contentHash()) \(ready)"
        let finished = UnfinishedTasks(key, after: Self.unfinished.withLock { $0 })
        func outcome() throws -> SearchOutcome {
            let found = tasks.enumerated().compactMap { place, task in
                finished[place].map { (seed: task.seed, target: task.target, traces: $0) }
            }
            return try ready.outcome(of: found, in: zoo)
        }
        do {
            try invocation.withProgress("Replaying") { work in
                NumericThreads.useOne()
                let done = Atomic(finished.all.count)
                _ = try Parallel.map(Array(tasks.indices), threads: ready.threads, work: work) { place in
                    if finished[place] != nil { return }
                    finished[place] = try ready.traces(of: [tasks[place]], in: zoo, work: work.quiet)[0]
                    let count = done.add(1, ordering: .relaxed).newValue
                    work.report(zoo.datasets[tasks[place].target].name, Double(count) / Double(tasks.count))
                }
            }
            Self.unfinished.withLock { if $0?.key == key { $0 = nil } }
            return MagicResult(SimulationValue(try outcome(), costs: costs))
        } catch is Cancelled {
            Self.unfinished.withLock { $0 = finished }
            let outcome = try outcome()
            if outcome.targets.isEmpty { throw Cancelled() }
            let all = Set(tasks.map(\.target)).count
            return MagicResult(
                SimulationValue(outcome, costs: costs),
                writeError: EvaluateMagic.interruption(
                    "\(outcome.targets.count) of \(all) datasets; the figures are of these.", in: invocation))
        }
    }

    /// What the last interrupted line had finished.
    private static let unfinished = Mutex<UnfinishedTasks<[SearchReplay.Trace]>?>(nil)

    /// The replay that the options ask for, and the column of its costs.
    func replay(on zoo: Zoo) throws -> (replay: SearchReplay, costs: (name: String, unknown: Int)?) {
        let names = method.isEmpty ? ["auto", "auto:list", "history"] + zoo.scores.map(\.method) + ["random"] : method
        var strategies: [SearchStrategy] = []
        for name in names {
            let strategy = SearchStrategy(name)
            if !strategies.contains(strategy) { strategies.append(strategy) }
        }
        var replay = SearchReplay(strategies)
        for name in target {
            let index = try zoo.dataset(named: name)
            if !replay.targets.contains(index) { replay.targets.append(index) }
        }
        if let targets { replay.targets = zoo.sample(of: zoo.evaluationTargets, count: targets) }
        replay.runs = runs
        replay.seeds = seed
        replay.historyRatio = historyRatio
        replay.delta = delta.share
        replay.settings = try options.settings(seed: seed[0], for: strategies.map(\.method))
        if let threads = threading.threads { replay.threads = threads }
        var costs: (name: String, unknown: Int)?
        if let cost {
            let found = try CandidateOptions.costs(cost, of: ZooTable.models(zoo), models: zoo.models.count)
            let mean = Self.mean(found.costs)
            // A model of unknown cost gets the mean of the others, so that no strategy gains by choosing it.
            replay.costs = found.costs.map { $0.isNaN ? mean : $0 }
            costs = (found.name, found.costs.count(where: \.isNaN))
        }
        return (replay, costs)
    }

    private static func mean(_ values: [Double]) -> Double {
        let known = values.filter { !$0.isNaN }
        return known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
    }
}
