import Support
import ZooForge

extension UserError {
    public init(_ error: ForgeError) {
        switch error {
        case .noWordLists:
            self.init(
                "WordListsMissing", "The word lists that the forge trains on are not on this machine.",
                hint: "`script/make-zoo words --fetch` brings them from Debian's packages (about 35 MB) without "
                    + "installing anything; TGKERNEL_WORDLISTS names another folder that holds them.")
        case .wordListMissing(let language, let package, let path):
            self.init(
                "WordListsMissing", "The word list of \(language) (package \(package)) is not there.",
                place: .init(file: path), hint: "`script/make-zoo words --fetch` brings it.")
        case .wordListEncoding(let language, let encoding, let path):
            self.init(
                "WordListError", "The word list of \(language) is not in \(encoding).", place: .init(file: path))
        case .unknownWordList(let name):
            self.init("UnknownWordList", "There is no word list called “\(name)”.")
        case .unknownTask(let name):
            self.init(
                "UnknownTask", "There is no task called “\(name)”.",
                hint: "Sources are \(Self.list(TaskCatalog.sources.map(\.name))); "
                    + "targets are \(Self.list(TaskCatalog.targets.map(\.name))).")
        case .unknownArchitecture(let name):
            self.init(
                "UnknownArchitecture", "There is no architecture called “\(name)”.",
                hint: "Known are \(Self.list(Architecture.known.map(\.name))).")
        case .unknownModel(let name, let known):
            self.init(
                "UnknownModel", "The forge has no model '\(name)'.",
                hint: NearestNames.hint(for: name, in: known, listing: "%models"))
        case .taskTooSmall(let task, let name, let words):
            self.init("TaskTooSmall", "The class “\(name)” of \(task) has only \(words) words to learn from.")
        case .parentNotPlanned(let model):
            self.init("PlanError", "The model \(model) has a parent that the plan does not list before it.")
        case .notWritable(let output, let path, let reason):
            self.init(
                "FileError", "The \(Self.title(output)) cannot be written: \(reason).",
                place: .init(file: path))
        case .zooFileMissing(let file, let directory):
            self.init(
                "FileNotFound", "There is no \(file) in '\(directory)'.", place: .init(file: "\(directory)/\(file)"))
        }
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

    private static func title(_ output: ForgeError.Output) -> String {
        switch output {
        case .zoo: "zoo"
        case .sourceTable: "list of packages"
        case .model: "model"
        }
    }
}
