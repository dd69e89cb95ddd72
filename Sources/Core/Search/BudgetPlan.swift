/// The models to fine-tune within a budget: a set that is expected to raise the best result most, for what it costs.
///
/// What a set adds is a monotone submodular function of it, so that taking again and again the model with the most gain
/// for its cost, or the one best model alone where that is more, is at least (1 - 1/e)/2 of what the best set adds
/// (Khuller, Moss and Naor, "The budgeted maximum coverage problem", 1999; Leskovec et al., KDD 2007). It is begun from
/// each of the best single models too, and each of the set is changed for another one as long as that adds something.
public struct BudgetPlan: Sendable {
    /// The models in the order in which to fine-tune them, with what each adds to those before it.
    public let models: [Int]
    public let gains: [Double]
    public let cost: Double
    public let budget: Double
    /// The least that a larger budget would have to be to take one model more, which model, and what it adds.
    public let next: (model: Int, budget: Double, gain: Double)?

    /// - Parameters:
    ///   - outlook: what is expected of each model.
    ///   - costs: of each of the outlook's models, above 0 or 0.
    ///   - budget: the most that the models may cost together, in the unit of `costs`.
    /// - Precondition: as many costs as models.
    /// - Complexity: O(samples × models²) at worst, where the budget takes all models; a dozen times that.
    public init(_ outlook: Outlook, costs: [Double], budget: Double) {
        precondition(costs.count == outlook.models.count)
        let places = outlook.models.indices.filter { costs[$0] <= budget }
        let known = outlook.best?.value
        let start = PlanValue(outlook, floor: known ?? Self.floor(outlook))
        // From nothing, and from each of the best single ones: what is cheap and good may stand in the way of the best.
        let singles = places.map { ($0, start.gain($0)) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.prefix(Self.starts)
        var chosen: [Int] = []
        var most = -1.0
        for first in [[]] + singles.map({ [$0.0] }) {
            var set = Self.filled(first, among: places, costs: costs, budget: budget, start: start)
            set = Self.exchanged(set, among: places, costs: costs, budget: budget, start: start)
            set = Self.filled(set, among: places, costs: costs, budget: budget, start: start)
            let total = start.total(of: set)
            if total > most * (1 + 1e-9) { (chosen, most) = (set, total) }
        }
        var spent = 0.0
        spent = chosen.reduce(0) { $0 + costs[$1] }
        var order: [Int] = []
        var gains: [Double] = []
        var state = start
        var left = chosen
        while let best = left.max(by: { (state.gain($0), outlook.mean[$0]) < (state.gain($1), outlook.mean[$1]) }) {
            gains.append(state.gain(best))
            state.take(best)
            order.append(best)
            left.removeAll { $0 == best }
        }
        models = order.map { outlook.models[$0] }
        self.gains = gains
        cost = spent
        self.budget = budget
        let end = state
        let further = outlook.models.indices.filter { !chosen.contains($0) && end.gain($0) > 0 && costs[$0].isFinite }
        let nearest = further.max {
            (end.gain($0) / max(costs[$0], 1e-12), -$0) < (end.gain($1) / max(costs[$1], 1e-12), -$1)
        }
        next = nearest.map { (outlook.models[$0], spent + costs[$0], end.gain($0)) }
    }

    private static let starts = 12

    /// A set with models added, one after the other that which gains most for its cost, as long as the budget allows.
    private static func filled(
        _ set: [Int], among places: [Int], costs: [Double], budget: Double, start: PlanValue
    ) -> [Int] {
        var set = set
        var value = start.taking(set)
        var spent = set.reduce(0) { $0 + costs[$1] }
        while true {
            let fitting = places.filter { spent + costs[$0] <= budget && !set.contains($0) }
            let gains = fitting.map { value.gain($0) }
            // A model that costs nothing comes before all that do.
            let rate = zip(fitting, gains).map { costs[$0] > 0 ? $1 / costs[$0] : $1 > 0 ? Double.infinity : 0 }
            guard let best = rate.indices.max(by: { (rate[$0], gains[$0]) < (rate[$1], gains[$1]) }), gains[best] > 0
            else { return set }
            set.append(fitting[best])
            value.take(fitting[best])
            spent += costs[fitting[best]]
        }
    }

    /// Below every draw, so that the first model counts whole.
    private static func floor(_ outlook: Outlook) -> Double { outlook.samples.min() ?? 0 }

    /// One for another, as long as the set adds more and stays within the budget.
    private static func exchanged(
        _ set: [Int], among places: [Int], costs: [Double], budget: Double, start: PlanValue
    ) -> [Int] {
        guard set.count <= 12, places.count <= 400 else { return set }
        var set = set
        for _ in 0..<3 {
            var improved = false
            for index in set.indices {
                var rest = set
                rest.remove(at: index)
                let without = start.taking(rest)
                let spent = rest.reduce(0) { $0 + costs[$1] }
                let now = without.gain(set[index])
                let better = places.filter { !set.contains($0) && spent + costs[$0] <= budget }
                    .map { ($0, without.gain($0)) }.max { $0.1 < $1.1 }
                if let better, better.1 > now * (1 + 1e-9) {
                    set[index] = better.0
                    improved = true
                }
            }
            if !improved { break }
        }
        return set
    }
}

/// What a set of models reaches in each draw.
private struct PlanValue {
    private let outlook: Outlook
    private var reached: [Double]

    init(_ outlook: Outlook, floor: Double) {
        self.outlook = outlook
        reached = [Double](repeating: floor, count: outlook.sampleCount)
    }

    func gain(_ place: Int) -> Double {
        var sum = 0.0
        let count = outlook.models.count
        for sample in reached.indices { sum += max(0, outlook.samples[sample * count + place] - reached[sample]) }
        return sum / Double(max(1, reached.count))
    }

    mutating func take(_ place: Int) {
        let count = outlook.models.count
        for sample in reached.indices {
            reached[sample] = max(reached[sample], outlook.samples[sample * count + place])
        }
    }

    func taking(_ places: [Int]) -> PlanValue {
        var copy = self
        for place in places { copy.take(place) }
        return copy
    }

    func total(of places: [Int]) -> Double {
        let end = taking(places)
        var sum = 0.0
        for sample in reached.indices { sum += end.reached[sample] - reached[sample] }
        return sum / Double(max(1, reached.count))
    }
}
