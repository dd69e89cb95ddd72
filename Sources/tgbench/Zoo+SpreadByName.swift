import TransferGraphCore

extension Zoo {
    /// The targets by name; of too many, those at the middles of as many stretches as are wanted.
    func spreadByName(_ targets: [Int], atMost: Int) -> [Int] {
        let ordered = targets.sorted { datasets[$0].name < datasets[$1].name }
        guard ordered.count > atMost else { return ordered }
        return (0..<atMost).map { ordered[(2 * $0 + 1) * ordered.count / (2 * atMost)] }
    }
}
