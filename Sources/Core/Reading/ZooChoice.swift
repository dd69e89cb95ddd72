import Support

/// Makes a zoo from facts: the one step after reading, the same for all formats.
///
/// It decides number and scale, direction, the one metric of each dataset, which of several reports of a result counts,
/// what several runs come to, whether the row is a checkpoint or its parent, and which names mean one thing. Every fact
/// is kept with what became of it (``Zoo/reading``), and every choice made for a person is in the zoo's report.
public struct ZooChoice: Sendable {
    public let facts: Facts
    public let options: ReadingOptions

    public init(_ facts: Facts, options: ReadingOptions = ReadingOptions()) {
        self.facts = facts
        self.options = options
    }

    /// The zoo.
    ///
    /// - Parameters:
    ///   - name: what it is known by in a session.
    ///   - source: where it was read from, for messages.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: ``ZooError/noResults(source:format:leftOut:)`` where there is neither a model nor a result or score; `Cancelled`.
    /// - Complexity: linear in the measurements; distances take the square of the number of datasets.
    public func zoo(name: String, source: String, work: Work = .unwatched) throws -> Zoo {
        var known = KnownNames(facts, options)
        try known.collect(work)
        let meanings = DatasetMeanings(facts, known)
        let metrics = MetricTable(facts)
        var cells = CellChoice(facts: facts, options: options, known: known, meanings: meanings, metrics: metrics)
        try cells.decide(work)
        var making = ZooMaking(facts: facts, options: options, known: known, cells: cells)
        return try making.zoo(name: name, source: source)
    }
}
