/// A zoo in which the target's fine-tuning results do not exist.
///
/// Everything that predicts takes one of these, and only ``Zoo/holdingOut(_:revealing:includingWithoutSignal:)`` makes
/// one: what is known only after fine-tuning on the target cannot reach a prediction for it. What stays is what a user
/// has before: the target's size and classes, its distances to other datasets, and the transferability scores computed on
/// it. The results of models that the user has fine-tuned already stand apart, in ``revealed``; a method that does not
/// look there predicts as if there were none.
public struct HeldOutZoo: Sendable {
    /// The zoo without any of the target's results, and without those that are the only one on their dataset.
    public let known: Zoo
    /// The target's index among the zoo's datasets.
    public let target: Int
    /// The target's results that are known, by model index ascending; empty before anything is fine-tuned on it.
    public let revealed: [RevealedResult]

    /// The known results scaled onto 0…1 within each dataset.
    public let normalised: PairTable

    fileprivate init(known: Zoo, target: Int, revealed: [RevealedResult]) {
        // A single result on a dataset tells no models apart, and nothing says whether it is a good one there.
        let tellsNothing = known.datasets.indices.map { known.results.column($0).count == 1 }
        let known = tellsNothing.contains(true) ? known.keepingResults { !tellsNothing[$0.dataset] } : known
        self.known = known
        self.target = target
        self.revealed = revealed
        normalised = known.results.minMaxNormalised()
    }

    /// The same with only those results of other datasets that `isKept` says.
    func keeping(_ isKept: (PairTable.Entry) -> Bool) -> HeldOutZoo {
        HeldOutZoo(known: known.keepingResults(isKept), target: target, revealed: revealed)
    }

    /// The same with a share of the history: each known result is kept with probability `ratio`, drawn by `seed`.
    public func keepingHistory(ratio: Double, seed: UInt64) -> HeldOutZoo {
        if ratio >= 1 { return self }
        var generator = SeededGenerator(seed: seed, purpose: .historySubset, item: target)
        let order = known.results.count
        var positions = Array(0..<order)
        positions.shuffle(using: &generator)
        var isKept = [Bool](repeating: false, count: order)
        for position in positions.prefix(Int((Double(order) * ratio).rounded())) { isKept[position] = true }
        var position = -1
        return HeldOutZoo(
            known: known.keepingResults { _ in
                position += 1
                return isKept[position]
            }, target: target, revealed: revealed)
    }

    /// The same with the history of a share of the models, spread over good and bad ones: models are ordered by their
    /// mean normalised result on the other datasets, cut into ten quantiles, and the share is drawn from each
    /// (Li et al., ICDE 2024, section on the number of models). The others keep no result at all.
    public func keepingModels(ratio: Double, seed: UInt64) -> HeldOutZoo {
        if ratio >= 1 { return self }
        var generator = SeededGenerator(seed: seed, purpose: .modelSubset, item: target)
        let means = HistoryMean(normalised, modelCount: known.models.count).means
        let ordered = means.indices.filter { means[$0] != nil }.sorted { (means[$0]!, $0) < (means[$1]!, $1) }
        var isKept = [Bool](repeating: false, count: means.count)
        let quantiles = min(10, ordered.count)
        var kept = 0
        for quantile in 0..<quantiles {
            var members = Array(
                ordered[(ordered.count * quantile / quantiles)..<(ordered.count * (quantile + 1) / quantiles)])
            members.shuffle(using: &generator)
            // Rounded over all quantiles so far, so that the share holds for the zoo; one model stays in any case.
            let end = ordered.count * (quantile + 1) / quantiles
            var wanted = Int((Double(end) * ratio).rounded())
            if quantile == quantiles - 1 { wanted = max(1, wanted) }
            for model in members.prefix(wanted - kept) { isKept[model] = true }
            kept = max(kept, wanted)
        }
        return HeldOutZoo(known: known.keepingResults { isKept[$0.model] }, target: target, revealed: revealed)
    }
}

extension Zoo {
    /// The zoo as it is known before any model is fine-tuned on `target`, or when only some are.
    ///
    /// - Parameters:
    ///   - target: the dataset whose results are held out.
    ///   - models: those whose results on the target are known. One that has none there reveals nothing.
    ///   - includingWithoutSignal: whether results on datasets that tell no models apart stay in.
    public func holdingOut(
        _ target: Int, revealing models: [Int] = [], includingWithoutSignal: Bool = false
    ) -> HeldOutZoo {
        HeldOutZoo(
            known: keepingResults { entry in
                entry.dataset != target && (includingWithoutSignal || datasets[entry.dataset].carriesSignal)
            }, target: target,
            revealed: Set(models).sorted().compactMap { model in
                results[model: model, dataset: target].map { RevealedResult(model: model, value: $0) }
            })
    }
}
