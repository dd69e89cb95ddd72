/// A dataset of a zoo: one that models were pre-trained on, fine-tuned on, or both.
public struct Dataset: Sendable, Equatable {
    /// Its name in the zoo, unique there.
    public let name: String
    /// The number of its training samples.
    public var size: Double?
    /// The number of its classes.
    public var classes: Double?
    /// What its results are: metric, direction and scale.
    public var metric = DatasetMetric()
    /// Other names the zoo's files give it.
    public var aliases: [String] = []
    /// Whether its fine-tuning results tell models apart. Where nearly every run ended at the same lowest result, or all
    /// results are equal, they do not; such a dataset stays out of history and graph unless asked for.
    public var carriesSignal = true
    /// Further columns of the zoo's files, by their names there.
    public var other: [String: String] = [:]

    public init(name: String) {
        self.name = name
    }
}

extension Dataset {
    /// What is known of it, as columns of a ``MetadataTable``.
    var attributes: [String: Facts.Value] {
        var known = other.mapValues { Facts.Value.category($0) }
        known["size"] = size.map(Facts.Value.number)
        known["classes"] = classes.map(Facts.Value.number)
        return known
    }
}
