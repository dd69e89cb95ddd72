import ArgumentParser
import CellLanguage
import Presentation
import TransferGraphCore

/// `%dataset add`
public struct DatasetAddMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Puts your own dataset into the current zoo; it can be predicted for at once.",
        discussion: """
            %dataset add mine --features probe.npy --labels labels.npy
            %dataset add mine --near pets=0.2 --near flowers=0.7 --size 1200 --classes 8
            """)

    @Argument(help: ArgumentHelp("Its name, new to the zoo.", valueName: "name"))
    public var name: String
    @Option(
        help: ArgumentHelp("Its features under the zoo's probe model, samples × D, in a .npy file.", valueName: "file"))
    public var features: String?
    @Option(help: ArgumentHelp("A label for each sample: integers in a .npy file.", valueName: "file"))
    public var labels: String?
    @Option(
        help: ArgumentHelp(
            "Its own vector instead of features, such as Task2Vec's: one row in a .npy file.", valueName: "file"))
    public var embedding: String?
    @Option(help: "How far two datasets' vectors are apart.")
    public var distance: DatasetEmbedding.Distance = .euclidean
    @Option(
        help: ArgumentHelp(
            "How far it is from a dataset of the zoo, as NAME=DISTANCE on the zoo's own scale.",
            valueName: "name=distance"))
    public var near: [String] = []
    @Option(
        help: ArgumentHelp("The number of its samples; that of the features where these are given.", valueName: "count")
    )
    public var size: Int?
    @Option(
        help: ArgumentHelp("The number of its classes; that of the labels where these are given.", valueName: "count"))
    public var classes: Int?

    public init() {}

    public mutating func validate() throws {
        if let size, size < 1 { throw ValidationError("--size takes a count of 1 or more.") }
        if let classes, classes < 1 { throw ValidationError("--classes takes a count of 1 or more.") }
        if features != nil, embedding != nil {
            throw ValidationError("Give --features or --embedding: either makes the dataset's vector.")
        }
        if name.trimmed.isEmpty { throw ValidationError("The dataset needs a name.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        var new = NewDataset(name: name)
        new.size = size.map { Double($0) }
        new.classes = classes.map { Double($0) }
        for entry in near { try add(entry, to: &new) }
        if let features {
            try invocation.withProgress("Reading the features") { work in
                let matrix = try FeatureMatrix(npy: LocalPath(features).text)
                new.embedding = try DatasetEmbedding.meanFeature(of: matrix, work: work).map { Float($0) }
                if size == nil { new.size = Double(matrix.rows) }
            }
        }
        if let embedding {
            let matrix = try FeatureMatrix(npy: LocalPath(embedding).text, vectorIsRow: true)
            guard matrix.rows == 1 else {
                throw UserError(
                    "ShapeMismatch", "There are \(matrix.rows) rows in '\(embedding)'; a dataset has one vector.",
                    place: .init(file: embedding), hint: "--features takes a row for each sample, and their mean.")
            }
            new.embedding = try DatasetEmbedding.meanFeature(of: matrix).map { Float($0) }
        }
        if let labels {
            let values = try NumPyLabels.read(npy: LocalPath(labels).text)
            if classes == nil { new.classes = Double(Set(values).count) }
            if let size = new.size, features != nil, size != Double(values.count) {
                throw UserError(
                    "ShapeMismatch", "There are \(values.count) labels for \(NumberFormat.count.text(size)) samples.",
                    hint: "Give a label for each row of the features.")
            }
            if new.size == nil { new.size = Double(values.count) }
        }
        let measure = distance
        let wider = try zoo.adding(new) { a, b in
            measure.between(a.map { Double($0) }, b.map { Double($0) }) ?? .nan
        }
        guard let index = try? wider.dataset(named: name) else { return .nothing }
        let description = NodeDescription.dataset(index, in: wider, detail: 0)
        return MagicResult(description) { $0.use(wider) }
    }

    private func add(_ entry: String, to new: inout NewDataset) throws(UserError) {
        guard let equals = entry.lastIndex(of: "="), let value = Double(entry[entry.index(after: equals)...]),
            value.isFinite, value >= 0
        else {
            throw UserError(
                "UsageError", "'\(entry)' is no distance.", hint: "Write it as NAME=DISTANCE, such as pets=0.2.")
        }
        new.distances[String(entry[..<equals])] = value
    }
}

extension DatasetEmbedding.Distance: ExpressibleByArgument {}
