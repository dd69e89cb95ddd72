/// What can go wrong when a zoo is made.
public enum ForgeError: Error, Sendable, Equatable {
    /// No folder with word lists was found.
    case noWordLists
    case wordListMissing(language: String, package: String, path: String)
    /// A word list is not in the encoding it should be in.
    case wordListEncoding(language: String, encoding: String, path: String)
    case unknownWordList(String)
    case unknownTask(String)
    case unknownArchitecture(String)
    case unknownModel(String, known: [String])
    /// A class has too few words to learn from.
    case taskTooSmall(task: String, class: String, words: Int)
    /// A model's parent is not planned before it.
    case parentNotPlanned(model: String)
    case notWritable(Output, path: String, reason: String)
    case zooFileMissing(file: String, directory: String)

    /// What was to be written.
    public enum Output: Sendable {
        case zoo
        case sourceTable
        case model
    }
}
