/// What files say, before anything is decided: measurements, facts about models and datasets, lineage, and what was left
/// out. Readers (``ZooReader``) fill it, ``ZooChoice`` decides and makes the zoo.
///
/// ```swift
/// let file = facts.addFile("cards/org/model/README.md")
/// let place = Facts.Place(file: file, line: 12)
/// facts.describe(model: "org/model", "license", .category("mit"), at: place)
/// facts.add(model: "org/model", dataset: "emotion", split: "test", metric: "accuracy", written: "93.2%",
///     entry: facts.newEntry(), at: place)
/// facts.link("org/model", to: "org/parent", relation: .finetune, source: "base_model", at: place)
/// ```
public struct Facts: Sendable {
    /// Where something stands.
    public struct Place: Sendable, Equatable, Hashable {
        /// An index into ``Facts/files``.
        public var file: Int32
        /// Counted from 1; 0 where there is none.
        public var line: Int32
        public init(file: Int32, line: Int = 0) {
            self.file = file
            self.line = Int32(clamping: line)
        }
    }

    public struct File: Sendable, Equatable {
        /// Its path inside the source, for messages.
        public let path: String
        /// An index into ``Facts/sources``.
        public let source: Int
    }

    /// What is said of a model or dataset: one attribute.
    public enum Value: Sendable, Equatable {
        case number(Double)
        /// One of a few names, such as a licence or a family.
        case category(String)
        /// Free text, such as a description.
        case text(String)
        case set([String])
        case truth(Bool)

        /// The value; of a set each text once, in the order of their first.
        var withoutRepetitions: Value {
            guard case .set(let texts) = self else { return self }
            var seen: Set<String> = []
            return .set(texts.filter { seen.insert($0).inserted })
        }
    }

    public struct Fact: Sendable, Equatable {
        public let kind: Subject
        public let subject: Name
        /// The attribute as the file spells it; ``AttributeKnowledge`` knows which of them are meant.
        public let attribute: Name
        public let value: Value
        public let place: Place
        /// How many measurements came before it: names keep the order in which files bring them up.
        let after: Int32
    }

    /// How a model came from another.
    public enum Relation: String, Sendable, CaseIterable {
        case finetune
        case adapter
        case merge
        case quantized
        /// The same weights in another form.
        case converted
    }

    public struct Link: Sendable, Equatable {
        public let child: Name
        public let parent: Name
        public let relation: Relation
        /// What says so: `base_model`, `body`, `adapter_config.json`, ….
        public let source: Name
        public let place: Place
    }

    public enum Subject: Sendable { case model, dataset }

    /// A column of the results' own table that is kept with them, a text for each measurement.
    public struct ResultColumn: Sendable {
        public let name: String
        var texts = QuietColumn<Name>(.none)
    }

    /// Two names that a source knows to mean one thing.
    public struct Alias: Sendable, Equatable {
        public let name: Name
        /// The name that is kept.
        public let kept: Name
        public let subject: Subject
    }

    /// The value of a transferability score of a model on a dataset.
    public struct Score: Sendable, Equatable {
        public let model: Name
        public let dataset: Name
        /// The score as written, such as `LogME`.
        public let score: Name
        public let value: Double
        public let place: Place
    }

    public struct Distance: Sendable, Equatable {
        public let a: Name
        public let b: Name
        public let value: Double
        public let place: Place
    }

    /// What is said of the runs behind one number.
    public struct RunSummary: Sendable, Equatable {
        public let count: Int32
        public let lowest: Double?
        public let highest: Double?
    }

    /// What one path held, and what is true of everything in it.
    public struct Source: Sendable, Equatable {
        public let path: String
        public let format: ZooFormat
        /// Whether an accuracy on the dataset that a model was pre-trained on is a result here, since the source holds
        /// nothing but benchmarks (timm, torchvision, Keras, PyTorch Hub).
        public var holdsOnlyBenchmarks = false
        /// What a second number for the same model and dataset is.
        public var repeats = Repeats.runs
        /// Whether results belong to fine-tuned copies, so that what one chooses among is their parents.
        public var resultsAreOfCopies = false
        /// Whether a name that only scores, distances or lineage know is taken as one more model or dataset.
        public var admitsUnknownNames = false
        /// Whether there is a log of measurements beside the results: then results are not listed once more.
        public var hasLog = false
    }

    public enum Repeats: Sendable {
        /// Another run: their mean is the result.
        case runs
        /// The same result reported again: the report of the highest standing is taken, the others are disagreements.
        case reports
    }

    /// What a reader could not use, counted: one for each reason.
    public struct LeftOut: Sendable, Equatable {
        public let action: LoadReport.Item.Action
        /// A few words: `results without a dataset`.
        public let reason: String
        public private(set) var count = 0
        /// The first few, each with its place.
        public private(set) var examples: [(place: Place, text: String)] = []
        /// The choice of runs that would have taken these; `nil` where none would.
        public let takenBy: FineTuning?

        static let exampleLimit = 20

        init(_ action: LoadReport.Item.Action, _ reason: String, takenBy: FineTuning?) {
            self.takenBy = takenBy
            self.action = action
            self.reason = reason
        }

        mutating func add(_ text: String, at place: Place, count: Int) {
            self.count += count
            if examples.count < Self.exampleLimit { examples.append((place, text)) }
        }

        public static func == (a: LeftOut, b: LeftOut) -> Bool {
            a.action == b.action && a.reason == b.reason && a.count == b.count
                && a.examples.elementsEqual(b.examples) { $0 == $1 }
        }
    }

    public var names = NameTable()
    public private(set) var sources: [Source] = []
    public private(set) var files: [File] = []
    /// The first says nothing.
    public private(set) var provenances: [Provenance] = [Provenance()]
    private var provenanceIndices: [Provenance: Int32] = [Provenance(): 0]
    private var lastEntry: Int32 = -1

    public var measurements = MeasurementTable()
    /// What is said of models and datasets, in the order in which it was read.
    public private(set) var statements: [Fact] = []
    public private(set) var links: [Link] = []
    /// Further columns of results tables.
    public internal(set) var resultColumns: [ResultColumn] = []
    /// By measurement: the runs that it is the mean of, where it is said to be of several.
    public internal(set) var runs: [Int32: RunSummary] = [:]
    /// The types of columns where a saved zoo says them, by table (`models`, `datasets`, `records`) and column.
    public internal(set) var declaredKinds: [String: [String: MetadataTable.Kind]] = [:]
    public private(set) var aliases: [Alias] = []
    public private(set) var scores: [Score] = []
    public private(set) var distances: [Distance] = []
    /// Vectors of datasets under one probe.
    public private(set) var embeddings: [(dataset: Name, vector: [Float], place: Place)] = []
    /// Vectors of what models and datasets are called and what is said of them.
    public private(set) var texts: [(subject: Subject, name: Name, vector: [Float], place: Place)] = []
    /// What the makers of the sources say of them, in lines.
    public internal(set) var about: [String] = []
    public private(set) var leftOut: [LeftOut] = []
    private var leftOutIndices: [String: Int] = [:]

    public init() {}

    // MARK: Where things stand

    /// Begins a source; what is added from here on is its.
    public mutating func beginSource(_ path: String, format: ZooFormat) {
        sources.append(Source(path: path, format: format))
    }

    /// The source that is being read: a reader sets here what is true of everything in it.
    ///
    /// - Precondition: a source was begun.
    public var source: Source {
        get { sources[sources.count - 1] }
        set { sources[sources.count - 1] = newValue }
    }

    /// A file of the source, by its path inside it.
    public mutating func addFile(_ path: String) -> Int32 {
        files.append(File(path: path, source: max(0, sources.count - 1)))
        return Int32(files.count - 1)
    }

    /// The index of a provenance.
    public mutating func intern(_ provenance: Provenance) -> Int32 {
        if let index = provenanceIndices[provenance] { return index }
        let index = Int32(provenances.count)
        provenances.append(provenance)
        provenanceIndices[provenance] = index
        return index
    }

    /// The number of a new result entry: the values of one entry have one scale (rule S).
    public mutating func newEntry() -> Int32 {
        lastEntry += 1
        return lastEntry
    }

    // MARK: What files say

    /// A model that a file names, whether or not more is known of it.
    public mutating func mention(model: String, at place: Place) {
        state(.model, names.intern(model), .none, .truth(true), at: place)
    }

    public mutating func mention(dataset: String, at place: Place) {
        state(.dataset, names.intern(dataset), .none, .truth(true), at: place)
    }

    /// The attribute is given as the file spells it: ``AttributeKnowledge`` knows the usual spellings of those that are
    /// computed with.
    public mutating func describe(model: String, _ attribute: String, _ value: Value, at place: Place) {
        state(.model, names.intern(model), names.intern(attribute), value, at: place)
    }

    /// Attributes with a meaning to the choice: `metric` (the dataset's own), `higher_is_better` (truth), `scale` (one of
    /// ``MetricScale``), `task`, `description` (text).
    public mutating func describe(dataset: String, _ attribute: String, _ value: Value, at place: Place) {
        state(.dataset, names.intern(dataset), names.intern(attribute), value, at: place)
    }

    mutating func state(_ kind: Subject, _ subject: Name, _ attribute: Name, _ value: Value, at place: Place) {
        statements.append(
            Fact(
                kind: kind, subject: subject, attribute: attribute, value: value.withoutRepetitions, place: place,
                after: Int32(clamping: measurements.count)))
    }

    /// A measurement from its text: rule N reads the number, and a percent sign says its scale. A text that is no number
    /// is kept as a measurement without a value, so that it is counted.
    public mutating func add(
        model: String?, dataset: String?, config: String? = nil, split: String? = nil, metric: String? = nil,
        written: String, scale: MetricScale? = nil, higherIsBetter: Bool? = nil, entry: Int32 = -1,
        provenance: Provenance = Provenance(), status: MeasurementTable.Row.Status = .open, at place: Place
    ) {
        let number = WrittenNumber(written)
        measurements.append(
            .init(
                model: names.intern(model), dataset: names.intern(dataset), config: names.intern(config),
                split: names.intern(split), metric: names.intern(metric), value: number?.value ?? .nan,
                written: number?.isShortest == true ? .none : names.intern(written),
                scale: number?.isPercent == true ? .percent : scale, higherIsBetter: higherIsBetter, entry: entry,
                provenance: intern(provenance), file: place.file, line: place.line, status: status))
    }

    public mutating func link(
        _ child: String, to parent: String, relation: Relation, source: String, at place: Place
    ) {
        links.append(
            Link(
                child: names.intern(child), parent: names.intern(parent), relation: relation,
                source: names.intern(source), place: place))
    }

    /// Says that `name` and `kept` mean one model or dataset, which is called `kept`.
    public mutating func alias(_ subject: Subject, _ name: String, of kept: String) {
        aliases.append(Alias(name: names.intern(name), kept: names.intern(kept), subject: subject))
    }

    /// Gives models other names, by the name and the file that it stands in; `nil` keeps one.
    mutating func renameModels(_ other: (Name, Int32) -> Name?) {
        measurements.renameModels(other)
        statements = statements.map { fact in
            guard fact.kind == .model, let name = other(fact.subject, fact.place.file) else { return fact }
            return Fact(
                kind: fact.kind, subject: name, attribute: fact.attribute, value: fact.value, place: fact.place,
                after: fact.after)
        }
        links = links.map { link in
            let child = other(link.child, link.place.file) ?? link.child
            let parent = other(link.parent, link.place.file) ?? link.parent
            return Link(child: child, parent: parent, relation: link.relation, source: link.source, place: link.place)
        }
    }

    public mutating func add(score: String, model: String, dataset: String, value: Double, at place: Place) {
        scores.append(
            Score(
                model: names.intern(model), dataset: names.intern(dataset), score: names.intern(score), value: value,
                place: place))
    }

    mutating func add(score: Name, model: Name, dataset: Name, value: Double, at place: Place) {
        scores.append(Score(model: model, dataset: dataset, score: score, value: value, place: place))
    }

    public mutating func add(distance: Double, between a: String, and b: String, at place: Place) {
        distances.append(Distance(a: names.intern(a), b: names.intern(b), value: distance, place: place))
    }

    public mutating func add(embedding: [Float], dataset: String, at place: Place) {
        embeddings.append((names.intern(dataset), embedding, place))
    }

    public mutating func add(text: [Float], _ subject: Subject, _ name: String, at place: Place) {
        texts.append((subject, names.intern(name), text, place))
    }

    /// Sets what a further column of a results table holds for a measurement.
    mutating func setResultColumn(_ index: Int, _ measurement: Int, _ text: Name) {
        resultColumns[index].texts.fill(to: measurement)
        resultColumns[index].texts.append(text)
    }

    // MARK: What could not be used

    /// Counts something that was left out, repaired or merged, or that is worth a note.
    ///
    /// - Parameters:
    ///   - action: left out, repaired, merged, or noted.
    ///   - reason: the same few words for all of a kind: `cards whose front matter is no YAML`.
    ///   - example: what it was, such as `org/model: accuracy 0.9`; empty where the place says enough.
    ///   - place: the file and line.
    ///   - count: how many there are.
    ///   - takenBy: the way of fine-tuning whose results it concerns; all where `nil`.
    public mutating func note(
        _ action: LoadReport.Item.Action, _ reason: String, example: String = "", at place: Place, count: Int = 1,
        takenBy: FineTuning? = nil
    ) {
        let key = action.rawValue + reason
        let index: Int
        if let known = leftOutIndices[key] {
            index = known
        } else {
            index = leftOut.count
            leftOutIndices[key] = index
            leftOut.append(LeftOut(action, reason, takenBy: takenBy))
        }
        leftOut[index].add(example, at: place, count: count)
    }

    /// `cards/a.md line 3`, for messages.
    public func text(_ place: Place) -> String {
        guard place.file >= 0, Int(place.file) < files.count else { return "" }
        let path = files[Int(place.file)].path
        return place.line > 0 ? "\(path) line \(place.line)" : path
    }
}
