/// A `.npy` file whose head has been read and whose length fits what the head says.
struct NumPyArray {
    enum Element: Equatable {
        case float(Int)
        case signed(Int)
        case unsigned(Int)
        case boolean
    }

    let path: String
    let file: MappedFile
    let header: NumPyHeader
    let element: Element
    /// Whether the numbers are in the byte order that this machine does not use.
    let isSwapped: Bool

    /// - Throws: ``NumPyError`` for a file that is missing or damaged, or holds other things than numbers.
    init(path: String) throws(NumPyError) {
        self.path = path
        do throws(FileError) { file = try MappedFile(path: path) } catch { throw .file(error) }
        do throws(NumPyError.Problem) {
            header = try NumPyHeader(file.bytes)
        } catch {
            throw .content(error, path: path)
        }
        guard let (element, size, isSwapped) = Self.element(header.type) else {
            throw .content(.type(header.type), path: path)
        }
        self.element = element
        self.isSwapped = isSwapped
        let present = file.bytes.count - header.dataOffset
        guard let needed = Self.product(header.shape, size), present == needed else {
            throw .content(.length(shape: header.shape, type: header.type, bytes: present), path: path)
        }
    }

    /// `size` times all of `lengths`; `nil` where that overflows on the way.
    private static func product(_ lengths: [Int], _ size: Int) -> Int? {
        var product = size
        for length in lengths {
            let (next, overflow) = product.multipliedReportingOverflow(by: length)
            if overflow { return nil }
            product = next
        }
        return product
    }

    private static func element(_ type: String) -> (Element, size: Int, isSwapped: Bool)? {
        let bytes = Array(type.utf8)
        guard bytes.count == 3, let size = Int(String(type.suffix(1))) else { return nil }
        let order = bytes[0]
        guard [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "=")].contains(order) else {
            return nil
        }
        let isSwapped = order == UInt8(ascii: ">") && size > 1
        switch (bytes[1], size) {
        case (UInt8(ascii: "f"), 4), (UInt8(ascii: "f"), 8): return (.float(size), size, isSwapped)
        case (UInt8(ascii: "i"), 1), (UInt8(ascii: "i"), 2), (UInt8(ascii: "i"), 4), (UInt8(ascii: "i"), 8):
            return (.signed(size), size, isSwapped)
        case (UInt8(ascii: "u"), 1), (UInt8(ascii: "u"), 2), (UInt8(ascii: "u"), 4), (UInt8(ascii: "u"), 8):
            return (.unsigned(size), size, isSwapped)
        case (UInt8(ascii: "b"), 1): return (.boolean, 1, false)
        default: return nil
        }
    }
}

/// Reading labels.
public enum NumPyLabels {
    /// The labels in a `.npy` file: any integer or boolean type, of shape N, N × 1 or 1 × N.
    ///
    /// Unsigned numbers beyond Int64's range keep their bits, so that different labels stay different.
    ///
    /// - Throws: ``NumPyError`` for a file that is missing or damaged, or holds other things than one whole number a row.
    public static func read(npy path: String) throws(NumPyError) -> [Int64] {
        let array = try NumPyArray(path: path)
        let count = array.header.shape.reduce(1, *)
        guard array.header.shape.count(where: { $0 != 1 }) <= 1, !array.header.shape.isEmpty else {
            throw .content(.notOneColumn(shape: array.header.shape), path: path)
        }
        let size: Int
        let isSigned: Bool
        switch array.element {
        case .signed(let bytes): (size, isSigned) = (bytes, true)
        case .unsigned(let bytes): (size, isSigned) = (bytes, false)
        case .boolean: (size, isSigned) = (1, false)
        case .float: throw .content(.notIntegers(type: array.header.type), path: path)
        }
        let bytes = array.file.bytes
        return (0..<count).map { index in
            var pattern: UInt64 = 0
            for position in 0..<size {
                let place = array.isSwapped ? size - 1 - position : position
                pattern |= UInt64(bytes[array.header.dataOffset + index * size + place]) << (8 * position)
            }
            let unused = 64 - 8 * size
            return isSigned ? (Int64(bitPattern: pattern) << unused) >> unused : Int64(bitPattern: pattern)
        }
    }
}
