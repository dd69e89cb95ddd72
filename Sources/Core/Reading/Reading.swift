/// Everything that was read for a zoo, used or not, with what became of it.
public final class Reading: Sendable {
    public let facts: Facts
    /// A ``Decision`` for each of the facts' measurements, packed; 0 for one that is not listed.
    public let decisions: [UInt16]

    init(facts: Facts, decisions: [UInt16]) {
        self.facts = facts
        self.decisions = decisions
    }

    /// One measurement as `measurements` lists it.
    public struct Entry: Sendable, Equatable {
        public let model: String?
        public let dataset: String?
        public let config: String?
        public let split: String?
        public let metric: String?
        /// On ``Decision/scale``; `nil` where what stood there is no number.
        public let value: Double?
        public let written: String
        public let decision: Decision
        public let file: String
        public let line: Int?
        public let provenance: Provenance
    }

    /// Where what was read lies: the sources, and the files inside those that are folders.
    public var paths: [String] {
        facts.sources.map(\.path) + facts.files.map { facts.sources[$0.source].path + "/" + $0.path }
    }

    /// How many measurements are listed. O(measurements).
    public var count: Int { decisions.count { $0 != 0 } }

    /// The measurement in a row of the facts; `nil` where it is not listed.
    public func entry(_ row: Int) -> Entry? {
        guard decisions[row] != 0 else { return nil }
        let decision = Decision(packed: decisions[row])
        let measured = facts.measurements[row]
        let names = facts.names
        func text(_ name: Name) -> String? { names.text(name).flatMap { $0.isEmpty ? nil : $0 } }
        let file = Int(measured.file) < facts.files.count ? facts.files[Int(measured.file)].path : ""
        return Entry(
            model: text(measured.model), dataset: text(measured.dataset), config: text(measured.config),
            split: text(measured.split), metric: text(measured.metric),
            value: measured.value.isFinite ? decision.factor.of(measured.value) : nil,
            written: names.text(measured.written)
                ?? (measured.value.isNaN ? "" : WrittenNumber.shortest(measured.value)), decision: decision,
            file: file, line: measured.line > 0 ? Int(measured.line) : nil,
            provenance: facts.provenances[Int(measured.provenance)])
    }

    /// The listed measurements, in the order in which they were read.
    public var entries: some Sequence<Entry> { decisions.indices.lazy.compactMap { self.entry($0) } }
}
