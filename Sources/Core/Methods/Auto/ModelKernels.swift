import Foundation
import Support

/// Kernels of a zoo's models before any fine-tuning, each as a few features a model (``LowRankKernel``).
///
/// What a zoo does not say of a model is filled with the median (numbers) or counts as one more value (names), so that
/// without metadata all models are the same to the metadata kernel.
package struct ModelKernels: Sendable {
    let count: Int
    /// Laplacian in the logarithms of parameters and output size and in the input size, times a factor for another family
    /// and one for another pre-training; 1 for models that metadata cannot tell apart.
    package let metadata: LowRankKernel
    /// Linear in the standardised numbers, by their count; without any feature where there are none.
    package let linear: LowRankKernel
    /// The cosine of the words of names and of what a model comes from.
    package let names: LowRankKernel
    /// The mean of the kernels of all further columns of metadata; without any feature where there are none.
    package let facts: LowRankKernel
    /// The cosine of a sentence encoder's vectors; without any feature where there are none.
    package let texts: LowRankKernel
    /// Linear in the scores on all datasets.
    package let profile: LowRankKernel

    init(_ zoo: Zoo, scores: ScoreFeatures, constants: AutoConstants, work: Work) throws {
        let count = zoo.models.count
        self.count = count
        let numbers = [
            Self.filled(zoo.models.map { $0.parameters.flatMap(Self.logarithm) }),
            Self.filled(zoo.models.map { $0.inputSize.map { $0 / 100 } }),
            Self.filled(zoo.models.map { $0.outputSize.flatMap(Self.logarithm) }),
        ].compactMap { $0 }
        let families = Self.levels(zoo.models.map { $0.family ?? $0.architecture })
        let ancestors = Self.ancestors(zoo)
        let origins = Self.levels(Self.origins(zoo, ancestors: ancestors))
        let ones = [Double](repeating: 1, count: count)
        let pivots = count > constants.exactVarianceLimit ? 1 : constants.pivotsPerFeature
        metadata = try LowRankKernel(diagonal: ones, rank: pivots * constants.metadataRank, work: work) { pivot in
            (0..<count).map { model in
                var distance = 0.0
                for column in numbers { distance += abs(column[pivot] - column[model]) }
                var value = exp(-distance / constants.modelLengthScale)
                if families[pivot] != families[model] { value *= constants.crossFamilySimilarity }
                if origins[pivot] != origins[model] { value *= constants.crossPretrainingSimilarity }
                return value
            }
        }.condensed(to: constants.metadataRank)
        let standardised = numbers.map(Statistics.standardised)
        let share = 1 / Double(max(standardised.count, 1)).squareRoot()
        linear = LowRankKernel(
            count: count, features: (0..<count).flatMap { model in standardised.map { $0[model] * share } },
            rank: standardised.count)
        let words = TermVectors(
            zoo.models.indices.map { model in
                NameTokens.of(zoo.models[model].name)
                    + (ancestors[model].map { ["\u{2190}\(zoo.models[$0].name)"] } ?? [])
            })
        names = try LowRankKernel(
            diagonal: words.tellsAnything ? ones : [Double](repeating: 0, count: count),
            rank: pivots * constants.nameRank, work: work
        ) { pivot in
            var row = words.cosines(to: pivot)
            row[pivot] = 1
            return row
        }.condensed(to: constants.nameRank)
        let columns = FactColumn.columns(zoo.models.map(\.other), without: ["training_datasets"])
        let whole = [Double](repeating: columns.isEmpty ? 0 : 1, count: count)
        facts = try LowRankKernel(diagonal: whole, rank: pivots * constants.factRank, work: work) { pivot in
            var row = [Double](repeating: 0, count: count)
            for column in columns {
                for (model, value) in column.similarities(to: pivot).enumerated() {
                    row[model] += value / Double(columns.count)
                }
            }
            row[pivot] = 1
            return row
        }.condensed(to: constants.factRank)
        let vectors = TextVectors(zoo.textEmbeddings?.models ?? [])
        texts = try LowRankKernel(
            diagonal: vectors.tellsAnything ? ones : [Double](repeating: 0, count: count),
            rank: pivots * constants.nameRank, work: work
        ) { vectors.cosines(to: $0) }.condensed(to: constants.nameRank)
        profile = try scores.profile(modelCount: count, rank: constants.profileRank, limit: 200, work: work)
    }

    /// The kernel whose features a part of the covariance has; `nil` where they are a pair's and no model's.
    func kernel(_ part: CovarianceTerm.ModelPart) -> LowRankKernel? {
        switch part {
        case .metadata: metadata
        case .linear: linear
        case .names: names
        case .facts: facts
        case .texts: texts
        case .profile: profile
        case .scores, .trained, .identity: nil
        }
    }

    /// The same with the first features of each kernel only.
    func truncated(to rank: Int) -> ModelKernels {
        ModelKernels(
            count: count, metadata: metadata.truncated(to: rank), linear: linear,
            names: names.truncated(to: rank / 2), facts: facts.truncated(to: rank / 2),
            texts: texts.truncated(to: rank / 2),
            profile: profile.truncated(to: rank / 2))
    }

    private init(
        count: Int, metadata: LowRankKernel, linear: LowRankKernel, names: LowRankKernel, facts: LowRankKernel,
        texts: LowRankKernel, profile: LowRankKernel
    ) {
        self.count = count
        self.metadata = metadata
        self.linear = linear
        self.names = names
        self.facts = facts
        self.texts = texts
        self.profile = profile
    }

    /// Of each model that has one, the first ancestor; an ancestor of others is its own.
    private static func ancestors(_ zoo: Zoo) -> [Int?] {
        var parent = [Int](repeating: -1, count: zoo.models.count)
        var isParent = [Bool](repeating: false, count: zoo.models.count)
        for link in zoo.lineage where parent[link.child] < 0 {
            parent[link.child] = link.parent
            isParent[link.parent] = true
        }
        return zoo.models.indices.map { model in
            var ancestor = model
            var steps = 0
            while parent[ancestor] >= 0 && steps < zoo.models.count {
                ancestor = parent[ancestor]
                steps += 1
            }
            return ancestor == model && !isParent[model] ? nil : ancestor
        }
    }

    /// What a model was pre-trained on: the collection or dataset its metadata names, else its first ancestor.
    private static func origins(_ zoo: Zoo, ancestors: [Int?]) -> [String?] {
        zoo.models.indices.map { index in
            let model = zoo.models[index]
            if let collection = model.other["collection"] { return collection }
            if let dataset = model.pretrainingDataset { return zoo.datasets[dataset].name }
            guard let ancestor = ancestors[index], ancestor != index else { return nil }
            return zoo.models[ancestor].name
        }
    }

    /// Logarithms to base 4: a fourfold size is one unit away.
    private static func logarithm(_ value: Double) -> Double? { value > 0 ? log(value) / log(4) : nil }

    /// The column with what is missing set to the median; `nil` where it tells nothing.
    private static func filled(_ column: [Double?]) -> [Double]? {
        let known = column.compactMap { $0 }.filter(\.isFinite).sorted()
        guard let first = known.first, let last = known.last, last > first else { return nil }
        let median = known[known.count / 2]
        return column.map { value in value.flatMap { $0.isFinite ? $0 : nil } ?? median }
    }

    private static func levels(_ names: [String?]) -> [Int] {
        var numbers: [String?: Int] = [:]
        return names.map { name in
            if let known = numbers[name] { return known }
            numbers[name] = numbers.count
            return numbers.count - 1
        }
    }
}
