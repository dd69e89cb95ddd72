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

    /// Those that recognise the place: of a folder with a table of results and a hub's files all of them, of other places
    /// the first, or all hubs that do. Empty where none does.
    public static func recognising(_ place: ReadingPlace) -> [any ZooReader] {
        let layouts = all.filter { [.transfergraph, .tidy].contains($0.format) }
        let layout = layouts.first { $0.recognises(place) }
        if let layout, layout.format == .transfergraph { return [layout] }
        let found = (hubs + [TrainerReader()]).filter { $0.recognises(place) }
        if layout == nil, found.isEmpty { return all.filter { $0.format == .table && $0.recognises(place) } }
        return [layout].compactMap(\.self) + found
    }
}
