/// The labels of samples.
public enum Labels: Sendable, Equatable {
    /// Equal numbers are one class; where classes have names, `names` has that of each number from 0.
    case classes([Int64], names: [String]?)
    /// Numbers to be predicted, not all of them whole.
    case continuous([Double])

    public var count: Int {
        switch self {
        case .classes(let values, _): values.count
        case .continuous(let values): values.count
        }
    }
}

/// Reading labels.
public enum NumPyLabels {
    /// The labels in a `.npy` or `.npz` file: whole numbers of any type, truth values, texts, or floating-point numbers,
    /// of shape N, N × 1 or 1 × N; or N × K one-hot rows, of which each has one 1 and otherwise 0.
    ///
    /// Floating-point numbers that are all whole are classes, others are continuous. Unsigned numbers beyond Int64's range
    /// keep their bits, so that different labels stay different. Texts are numbered in their order.
    ///
    /// - Throws: ``NumPyError`` for a file that is missing or damaged, or holds other things; a NaN among them is an error.
    public static func labels(npy path: String) throws(NumPyError) -> Labels {
        let array = try NumPyArray(path: path, role: .labels)
        let shape = array.header.shape
        guard !shape.isEmpty else { throw .content(.notOneColumn(shape: shape), path: path) }
        let count = shape.reduce(1, *)
        if shape.count(where: { $0 != 1 }) > 1 {
            guard shape.count == 2, !array.element.isText, let classes = oneHot(array) else {
                throw .content(.notOneColumn(shape: shape), path: path)
            }
            return .classes(classes, names: nil)
        }
        switch array.element {
        case .signed, .unsigned, .boolean: return .classes((0..<count).map(array.whole), names: nil)
        case .text, .bytes:
            let texts = (0..<count).map(array.text)
            let names = Set(texts).sorted()
            let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int64($0)) })
            return .classes(texts.map { numbers[$0] ?? 0 }, names: names)
        case .float, .bfloat:
            let values = (0..<count).map(array.number)
            if let row = values.firstIndex(where: { !$0.isFinite }) {
                throw .content(.labelNotFinite(values[row], row: row), path: path)
            }
            if values.allSatisfy({ $0 == $0.rounded() && abs($0) < 0x1p53 }) {
                return .classes(values.map { Int64($0) }, names: nil)
            }
            return .continuous(values)
        }
    }

    /// The classes in a file, as ``labels(npy:)`` reads them.
    ///
    /// - Throws: ``NumPyError``, also for labels that are continuous.
    public static func read(npy path: String) throws(NumPyError) -> [Int64] {
        guard case .classes(let values, _) = try labels(npy: path) else {
            throw .content(.continuousLabels, path: path)
        }
        return values
    }

    /// The column of the 1 in each row; `nil` where a row has another number, none or several.
    private static func oneHot(_ array: NumPyArray) -> [Int64]? {
        let (rows, columns) = (array.header.shape[0], array.header.shape[1])
        var classes: [Int64] = []
        classes.reserveCapacity(rows)
        for row in 0..<rows {
            var found: Int64?
            for column in 0..<columns {
                let place = array.header.isFortranOrder ? column * rows + row : row * columns + column
                let value = array.number(place)
                if value == 1, found == nil { found = Int64(column) } else if value != 0 { return nil }
            }
            guard let found else { return nil }
            classes.append(found)
        }
        return classes
    }
}
