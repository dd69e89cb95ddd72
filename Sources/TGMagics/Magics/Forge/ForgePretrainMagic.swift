import ArgumentParser
import CellLanguage
import TransferGraphCore
import ZooForge

/// `%forge pretrain`
public struct ForgePretrainMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "pretrain",
        abstract: "Trains a network on a source task and puts it into the current zoo as a model.",
        discussion: "%forge pretrain --source nordic --architecture gru-24 --steps 800")

    @Option(help: ArgumentHelp("The task to learn; %forge tasks lists them.", valueName: "task"))
    public var source: String
    @Option(help: ArgumentHelp("The network's shape; %forge tasks lists them.", valueName: "name"))
    public var architecture: String?
    @Option(help: ArgumentHelp("A model to train on from, in place of fresh weights.", valueName: "model"))
    public var from: String?
    @Option(help: ArgumentHelp("Steps of 32 words.", valueName: "count"))
    public var steps: Int = 800
    @Option(help: ArgumentHelp("Where every random choice comes from.", valueName: "number"))
    public var seed: UInt64 = 1
    @Option(name: .customLong("as"), help: ArgumentHelp("The name to know the model by.", valueName: "name"))
    public var name: String?

    public init() {}

    public mutating func validate() throws {
        if !(0...20_000).contains(steps) { throw ValidationError("--steps takes a count from 0 to 20000.") }
        if from != nil && architecture != nil {
            throw ValidationError("--from keeps the model's architecture; leave --architecture out.")
        }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let state = invocation.state
        let workshop = try state.workshop ?? Workshop()
        let model = try invocation.withProgress("Pre-training") { work -> TrainedModel in
            let shape = try Architecture.named(architecture ?? "cnn-64-k3")
            let parent = try from.map { try workshop.model(named: $0, like: shape, work.part(0...0.3)) }
            let used = parent?.architecture ?? shape
            let task = try workshop.task(named: source)
            return try Trainer.train(
                name: name ?? "\(parent?.name ?? used.name)/\(source)-\(steps)", used, on: task, from: parent,
                Recipe(steps: steps), seed: seed, points: 12, work)
        }
        let zoo = try state.zoo.map { try $0.adding(Self.measurement(of: model, in: $0)) }
        return MagicResult(PretrainingValue(model, zooName: zoo?.name)) { state in
            var workshop = workshop
            workshop.keep(model)
            state.workshop = workshop
            if let zoo { state.use(zoo) }
        }
    }

    /// The model as a row of the zoo; its source and parent if the zoo has them.
    static func measurement(of model: TrainedModel, in zoo: Zoo) throws -> Measurement {
        var row = Model(name: model.name)
        row.architecture = model.architecture.name
        row.family = model.architecture.family.rawValue
        row.parameters = Double(model.encoderParameters)
        row.inputSize = Double(Alphabet.positions)
        row.outputSize = Double(model.architecture.width)
        row.memory = Double(4 * model.encoderParameters)
        row.labels = Double(model.classes)
        row.pretrainingAccuracy = model.accuracy
        row.other = ["steps": "\(model.recipe.steps)", "seed": "\(model.seed)"]
        var measured = Measurement(of: row)
        if (try? zoo.dataset(named: model.task)) != nil { measured.pretrainingDataset = model.task }
        if let parent = model.parent, (try? zoo.model(named: parent)) != nil { measured.parent = parent }
        return measured
    }
}
