import Support
import TransferGraphCore

extension UserError {
    public init(_ error: ZooError) {
        switch error {
        case .notFound(let path, let folder, let neighbours):
            let near = NearestNames.nearest(to: LocalPath(path).name, in: neighbours)
            self.init(
                "FileNotFound", "There is no zoo at '\(path)': no such file or directory.", place: .init(file: path),
                hint: near.isEmpty
                    ? "Check the path; it is taken from the notebook's directory."
                    : "In \(folder) there is \(near.joined(separator: ", ")).")
        case .notADirectory(let path):
            self.init(
                "ZooFormatError", "'\(path)' is a file; a zoo is a directory with a records.csv in it.",
                place: .init(file: path), hint: "Give the directory.")
        case .noRecords(let path, let zoos):
            self.init(
                "ZooFormatError", "The directory '\(path)' is no zoo: it has no records.csv.", place: .init(file: path),
                hint: zoos.isEmpty
                    ? "A zoo's directory holds at least a records.csv with the columns model, dataset and score."
                    : "There are zoos in its directories \(zoos.joined(separator: ", ")).")
        case .noResults(let source):
            self.init(
                "ZooFormatError", "There is no usable fine-tuning result in this zoo.", place: .init(file: source),
                hint: "records.csv needs at least one row with a model, a dataset and a number.")
        case .notInstalled(let name):
            self.init(
                "ZooNotInstalled", "The files of the built-in zoo '\(name)' are not where the program looks for them.",
                hint: "They are in Sources/Core/Zoos of the source; TGKERNEL_ZOOS names the folder that holds them.")
        case .table(let error): self.init(error)
        case .embeddings(let error): self.init(error)
        case .embeddingNamesMissing(let path):
            self.init(
                "FileNotFound", "There is an embeddings.npy but no embeddings.txt that can be read.",
                place: .init(file: path), hint: "Write a dataset's name for each row of embeddings.npy.")
        case .embeddingNamesNotUTF8(let path):
            self.init(
                "ZooFormatError", "embeddings.txt holds bytes that are not UTF-8 text.", place: .init(file: path),
                hint: "Save the file as UTF-8.")
        case .embeddingNamesCount(let path, let rows, let names):
            self.init(
                "ZooFormatError", "embeddings.npy has \(rows) rows and embeddings.txt names \(names) datasets.",
                place: .init(file: path), hint: "Write a dataset's name for each row, in the rows' order.")
        }
    }

    public init(_ error: NewDatasetError) {
        switch error {
        case .nameTaken(let name, let zoo):
            self.init("NameTaken", "The zoo '\(zoo)' already has a dataset '\(name)'.", hint: "Give another name.")
        case .dimension(let given, let zoo):
            self.init(
                "DimensionMismatch",
                "The features have \(given) components; the zoo's dataset embeddings have \(zoo).",
                hint: "Compute the features with the zoo's own probe model.")
        case .unknown(let error): self.init(error)
        }
    }
}
