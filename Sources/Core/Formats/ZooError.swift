/// What can go wrong when a zoo is read.
public enum ZooError: Error, Sendable, Equatable {
    /// There is nothing at `path`; `neighbours` are the names in the folder where it would be.
    case notFound(path: String, folder: String, neighbours: [String])
    /// No format is recognised in what is at `path`.
    case notRecognised(path: String, files: [String])
    /// A directory without results; `zoos` are the directories in it that have some, `tables` the tables that could be
    /// results.
    case noRecords(path: String, zoos: [String], tables: [String])
    /// There is nothing of the format that was named, or that the place looked like.
    ///
    /// `problem` is what keeps the first of its files from being read, if anything does.
    case nothing(ZooFormat, path: String, problem: String? = nil)
    /// Tables of timm's speeds, with no results beside them.
    case onlySpeeds(path: String)
    /// There is no reader of this format.
    case noReader(ZooFormat)
    /// A saved zoo cannot be written.
    case notWritten(path: String, reason: String)
    /// A later version of the program has saved it, in a layout that this one does not know.
    case laterFormat(version: Int, known: Int, path: String)
    /// There is no model and not a single usable result or score; `leftOut` is what the readers could not use.
    case noResults(source: String, format: ZooFormat, leftOut: [String])
    /// The files of a built-in zoo are in none of the places they are looked for.
    case notInstalled(name: String)
    case table(TableError)
    case embeddings(NumPyError)
    /// There are embeddings of datasets, and the file with a name for each cannot be read.
    case embeddingNamesMissing(path: String)
    case embeddingNamesNotUTF8(path: String)
    case embeddingNamesCount(path: String, rows: Int, names: Int)
    /// A line beside the vectors of texts says neither `model` nor `dataset` and a name.
    case textName(path: String, line: Int)
}
