/// Models that were never run on anything like a target, by a column of the datasets with several values, such as modalities
/// or languages.
public struct Strangers: Sendable, Equatable {
    /// What the target has in that column.
    public let values: [String]
    /// The models with results on datasets whose value is known, of which none has a value in common with the target.
    public let models: Set<Int>
}

extension Zoo {
    /// The models whose results are on other modalities than the target's alone: an image classifier for a dataset of texts.
    public func modalityStrangers(to target: Int) -> Strangers? {
        strangers(to: target, by: ["modalities", "modality"])
    }

    /// The models whose results are in other languages than the target's alone.
    public func languageStrangers(to target: Int) -> Strangers? {
        strangers(to: target, by: ["languages", "language"])
    }

    /// Results on the target itself do not enter.
    ///
    /// - Returns: `nil` where nothing tells the target's value: neither its own metadata nor those of the dataset nearest
    ///   to it by distance.
    /// - Complexity: O(results).
    private func strangers(to target: Int, by names: [String]) -> Strangers? {
        guard let column = datasetMetadata.columns.first(where: { names.contains($0.name.lowercased()) }) else {
            return nil
        }
        let values = datasets.indices.map { dataset in
            Set(datasetMetadata.value(dataset, column).map(Self.elements) ?? [])
        }
        var own = values[target]
        if own.isEmpty, let distances {
            let near = datasets.indices.filter { $0 != target && $0 < distances.count && !values[$0].isEmpty }
                .compactMap { dataset in
                    target < distances.count ? distances[target, dataset].map { (distance: $0, dataset: dataset) } : nil
                }
                .min { ($0.distance, $0.dataset) < ($1.distance, $1.dataset) }
            own = near.map { values[$0.dataset] } ?? []
        }
        guard !own.isEmpty else { return nil }
        var isKnown = [Bool](repeating: false, count: models.count)
        var isAlike = isKnown
        for dataset in datasets.indices where dataset != target && !values[dataset].isEmpty {
            let shares = !values[dataset].isDisjoint(with: own)
            for position in results.column(dataset) {
                let model = Int(results.models[position])
                isKnown[model] = true
                if shares { isAlike[model] = true }
            }
        }
        return Strangers(values: own.sorted(), models: Set(models.indices.filter { isKnown[$0] && !isAlike[$0] }))
    }

    private static func elements(of value: Facts.Value) -> [String] {
        let texts: [String] = if case .set(let texts) = value { texts } else { [value.text] }
        return texts.flatMap { $0.split { ";,|".contains($0) } }.map { $0.trimmed.lowercased() }.filter { !$0.isEmpty }
    }
}
