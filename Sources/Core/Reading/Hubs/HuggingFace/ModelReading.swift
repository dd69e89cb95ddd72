/// What the files of one model say, each with its file and line: read on any thread, told to ``Facts`` in the files' order.
struct ModelReading: Sendable {
    /// An index into ``files`` and a line, counted from 1; 0 where there is none.
    struct Place: Sendable, Equatable {
        var file: Int
        var line: Int
    }

    /// A metric entry.
    struct Result: Sendable, Equatable {
        var dataset: String?
        /// What a dataset's name for people is, beside its identity: what tells apart datasets of one identity.
        var title: String?
        var config: String?
        var split: String?
        var task: String?
        var metric: String?
        /// The value as written; empty where none is.
        var written: String
        var scale: MetricScale?
        var standing = Provenance.Standing.selfReported
        var source: String?
        var date: String?
        /// Results with one number were written as one entry.
        var entry: Int
        var place: Place
    }

    struct Statement: Sendable, Equatable {
        var attribute: String
        var value: Facts.Value
        var place: Place
    }

    struct Parent: Sendable, Equatable {
        var name: String
        var relation: Facts.Relation
        var source: String
        var place: Place
    }

    struct Note: Sendable, Equatable {
        var action: LoadReport.Item.Action
        var reason: String
        var example: String
        var place: Place
    }

    let model: String
    var files: [String] = []
    var statements: [Statement] = []
    var results: [Result] = []
    var parents: [Parent] = []
    var notes: [Note] = []
    /// What the library and the tags say of its relation to a parent.
    var relation = Facts.Relation.finetune
    /// The dataset that its files say it was tuned on, where they say it beside the results: `finetuning_task`, the card's text.
    var tunedTask: String?
    var tunedDataset: String?
    /// Whether the files are a model's at all.
    var isModel = true
    var hasFrontMatter = true
    private var entries = 0

    init(_ model: String) {
        self.model = model
    }

    mutating func addFile(_ path: String) -> Int {
        files.append(path)
        return files.count - 1
    }

    mutating func newEntry() -> Int {
        entries += 1
        return entries
    }

    mutating func note(_ action: LoadReport.Item.Action, _ reason: String, _ example: String = "", at place: Place) {
        notes.append(Note(action: action, reason: reason, example: example, place: place))
    }

    mutating func state(_ attribute: String, _ value: Facts.Value, at place: Place) {
        statements.append(Statement(attribute: attribute, value: value, place: place))
    }

    /// States a name, where there is one.
    mutating func state(_ attribute: String, named node: DataNode?, file: Int) {
        guard let node, let name = node.name else { return }
        state(attribute, .category(name), at: Place(file: file, line: node.line))
    }

    /// States a number, where there is one.
    mutating func state(_ attribute: String, number node: DataNode?, file: Int) {
        guard let node, let text = node.text, let number = WrittenNumber(text) else { return }
        state(attribute, .number(number.value), at: Place(file: file, line: node.line))
    }

    /// States the names in a list, or the one name that stands in place of a list.
    mutating func state(_ attribute: String, names node: DataNode?, file: Int) {
        guard let node else { return }
        let names = node.itemsOrSelf.compactMap(\.name)
        if !names.isEmpty { state(attribute, .set(names), at: Place(file: file, line: node.line)) }
    }
}
