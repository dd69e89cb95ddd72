/// What can go wrong when an array is read from a `.npy` file.
public enum NumPyError: Error, Sendable, Equatable {
    case file(FileError)
    case content(Problem, path: String)

    public enum Problem: Error, Sendable, Equatable {
        /// The file does not begin with NumPy's mark.
        case notNumPy
        case version(major: Int, minor: Int)
        /// The file ends within its head.
        case cutOffHead
        /// The head claims to be longer than that of any array of numbers.
        case longHead(bytes: Int)
        case unreadableHead
        /// The array has fields with names, not plain numbers.
        case records
        /// The head lacks the array's shape or order.
        case missingShape
        /// Numbers of a type that is not read, as NumPy writes it.
        case type(String)
        /// The array's bytes are more or fewer than its shape and type need.
        case length(shape: [Int], type: String, bytes: Int)
        /// A matrix was looked for.
        case notAMatrix(dimensions: Int)
        /// Features were looked for; `type` is not a type of floating-point numbers.
        case notFloats(type: String)
        case noElements(rows: Int, columns: Int)
        /// Labels were looked for, one for each row.
        case notOneColumn(shape: [Int])
        /// Classes were looked for; the labels are numbers that are not whole.
        case continuousLabels
        /// A label is no number.
        case labelNotFinite(Double, row: Int)
        /// The file is a `.npz` archive that cannot be read.
        case damagedArchive
        case encryptedArchive
        /// An array in the archive is packed in another way than NumPy does.
        case packing(Int)
        /// The archive holds several arrays, none of them called as what was looked for.
        case severalArrays([String])
        case noSuchArray(String, known: [String])
    }
}
