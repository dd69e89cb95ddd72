import TransferGraphCore

/// What a zoo is made of: models in an order in which parents come before children, and the tasks they are fine-tuned on.
public struct ZooPlan: Sendable {
    public let models: [ModelPlan]
    public let targets: [TaskDefinition]
    /// The seed of all fine-tuning runs of the records.
    public let seed: UInt64
    /// How long the probe is trained whose features describe the tasks.
    public let probeSteps: Int

    public init(models: [ModelPlan], targets: [TaskDefinition], seed: UInt64, probeSteps: Int = 4000) {
        self.models = models
        self.targets = targets
        self.seed = seed
        self.probeSteps = probeSteps
    }

    /// The tasks that models of this plan are pre-trained on, in the catalog's order.
    public var sources: [TaskDefinition] {
        let used = Set(models.map(\.source))
        return TaskCatalog.sources.filter { used.contains($0.name) }
    }

    /// How many models learn from each source from scratch: popular ones more, as in real zoos.
    private static let popularity: [(source: String, models: Int)] = [
        ("europe", 10), ("europe-plain", 5), ("families", 7), ("romance", 7), ("germanic", 7), ("nordic", 6),
        ("slavic", 7), ("cyrillic", 7), ("celtic-baltic", 6), ("world", 7), ("french-classes", 6),
        ("medical-terms", 5), ("scrambled", 6), ("missing-letter", 7), ("random-labels", 3),
    ]

    /// How long models are pre-trained, in steps of 32 words.
    private static let lengths = [200, 800, 2500, 2500, 5000]

    /// Which sources further training goes from and to, with the architecture's family.
    private static let lines: [(family: Architecture.Family, from: String, to: String)] = [
        (.cnn, "europe", "nordic"), (.gru, "europe", "romance"), (.bag, "europe", "slavic"),
        (.cnn, "missing-letter", "romance"), (.gru, "missing-letter", "germanic"),
        (.attention, "missing-letter", "french-classes"), (.cnn, "families", "celtic-baltic"),
        (.bag, "families", "nordic"), (.gru, "slavic", "cyrillic"), (.cnn, "romance", "french-classes"),
        (.ends, "scrambled", "germanic"), (.cnn, "world", "europe"), (.ends, "europe", "slavic"),
        (.cnn, "random-labels", "romance"), (.bag, "missing-letter", "world"), (.cnn, "cyrillic", "slavic"),
    ]

    /// The plan of the zoo `words`.
    ///
    /// Which architecture meets which source for how long is drawn from a seed, so that size, family, source and length
    /// do not go together by design. 16 models are trained on from others, two of them for a second time; 8 are broken
    /// besides those that learned random labels.
    public static let words: ZooPlan = {
        var generator = SeededGenerator(seed: 20_261_122)
        var models: [ModelPlan] = []
        func add(_ plan: ModelPlan) {
            if !models.contains(where: { $0.name == plan.name }) { models.append(plan) }
        }
        for (source, count) in popularity {
            for architecture in Architecture.known.shuffled(using: &generator).prefix(count) {
                let steps = lengths[generator.index(below: lengths.count)]
                add(
                    ModelPlan(
                        architecture, on: source, Recipe(steps: steps), seed: generator.next() >> 32,
                        condition: source == "random-labels" ? .randomLabels : .sound))
            }
        }
        for (family, from, to) in lines {
            // The longest-trained of the family on that source; one is made where there is none.
            let candidates = models.filter {
                $0.architecture.family == family && $0.source == from && $0.parent == nil && $0.condition != .tooFast
            }
            var parent = candidates.max { $0.recipe.steps < $1.recipe.steps }
            if parent == nil, let architecture = Architecture.known.last(where: { $0.family == family }) {
                let plan = ModelPlan(
                    architecture, on: from, Recipe(steps: 2500), seed: generator.next() >> 32,
                    condition: from == "random-labels" ? .randomLabels : .sound)
                add(plan)
                parent = plan
            }
            guard let parent else { continue }
            add(
                ModelPlan(
                    parent.architecture, on: to, Recipe(steps: 800), seed: generator.next() >> 32, parent: parent))
        }
        for (source, again) in [("nordic", "germanic"), ("celtic-baltic", "world")] {
            if let parent = models.first(where: { $0.parent != nil && $0.source == source }) {
                add(
                    ModelPlan(
                        parent.architecture, on: again, Recipe(steps: 800), seed: generator.next() >> 32,
                        parent: parent))
            }
        }
        for (index, source) in ["europe", "romance", "slavic", "nordic"].enumerated() {
            let hardly = Architecture.known[(5 * index + 1) % Architecture.known.count]
            add(
                ModelPlan(
                    hardly, on: source, Recipe(steps: 3), seed: generator.next() >> 32, condition: .hardlyTrained))
            let fast = Architecture.known[(5 * index + 6) % Architecture.known.count]
            add(
                ModelPlan(
                    fast, on: source, Recipe(steps: 800, learningRate: 0.3), seed: generator.next() >> 32,
                    condition: .tooFast))
        }
        return ZooPlan(models: models, targets: TaskCatalog.targets, seed: 1)
    }()

    /// Every n-th model that has no parent, on every n-th target: to try things out.
    public func thinned(_ n: Int) -> ZooPlan {
        ZooPlan(
            models: models.filter { $0.parent == nil }.enumerated().filter { $0.offset % n == 0 }.map(\.element),
            targets: targets.enumerated().filter { $0.offset % n == 0 }.map(\.element), seed: seed)
    }

    /// The cells whose spread over seeds is measured: of every target, the models at every tenth place of a shuffled
    /// order, so that each target has its share.
    func noiseModels(target: Int) -> Set<Int> {
        var generator = SeededGenerator(seed: seed, stream: UInt64(target) &+ 1)
        let order = Array(models.indices).shuffled(using: &generator)
        return Set(order.prefix((models.count + 9) / 10))
    }
}
