/// What the head of a `.npy` file says of the array behind it (format versions 1 to 3, numpy.lib.format).
struct NumPyHeader: Equatable {
    /// The type of an element as NumPy writes it: `<f4` is a little-endian 4-byte float.
    let type: String
    let isFortranOrder: Bool
    let shape: [Int]
    /// Where the array's bytes begin.
    let dataOffset: Int

    /// Longer heads than this belong to no array of numbers; NumPy itself refuses beyond 10,000 bytes.
    private static let longest = 1 << 16

    /// - Throws: ``NumPyError/Problem`` for anything that is not a well-formed head.
    init(_ bytes: UnsafeRawBufferPointer) throws(NumPyError.Problem) {
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
        guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
            throw .notNumPy
        }
        let major = bytes[6]
        guard (1...3).contains(major) else {
            throw .version(major: Int(major), minor: Int(bytes[7]))
        }
        let start = major == 1 ? 10 : 12
        guard bytes.count >= start else { throw .cutOffHead }
        var length = Int(bytes[8]) | Int(bytes[9]) << 8
        if major > 1 { length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24 }
        guard length <= Self.longest else {
            throw .longHead(bytes: length)
        }
        guard bytes.count - start >= length else { throw .cutOffHead }

        var literal = PythonLiteral(Array(bytes[start..<(start + length)]))
        guard let fields = literal.dictionary() else {
            throw .unreadableHead
        }
        guard case .text(let type)? = fields["descr"] else {
            throw .records
        }
        guard case .flag(let isFortranOrder)? = fields["fortran_order"], case .tuple(let shape)? = fields["shape"]
        else {
            throw .missingShape
        }
        self.type = type
        self.isFortranOrder = isFortranOrder
        self.shape = shape
        dataOffset = start + length
    }
}
