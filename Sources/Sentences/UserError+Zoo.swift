import Support
import TransferGraphCore

extension UserError {
    /// What a local copy of each hub must hold.
    private static let whereToLook: [ZooFormat: String] = [
        .huggingface: "A model is a folder with a README.md or config.json, or a card such as ORG_NAME.md.",
        .tfhub: "A document begins with a line such as '# Module google/elmo/3'.",
        .pytorchHub: "A page has front matter with 'layout: hub_detail'.",
        .torchvision: "script/export-zoo torchvision writes the file with your own torchvision.",
        .timm: "timm's repository has tables such as results/results-imagenet.csv.",
        .keras: "The table of keras.io has the columns Model, Size (MB), Top-1 Accuracy, Top-5 Accuracy, Parameters.",
        .mteb: "Results lie in folders ORG__NAME/REVISION, one JSON file per task.",
        .paperswithcode: "The file is a JSON list of tasks with their datasets: evaluation-tables.json.",
        .modellens: "The table has the columns task, dataset, model, metric, value and dataset_desp.",
    ]

    public init(_ error: ZooError) {
        switch error {
        case .notFound(let path, let folder, let neighbours):
            let near = NearestNames.nearest(to: LocalPath(path).name, in: neighbours)
            self.init(
                "FileNotFound", "There is no zoo at '\(path)': no such file or directory.", place: .init(file: path),
                hint: near.isEmpty
                    ? "Check the path; it is taken from the notebook's directory."
                    : "In \(folder) there is \(near.joined(separator: ", ")).")
        case .notRecognised(let path, let files):
            let some = files.prefix(5).joined(separator: ", ")
            self.init(
                "ZooFormatError", "Nothing in '\(path)' looks like a zoo.", place: .init(file: path),
                hint: files.isEmpty
                    ? "It is empty. A zoo's folder holds at least a table of results, such as records.csv with the columns model, dataset and score."
                    : "There is \(some)\(files.count > 5 ? ", …" : ""). "
                        + (files.first { name in [".md", ".txt", ".dat"].contains { name.hasSuffix($0) } }.map {
                            "Where a table of results stands in \($0), name the file: %zoo load \(path)/\($0)."
                        } ?? "%help zoo tells what is read; --format says what it is.")
            )
        case .noRecords(let path, let zoos, let tables):
            self.init(
                "ZooFormatError", "The folder '\(path)' has no table of results.", place: .init(file: path),
                hint: !zoos.isEmpty
                    ? "There are zoos in its folders \(zoos.prefix(8).joined(separator: ", ")): %zoo load \(path)/\(zoos[0])."
                    : tables.isEmpty
                        ? "A zoo's folder holds at least a records.csv with the columns model, dataset and score."
                        : "Its tables are \(tables.prefix(8).joined(separator: ", ")); say which holds the results: %zoo load \(path)/\(tables[0])"
                            + (tables.count > 1
                                ? ", or several: %zoo load \(tables.prefix(4).map { "\(path)/\($0)" }.joined(separator: " "))."
                                : ".")
            )
        case .nothing(let format, let path, let problem?):
            self.init(
                "ZooFormatError", "The files of the format '\(format.rawValue)' in '\(path)' cannot be read.",
                place: .init(file: path), hint: "\(problem). Copy it again from where it came from.")
        case .nothing(let format, let path, nil):
            self.init(
                "ZooFormatError", "There is nothing of the format '\(format.rawValue)' in '\(path)'.",
                place: .init(file: path), hint: Self.whereToLook[format] ?? "%help zoo lists the formats.")
        case .onlySpeeds(let path):
            self.init(
                "ZooFormatError", "The tables in '\(path)' tell how fast timm's models are, and hold no results.",
                place: .init(file: path),
                hint: "Put a table of results beside them, such as timm's results/results-imagenet.csv.")
        case .noReader(let format):
            self.init(
                "ZooFormatError", "The format '\(format.rawValue)' is not read here.",
                hint: "%help zoo lists the formats.")
        case .notWritten(let path, let reason):
            self.init(
                "FileError", "The zoo cannot be written to '\(path)': \(reason).", place: .init(file: path),
                hint: "Name another folder: a new one, an empty one, or one that a zoo was saved to.")
        case .laterFormat(let version, let known, let path):
            self.init(
                "ZooFormatError",
                "This zoo was saved by a later version: its layout is version \(version), and this program knows \(known).",
                place: .init(file: path), hint: "Load it with the later version, or save it there as tables of results."
            )
        case .noResults(let source, let format, let leftOut):
            let wanted =
                [.table, .tidy, .transfergraph].contains(format)
                ? "A table of results needs at least one row with a model, a dataset and a number."
                : "It was read as the format '\(format.rawValue)': \(Self.whereToLook[format] ?? "%help zoo tells what that is.")"
            self.init(
                "ZooFormatError", "There is no model and no usable result here.", place: .init(file: source),
                hint: leftOut.isEmpty ? wanted : "\(wanted) Left out: \(leftOut.joined(separator: "; ")).")
        case .notInstalled(let name):
            self.init(
                "ZooNotInstalled", "The files of the built-in zoo '\(name)' are not where the program looks for them.",
                hint: """
                    A program that was copied alone has left them behind: copy the folder beside it too, or set TGKERNEL_ZOOS to \
                    the folder that holds them (Sources/Core/Zoos in the source, share/transfergraph/share/tgkernel/zoos in \
                    an environment that pip installed it into).
                    """)
        case .table(let error): self.init(error)
        case .embeddings(let error): self.init(error)
        case .embeddingNamesMissing(let path):
            self.init(
                "FileNotFound", "There is a matrix of vectors but no readable \(Self.fileName(path)).",
                place: .init(file: path), hint: "Write a line for each row of the matrix that says whose vector it is.")
        case .embeddingNamesNotUTF8(let path):
            self.init(
                "ZooFormatError", "\(Self.fileName(path)) holds bytes that are not UTF-8 text.",
                place: .init(file: path),
                hint: "Save the file as UTF-8.")
        case .embeddingNamesCount(let path, let rows, let names):
            self.init(
                "ZooFormatError", "The matrix has \(rows) rows, and \(Self.fileName(path)) \(names) lines.",
                place: .init(file: path), hint: "Write a line for each row, in the rows' order.")
        case .textName(let path, let line):
            self.init(
                "ZooFormatError", "A line of text.txt is 'model' or 'dataset', a tab, and the name.",
                place: .init(file: path, line: line), hint: "%zoo describe and %zoo save write it so.")
        }
    }

    private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    public init(_ error: NewDatasetError) {
        switch error {
        case .nameTaken(let name, let zoo):
            self.init(
                "NameTaken", "The zoo '\(zoo)' came with a dataset '\(name)'.",
                hint: "Give another name; only a dataset of your own is replaced.")
        case .dimension(let given, let zoo):
            self.init(
                "DimensionMismatch",
                "The features have \(given) components; the zoo's dataset embeddings have \(zoo).",
                hint: "Compute the features with the zoo's own probe model.")
        case .unknown(let error): self.init(error)
        case .otherMetric(let given, let known, let dataset):
            self.init(
                "ResultError", "The results on '\(dataset)' are \(known), not \(given).",
                hint: "%result remove takes them out first.")
        case .notOwn(let name, let zoo):
            self.init(
                "DatasetError", "The dataset '\(name)' came with the zoo '\(zoo)'.",
                hint: "%dataset remove takes out what %dataset add brought.")
        case .pretrainedOn(let name, let models):
            self.init(
                "DatasetError",
                "\(models) model\(models == 1 ? " was" : "s were") pre-trained on the dataset '\(name)', so it stays.",
                hint: "Without it the zoo would no longer say what they come from.")
        }
    }
}
