import ArgumentParser
import CellLanguage
import Foundation
import Presentation
import Sentences
import TransferGraphCore

/// `%dataset add`
public struct DatasetAddMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Puts your own dataset into the current zoo; it can be predicted for at once.",
        discussion: """
            %dataset add mine --like pets,flowers --size 1200 --classes 8 --metric accuracy
            %dataset add mine --text "photos of mushrooms, by species"
            %dataset add mine --near pets=0.2 --near flowers=0.7
            %dataset add mine --features probe.npy --labels labels.npy
            %dataset add mine --from features-folder --like pets

            Adding it again replaces it; its results stay. In a zoo without distances of its own, datasets \
            that are not named are taken to have nothing in common with it.
            """)

    @Argument(help: ArgumentHelp("Its name, new to the zoo.", valueName: "name"))
    public var name: String
    @Option(help: ArgumentHelp("Datasets of the zoo that it is like, with commas between them.", valueName: "datasets"))
    public var like: [String] = []
    @Option(
        help: ArgumentHelp(
            "How far it is from a dataset of the zoo, as NAME=DISTANCE on the zoo's own scale.",
            valueName: "name=distance"))
    public var near: [String] = []
    @Option(
        help: ArgumentHelp("A CSV file with the columns dataset and distance.", valueName: "file"))
    public var distances: String?
    @Option(
        help: ArgumentHelp(
            "What it is, in words; it is taken to be like the datasets whose names and descriptions share them.",
            valueName: "text"))
    public var text: String?
    @Option(
        help: ArgumentHelp("Its features under the zoo's probe model, samples × D, in a .npy file.", valueName: "file"))
    public var features: String?
    @Option(help: ArgumentHelp("A label for each sample, in a .npy file.", valueName: "file"))
    public var labels: String?
    @Option(
        help: ArgumentHelp(
            "The folder that %features extract wrote instead of labels; its labels tell size and classes.",
            valueName: "folder"))
    public var from: String?
    @Option(
        help: ArgumentHelp(
            "Its own vector instead of features, such as Task2Vec's: one row in a .npy file.", valueName: "file"))
    public var embedding: String?
    @Option(help: "How far two datasets' vectors are apart.")
    public var distance: DatasetEmbedding.Distance = .euclidean
    @Option(
        help: ArgumentHelp("The number of its samples; that of the features where these are given.", valueName: "count")
    )
    public var size: Int?
    @Option(
        help: ArgumentHelp("The number of its classes; that of the labels where these are given.", valueName: "count"))
    public var classes: Int?
    @Option(help: ArgumentHelp("What its results will be, such as accuracy or wer.", valueName: "metric"))
    public var metric: String?

    public init() {}

    public mutating func validate() throws {
        if let size, size < 1 { throw ValidationError("--size takes a count of 1 or more.") }
        if let classes, classes < 2 {
            throw ValidationError("--classes takes a count of 2 or more; leave it out where results are of no classes.")
        }
        if features != nil, embedding != nil {
            throw ValidationError("Give --features or --embedding: either makes the dataset's vector.")
        }
        if from != nil, labels != nil { throw ValidationError("Give --from or --labels: the folder has labels.") }
        if name.trimmed.isEmpty { throw ValidationError("The dataset needs a name.") }
        if metric?.trimmed.isEmpty == true { throw ValidationError("--metric takes a name, such as accuracy.") }
        if text?.trimmed.isEmpty == true { throw ValidationError("--text takes some words.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        var new = NewDataset(name: name)
        new.size = size.map { Double($0) }
        new.classes = classes.map { Double($0) }
        new.metric = metric?.trimmed
        new.text = text?.trimmed
        for entry in near { try add(entry, to: &new) }
        if let distances { try addDistances(from: distances, in: zoo, to: &new) }
        new.like = like.flatMap { $0.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty } }
        var notes: [String] = []
        if let text { notes.append(try like(text, in: zoo, new: &new)) }
        try readVectors(of: zoo, into: &new, in: invocation, notes: &notes)
        if distance != .euclidean, new.embedding == nil {
            throw UserError(
                "UsageError", "--distance compares vectors, and '\(name)' has none.",
                hint: "--features or --embedding gives it one.")
        }
        let measure = distance
        let added = try zoo.adding(new) { a, b in
            measure.between(a.map { Double($0) }, b.map { Double($0) }) ?? .nan
        }
        let own = added.zoo.datasets[added.dataset]
        if added.replaced {
            let results = added.zoo.results.column(added.dataset).count
            let scores = zoo.scores.reduce(0) { $0 + $1.values.column(added.dataset).count }
            notes.insert(
                "Replaced the dataset '\(name)' that you added before\(results > 0 ? "; its \(results) result\(results == 1 ? "" : "s") stay\(results == 1 ? "s" : "")" : "")\(scores > 0 ? "; its \(scores) transferability scores are gone, %score --into zoo brings them" : "").",
                at: 0)
        }
        notes += distanceNotes(added, zoo: zoo)
        if let metric = own.metric.name {
            let tense = added.zoo.results.column(added.dataset).isEmpty ? "will be" : "are"
            let direction = own.metric.higherIsBetter ? "higher" : "lower"
            notes.append(
                "Its results \(tense) \(metric.singleLine(limit: 40)); \(direction) is better (\(own.metric.sourcePhrase))."
            )
        }
        var description = NodeDescription.dataset(added.dataset, in: added.zoo, detail: 0)
        description.notes = notes
        return MagicResult(description) { $0.use(added.zoo) }
    }

    private func distanceNotes(_ added: ZooWithDataset, zoo: Zoo) -> [String] {
        var notes: [String] = []
        if added.derivedDistances > 0 {
            notes.append(
                "Distances to \(added.derivedDistances) further datasets follow by way of the \(added.givenDistances) given."
            )
        }
        if added.givenDistances > 0, !added.zooHasDistances {
            notes.append(
                "The zoo has no distances of its own: datasets that are not named are taken to have nothing in common with it."
            )
        }
        if !Ties(added.zoo, target: added.dataset).isTied {
            notes.append(
                "Nothing ties it to the zoo's datasets yet: a prediction is the general order of the models. --like A,B says what it is like."
            )
        }
        return notes
    }

    /// Takes the datasets that share words with a text as those similar to the dataset.
    private func like(_ text: String, in zoo: Zoo, new: inout NewDataset) throws(UserError) -> String {
        let matches = TextNearness(text, in: zoo, without: try? zoo.dataset(named: name)).matches
        guard !matches.isEmpty else {
            throw UserError(
                "NoMatch", "No word of --text distinguishes one dataset of the zoo from the others.",
                hint: "Their names and descriptions share none of them; --like names datasets instead.")
        }
        let names = matches.map { zoo.datasets[$0.dataset].name }
        new.like += names.filter { !new.like.contains($0) && new.distances[$0] == nil }
        return "By its text it is taken to be like \(names.map { $0.singleLine(limit: 40) }.joined(separator: ", "))."
    }

    private func readVectors(
        of zoo: Zoo, into new: inout NewDataset, in invocation: Invocation, notes: inout [String]
    ) throws {
        if let features {
            let read = try invocation.withProgress("Reading the features") { work in
                let matrix = try FeatureMatrix(npy: LocalPath(features).text)
                return (try DatasetEmbedding.meanFeature(of: matrix, work: work).map { Float($0) }, matrix.rows)
            }
            new.embedding = read.0
            if let size, size != read.1 {
                throw UserError(
                    "ShapeMismatch", "--size says \(size) samples, and the features have \(read.1) rows.",
                    hint: "Leave --size out: the features tell it.")
            }
            if size == nil { new.size = Double(read.1) }
            if zoo.datasetEmbeddings == nil {
                notes.append(
                    "The zoo has no vectors of datasets, so the features tell only the size, not a distance: --like says what it is like."
                )
            }
        }
        if let embedding {
            let matrix = try FeatureMatrix(npy: LocalPath(embedding).text, role: .embedding, vectorIsRow: true)
            guard matrix.rows == 1 else {
                throw UserError(
                    "ShapeMismatch", "There are \(matrix.rows) rows in '\(embedding)'; a dataset has one vector.",
                    place: .init(file: embedding), hint: "--features takes a row for each sample, and their mean.")
            }
            guard zoo.datasetEmbeddings != nil else {
                throw UserError(
                    "NoVectors", "The zoo has no vectors of datasets to compare '\(name)' with.",
                    hint: "--like says what it is like.")
            }
            new.embedding = try DatasetEmbedding.meanFeature(of: matrix).map { Float($0) }
        }
        guard let path = try labelsPath else { return }
        if let from {
            notes.append(
                "%score all --from \(from) --dataset \(name) --into zoo brings the scores of the folder's models.")
        }
        let values = try NumPyLabels.read(npy: path)
        let found = Set(values).count
        guard found > 1 else {
            throw UserError(
                "FeatureError", "All \(values.count) labels are of one class: there is nothing to tell apart.",
                place: .init(file: path))
        }
        if let classes, classes != found {
            throw UserError(
                "ShapeMismatch", "--classes says \(classes), and the labels are of \(found) classes.",
                hint: "Leave --classes out: the labels tell them.")
        }
        if let size, size != values.count {
            throw UserError(
                "ShapeMismatch", "--size says \(size) samples, and there are \(values.count) labels.",
                hint: "Leave --size out: the labels tell it.")
        }
        new.classes = Double(found)
        if let size = new.size, features != nil, self.size == nil, size != Double(values.count) {
            throw UserError(
                "ShapeMismatch", "There are \(values.count) labels for \(NumberFormat.count.text(size)) samples.",
                hint: "Give a label for each row of the features.")
        }
        if new.size == nil { new.size = Double(values.count) }
    }

    /// The path of the labels; `nil` if none are given.
    private var labelsPath: String? {
        get throws {
            guard let from else { return labels.map { LocalPath($0).text } }
            let manifest = try FeatureManifest(folder: from)
            return try FeatureManifest.file(manifest.data.labels, in: from)
        }
    }

    private func addDistances(from path: String, in zoo: Zoo, to new: inout NewDataset) throws {
        let table = try CSVTable(contentsOf: URL(fileURLWithPath: LocalPath(path).text))
        let dataset = try table.requiredColumn("dataset")
        let distance = try table.requiredColumn("distance")
        for row in table.rows {
            let place = UserError.Place(file: path, line: row.line)
            guard let name = table.text(row, dataset), let value = try table.number(row, distance), value.isFinite,
                value >= 0
            else {
                throw UserError(
                    "TableError", "A dataset or its distance, a number of 0 or more, is missing.", place: place)
            }
            do {
                _ = try zoo.dataset(named: name)
            } catch {
                let unknown = UserError(error)
                throw UserError(unknown.name, unknown.message, place: place, hint: unknown.hint)
            }
            if let known = new.distances[name], known != value {
                throw UserError("TableError", "'\(name)' is given two distances: \(known) and \(value).", place: place)
            }
            new.distances[name] = value
        }
        if table.rows.isEmpty {
            throw UserError("TableError", "The file holds no distance.", place: .init(file: path))
        }
    }

    private func add(_ entry: String, to new: inout NewDataset) throws(UserError) {
        guard let equals = entry.lastIndex(of: "="), let value = Double(entry[entry.index(after: equals)...]),
            value.isFinite, value >= 0
        else {
            throw UserError(
                "UsageError", "'\(entry)' is not a distance.", hint: "Write it as NAME=DISTANCE, such as pets=0.2.")
        }
        let name = String(entry[..<equals])
        if let known = new.distances[name], known != value {
            throw UserError("UsageError", "'\(name)' is given two distances: \(known) and \(value).")
        }
        new.distances[name] = value
    }
}

extension DatasetEmbedding.Distance: ExpressibleByArgument {}
