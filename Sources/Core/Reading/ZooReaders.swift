/// The readers there are, in the order in which they are asked whether a place is theirs: the most particular first.
public enum ZooReaders {
    public static let all: [any ZooReader] =
        [TransferGraphReader(), TableReader(format: .tidy)] + hubs + [TableReader(format: .table)]

    /// Of these a folder may hold several beside each other.
    private static let hubs: [any ZooReader] = [
        MTEBReader(), ModelLensReader(), TimmReader(), TorchvisionReader(), KerasReader(), PapersWithCodeReader(),
        PyTorchHubReader(), TFHubReader(), HuggingFaceReader(),
    ]

    /// The reader of a format that was named.
    public static func reader(of format: ZooFormat) -> (any ZooReader)? { all.first { $0.format == format } }

    /// The first that recognises the place; where that is a hub's, all hubs that do. Empty where none does.
    public static func recognising(_ place: ReadingPlace) -> [any ZooReader] {
        guard let first = all.first(where: { $0.recognises(place) }) else { return [] }
        guard hubs.contains(where: { $0.format == first.format }) else { return [first] }
        return hubs.filter { $0.recognises(place) }
    }
}
