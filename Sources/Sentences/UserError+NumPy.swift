import Support
import TransferGraphCore

extension UserError {
    public init(_ error: NumPyError) {
        switch error {
        case .file(let error): self.init(error)
        case .content(let problem, let path):
            let (message, hint) = Self.sentences(problem)
            self.init("NumPyFormatError", message, place: .init(file: path), hint: hint)
        }
    }

    private static func sentences(_ problem: NumPyError.Problem) -> (message: String, hint: String?) {
        let saved = "A feature matrix is saved by numpy.save(\"features.npy\", array)."
        return switch problem {
        case .notNumPy: ("This is not a .npy file: it does not begin with NumPy's mark.", saved)
        case .version(let major, let minor):
            ("The .npy file has format version \(major).\(minor); versions 1 to 3 are known.", saved)
        case .cutOffHead: ("The .npy file ends within its head.", saved)
        case .longHead(let bytes):
            ("The head of the .npy file claims \(bytes) bytes: no array of numbers needs so many.", saved)
        case .unreadableHead: ("The head of the .npy file cannot be read as NumPy's dictionary.", saved)
        case .records: ("The .npy file holds records with fields, not plain numbers.", saved)
        case .missingShape: ("The head of the .npy file lacks the array's shape or order.", saved)
        case .type(let type):
            (
                "Arrays of NumPy's type '\(type)' are not read.",
                "Save features with .astype('float32'), and labels as integers "
                    + "(numpy.unique(labels, return_inverse=True)[1])."
            )
        case .length(let shape, let type, let bytes):
            (
                "The head promises an array of shape \(shape) of '\(type)', but \(bytes) bytes follow it.",
                "The file was cut off or damaged: save it again."
            )
        case .notAMatrix(let dimensions):
            (
                "The array has \(dimensions) dimensions; a feature matrix has two, a row per sample.",
                "array.reshape(len(array), -1) makes one of it."
            )
        case .notFloats(let type):
            ("The array holds \(type); features are float32 or float64.", "array.astype(numpy.float32) converts it.")
        case .noElements(let rows, let columns): ("The array is empty: \(rows) rows and \(columns) columns.", nil)
        case .notOneColumn(let shape):
            (
                "The array has shape \(shape); labels are one whole number for each row of the features.",
                "One-hot labels become numbers by array.argmax(1)."
            )
        case .notIntegers(let type):
            ("The array holds \(type); labels are whole numbers.", "array.astype(numpy.int64) converts it.")
        }
    }
}
