import Support
import TransferGraphCore

extension UserError {
    public init(_ error: NumPyError) {
        switch error {
        case .file(let error): self.init(error)
        case .content(let problem, let path):
            var (message, hint) = Self.sentences(problem)
            if problem == .notNumPy || problem == .damagedArchive, let (kind, line) = Self.conversion(path) {
                message = "This is not a .npy file: \(kind) are not read here."
                hint = "Convert it: \(line)."
            }
            self.init("NumPyFormatError", message, place: .init(file: path), hint: hint)
        }
    }

    /// What a file is by its name, where other programs save arrays so, and the line that makes a `.npy` file of it.
    private static func conversion(_ path: String) -> (kind: String, line: String)? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let point = name.lastIndex(of: ".") else { return nil }
        let saved = "numpy.save('\(name[..<point]).npy', "
        func line(_ imports: String, _ array: String) -> String {
            "python3 -c \"import \(imports); \(saved)\(array))\""
        }
        switch name[point...].lowercased() {
        case ".csv", ".txt":
            return (
                "texts", line("numpy", "numpy.genfromtxt('\(name)', delimiter=',', dtype=None, encoding='utf-8')")
            )
        case ".tsv":
            return (
                "texts", line("numpy", "numpy.genfromtxt('\(name)', delimiter='\\t', dtype=None, encoding='utf-8')")
            )
        case ".pt", ".pth":
            return (
                "PyTorch's files", line("numpy, torch", "torch.load('\(name)', map_location='cpu').float().numpy()")
            )
        case ".pkl", ".pickle":
            return (
                "pickles", line("numpy, pickle", "numpy.asarray(pickle.load(open('\(name)', 'rb')))")
            )
        default: return nil
        }
    }

    private static func sentences(_ problem: NumPyError.Problem) -> (message: String, hint: String?) {
        let saved = "A feature matrix is saved by numpy.save(\"features.npy\", array)."
        return switch problem {
        case .notNumPy: ("This is not a .npy file: it does not begin with NumPy's magic bytes.", saved)
        case .version(let major, let minor):
            ("The .npy file has format version \(major).\(minor); versions 1 to 3 are supported.", saved)
        case .cutOffHead: ("The .npy file ends within its header.", saved)
        case .longHead(let bytes):
            ("The .npy file's header claims \(bytes) bytes: no array of numbers needs so many.", saved)
        case .unreadableHead: ("The .npy file's header cannot be read as NumPy's dictionary.", saved)
        case .records: ("The .npy file holds records with fields, not plain numbers.", saved)
        case .missingShape: ("The .npy file's header lacks the array's shape or order.", saved)
        case .type(let type):
            (
                "Arrays of NumPy's type '\(type)' are not supported.",
                type.contains("O")
                    ? "Texts are saved by labels.astype(str), numbers by .astype('float32')."
                    : "Save features with .astype('float32'), and labels as whole numbers or texts."
            )
        case .length(let shape, let type, let bytes):
            (
                "The header promises an array of shape \(shape) of '\(type)', but \(bytes) bytes follow it.",
                "The file was cut off or damaged: save it again."
            )
        case .notAMatrix(let dimensions):
            (
                "The array has \(dimensions) dimensions; a feature matrix has two, a row per sample.",
                "array.reshape(len(array), -1) makes it one."
            )
        case .notFloats(let type): ("The array holds \(type); features are numbers.", "array.astype(numpy.float32).")
        case .noElements(let rows, let columns): ("The array is empty: \(rows) rows and \(columns) columns.", nil)
        case .notOneColumn(let shape):
            (
                "The array has shape \(shape); labels are one for each row of the features, or one-hot rows.",
                "A one-hot row has one 1 and otherwise 0; array.argmax(1) turns other rows into labels."
            )
        case .continuousLabels:
            ("The labels are not whole numbers, so they are not classes.", "Only LogME scores continuous labels.")
        case .labelNotFinite(let value, let row):
            (
                "The label of row \(row) (counted from 0) is \(value.isNaN ? "NaN" : "infinite").",
                "Leave out the samples without a label, from the features too."
            )
        case .damagedArchive: ("The .npz file is damaged or cut off.", "Save it again by numpy.savez.")
        case .encryptedArchive: ("The .npz file is encrypted.", "Save it again by numpy.savez.")
        case .packing(let method):
            ("The .npz file is compressed by an unsupported method (\(method)).", "numpy.savez does not compress.")
        case .severalArrays(let names):
            (
                "The .npz file holds \(names.count) arrays: \(names.prefix(8).joined(separator: ", ")).",
                "Name the one you mean: file.npz:\(names.first ?? "name")."
            )
        case .noSuchArray(let name, let known):
            (
                known.isEmpty ? "The file is not a .npz archive." : "The .npz file has no array '\(name)'.",
                known.isEmpty ? nil : "It holds \(known.prefix(8).joined(separator: ", "))."
            )
        }
    }
}
