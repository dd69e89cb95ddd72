/// A `.npy` file, or one in a `.npz` archive, whose head has been read and whose length fits what the head says.
struct NumPyArray {
    enum Element: Equatable {
        /// IEEE 754, of 2, 4 or 8 bytes.
        case float(Int)
        /// The upper half of a 4-byte float, which NumPy writes as two bytes of no type.
        case bfloat
        case signed(Int)
        case unsigned(Int)
        case boolean
        /// So many Unicode scalars of 4 bytes, the rest of them 0.
        case text(Int)
        /// So many bytes, the rest of them 0.
        case bytes(Int)

        var isText: Bool {
            switch self {
            case .text, .bytes: true
            default: false
            }
        }
    }

    let path: String
    let file: MappedFile
    let header: NumPyHeader
    let element: Element
    /// Whether the numbers are in the byte order that this machine does not use.
    let isSwapped: Bool

    /// Opens `file.npy`, `file.npz` (its only array, or the one called as the role is) or `file.npz:name`.
    ///
    /// - Throws: ``NumPyError`` for a file that is missing or damaged, or holds other things than numbers and texts.
    init(path: String, role: NumPyRole = .features) throws(NumPyError) {
        self.path = path
        let (place, name) = Self.split(path)
        let whole: MappedFile
        do throws(FileError) { whole = try MappedFile(path: place) } catch { throw .file(error) }
        do throws(NumPyError.Problem) {
            file = try Self.array(in: whole, name: name, role: role)
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

    /// A file, and behind a colon the name of an array in it.
    private static func split(_ path: String) -> (place: String, name: String?) {
        guard let colon = path.lastIndex(of: ":"), path[..<colon].hasSuffix(".npz") else { return (path, nil) }
        return (String(path[..<colon]), String(path[path.index(after: colon)...]))
    }

    private static func array(
        in file: MappedFile, name: String?, role: NumPyRole
    ) throws(NumPyError.Problem) -> MappedFile {
        guard NumPyArchive.isArchive(file.bytes) else {
            if let name { throw .noSuchArray(name, known: []) }
            return file
        }
        let archive = try NumPyArchive(file)
        if let name { return try archive.array(name) }
        let names = archive.names
        if names.count == 1 { return try archive.array(names[0]) }
        guard names.contains(role.rawValue) else { throw .severalArrays(names) }
        return try archive.array(role.rawValue)
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
        guard bytes.count >= 3, let size = Int(String(type.dropFirst(2))), size > 0, size < 1 << 20 else { return nil }
        let order = bytes[0]
        guard [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "=")].contains(order) else {
            return nil
        }
        let isSwapped = order == UInt8(ascii: ">") && size > 1
        switch bytes[1] {
        case UInt8(ascii: "f") where [2, 4, 8].contains(size): return (.float(size), size, isSwapped)
        case UInt8(ascii: "V") where size == 2: return (.bfloat, size, isSwapped)
        case UInt8(ascii: "i") where [1, 2, 4, 8].contains(size): return (.signed(size), size, isSwapped)
        case UInt8(ascii: "u") where [1, 2, 4, 8].contains(size): return (.unsigned(size), size, isSwapped)
        case UInt8(ascii: "b") where size == 1: return (.boolean, 1, false)
        case UInt8(ascii: "U"): return (.text(size), 4 * size, order == UInt8(ascii: ">"))
        case UInt8(ascii: "S"): return (.bytes(size), size, false)
        default: return nil
        }
    }

    // MARK: Elements

    /// The bits of the number at a position, in this machine's order.
    @inline(__always)
    private func bits(_ index: Int, size: Int) -> UInt64 {
        var pattern: UInt64 = 0
        let start = header.dataOffset + index * size
        for position in 0..<size {
            let place = isSwapped ? size - 1 - position : position
            pattern |= UInt64(file.bytes[start + place]) << (8 * position)
        }
        return pattern
    }

    /// The whole number at a position; unsigned ones beyond Int64's range keep their bits.
    ///
    /// - Precondition: the elements are whole numbers or truth values.
    func whole(_ index: Int) -> Int64 {
        switch element {
        case .signed(let size):
            let unused = 64 - 8 * size
            return (Int64(bitPattern: bits(index, size: size)) << unused) >> unused
        case .unsigned(let size): return Int64(bitPattern: bits(index, size: size))
        default: return Int64(bits(index, size: 1))
        }
    }

    /// The number at a position.
    ///
    /// - Precondition: the elements are numbers or truth values.
    func number(_ index: Int) -> Double {
        switch element {
        case .float(2): HalfFloat.double(UInt16(bits(index, size: 2)))
        case .float(4): Double(Float(bitPattern: UInt32(bits(index, size: 4))))
        case .float: Double(bitPattern: bits(index, size: 8))
        case .bfloat: Double(Float(bitPattern: UInt32(bits(index, size: 2)) << 16))
        case .unsigned(8): Double(bits(index, size: 8))
        default: Double(whole(index))
        }
    }

    /// The text at a position, without the zeros that fill it up.
    ///
    /// - Precondition: the elements are texts.
    func text(_ index: Int) -> String {
        switch element {
        case .text(let count):
            var text = String.UnicodeScalarView()
            for position in 0..<count {
                let value = UInt32(truncatingIfNeeded: bits(index * count + position, size: 4))
                if value == 0 { break }
                text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
            }
            return String(text)
        case .bytes(let count):
            let start = header.dataOffset + index * count
            let used = file.bytes[start..<(start + count)].prefix { $0 != 0 }
            return String(decoding: used, as: UTF8.self)
        default: return ""
        }
    }
}

/// Numbers of half precision (IEEE 754 binary16).
enum HalfFloat {
    @inline(__always)
    static func double(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10) & 0x1F
        let fraction = Double(bits & 0x3FF)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
    }
}

/// What an array is for, and so how it is called in an archive of several.
public enum NumPyRole: String, Sendable {
    case features, labels, probabilities, embedding
}
