/// What can go wrong when a zoo is read.
public enum ZooError: Error, Sendable, Equatable {
    /// There is nothing at `path`; `neighbours` are the names in the folder where it would be.
    case notFound(path: String, folder: String, neighbours: [String])
    /// A file, and not the `records.csv` of a zoo.
    case notADirectory(path: String)
    /// A directory without a `records.csv`; `zoos` are the directories in it that have one.
    case noRecords(path: String, zoos: [String])
    /// Not a single result or score is usable.
    case noResults(source: String)
    /// The files of a built-in zoo are in none of the places they are looked for.
    case notInstalled(name: String)
    case table(TableError)
    case embeddings(NumPyError)
    /// There are embeddings of datasets, and the file with a name for each cannot be read.
    case embeddingNamesMissing(path: String)
    case embeddingNamesNotUTF8(path: String)
    case embeddingNamesCount(path: String, rows: Int, names: Int)
}
