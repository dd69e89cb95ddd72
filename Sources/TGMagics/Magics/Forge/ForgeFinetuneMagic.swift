import ArgumentParser
import CellLanguage
import TransferGraphCore
import ZooForge

/// `%forge finetune`
public struct ForgeFinetuneMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "finetune",
        abstract: "Fine-tunes models on a target task, beside each other, and puts the results into the current zoo.",
        discussion: """
            A model is one that %forge pretrain made, one of the zoo words (trained again as the zoo's was), or scratch.
            %forge finetune cnn-64-k3/romance-800 scratch --target iberian
            """)

    @Argument(help: ArgumentHelp("Models, or scratch for fresh weights.", valueName: "model"))
    public var models: [String]
    @Option(help: ArgumentHelp("The task to fine-tune on.", valueName: "dataset"))
    public var target: String
    @Option(help: ArgumentHelp("The shape of scratch; that of the first other model by default.", valueName: "name"))
    public var architecture: String?
    @Option(help: ArgumentHelp("Where every random choice comes from; the zoo's runs have 1.", valueName: "number"))
    public var seed: UInt64 = 1

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let state = invocation.state
        let workshop = try state.workshop ?? Workshop()
        var kept = workshop
        let runs = try invocation.withProgress("Fine-tuning") { work -> [FineTuningValue.Run] in
            let task = try workshop.task(named: target)
            var shape = try architecture.map(Architecture.named)
            var runs: [FineTuningValue.Run] = []
            // Models first: scratch takes its architecture from one.
            let order = models.filter { $0 != "scratch" } + models.filter { $0 == "scratch" }.prefix(1)
            for (index, name) in order.enumerated() {
                let share = 1 / Double(order.count)
                let part = work.part(Double(index) * share...Double(index + 1) * share)
                let fallback = try shape ?? Architecture.named("cnn-64-k3")
                let model = try kept.model(named: name, like: fallback, part.part(0...0.5))
                if shape == nil { shape = model.architecture }
                if name != "scratch" { kept.keep(model) }
                let scores = try kept.scores(of: model, on: task, part.part(0.5...0.5))
                let tuned = try Trainer.fineTune(model, on: task, seed: seed, points: 12, part.part(0.5...1))
                runs.append(FineTuningValue.Run(model: model, tuned: tuned, scores: scores))
            }
            return runs
        }
        let value = FineTuningValue(runs, target: target, before: state.zoo)
        let zoo = try state.zoo.map { try Self.adding(runs, on: target, to: $0) }
        let final = kept
        return MagicResult(value) { state in
            state.workshop = final
            if let zoo { state.use(zoo) }
        }
    }

    /// The zoo with the runs as results and scores; unchanged if it lacks the target.
    private static func adding(_ runs: [FineTuningValue.Run], on target: String, to zoo: Zoo) throws -> Zoo {
        guard (try? zoo.dataset(named: target)) != nil else { return zoo }
        var zoo = zoo
        for run in runs where run.model.name != "scratch" {
            var measured = try ForgePretrainMagic.measurement(of: run.model, in: zoo)
            measured.results = [target: run.tuned.accuracy]
            measured.scores = run.scores.map { .init(dataset: target, name: $0.method, value: $0.value) }
            zoo = try zoo.adding(measured)
        }
        return zoo
    }
}
