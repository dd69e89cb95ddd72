import Foundation

/// Kernels of a zoo's models from what is known before any fine-tuning: family, size, input, output and pre-training.
///
/// What a zoo does not say is filled with the median (numbers) or counts as one more value (names), so that a zoo
/// without metadata has models that are all alike.
struct ModelKernels {
    let count: Int
    /// `count × count`: a Laplacian kernel of the models' numbers times a factor for each category they differ in; 1 for
    /// models that metadata cannot tell apart.
    let metadata: [Double]
    /// `count × count`: the linear kernel of the models' standardised numbers, by their count; zero without any.
    let linear: [Double]

    init(_ zoo: Zoo, constants: AutoConstants) {
        let models = zoo.models
        count = models.count
        let numbers = [
            Self.filled(models.map { $0.parameters.flatMap(Self.logarithm) }),
            Self.filled(models.map { $0.inputSize.map { $0 / 100 } }),
            Self.filled(models.map { $0.outputSize.flatMap(Self.logarithm) }),
        ].compactMap { $0 }
        let families = Self.levels(models.map { $0.family ?? $0.architecture })
        let origins = Self.levels(Self.origins(of: zoo))
        let standardised = numbers.map(Statistics.standardised)
        var metadata = [Double](repeating: 1, count: count * count)
        var linear = [Double](repeating: 0, count: count * count)
        for a in 0..<count {
            for b in 0...a {
                var distance = 0.0
                for column in numbers { distance += abs(column[a] - column[b]) }
                var value = exp(-distance / constants.modelLengthScale)
                if families[a] != families[b] { value *= constants.crossFamilySimilarity }
                if origins[a] != origins[b] { value *= constants.crossPretrainingSimilarity }
                metadata[a * count + b] = value
                metadata[b * count + a] = value
                var product = 0.0
                for column in standardised { product += column[a] * column[b] }
                if !standardised.isEmpty { product /= Double(standardised.count) }
                linear[a * count + b] = product
                linear[b * count + a] = product
            }
        }
        self.metadata = metadata
        self.linear = linear
    }

    /// What a model was pre-trained on: the collection or dataset its metadata names, else its first ancestor.
    private static func origins(of zoo: Zoo) -> [String?] {
        var parent = [Int](repeating: -1, count: zoo.models.count)
        for link in zoo.lineage where parent[link.child] < 0 { parent[link.child] = link.parent }
        return zoo.models.indices.map { index in
            let model = zoo.models[index]
            if let collection = model.other["collection"] { return collection }
            if let dataset = model.pretrainingDataset { return zoo.datasets[dataset].name }
            var ancestor = index
            for _ in zoo.models.indices where parent[ancestor] >= 0 { ancestor = parent[ancestor] }
            return ancestor == index ? nil : zoo.models[ancestor].name
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
