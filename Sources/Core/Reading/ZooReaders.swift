/// The readers there are, in the order in which they are asked whether a place is theirs: the most particular first.
public enum ZooReaders {
    public static let all: [any ZooReader] = [
        TransferGraphReader(), TableReader(format: .tidy), TableReader(format: .table),
    ]

    /// The reader of a format that was named.
    public static func reader(of format: ZooFormat) -> (any ZooReader)? { all.first { $0.format == format } }

    /// The first that recognises the place.
    public static func recognising(_ place: ReadingPlace) -> (any ZooReader)? { all.first { $0.recognises(place) } }
}
