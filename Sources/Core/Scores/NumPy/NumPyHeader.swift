import Support

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

    /// - Throws: ``UserError`` named `NumPyFormatError` for anything that is not a well-formed head.
    init(_ bytes: UnsafeRawBufferPointer, file: String) throws(UserError) {
        func wrong(_ what: String) -> UserError {
            UserError(
                "NumPyFormatError", what, place: .init(file: file),
                hint: "A feature matrix is saved by numpy.save(\"features.npy\", array).")
        }
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
        guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
            throw wrong("This is not a .npy file: it does not begin with NumPy's mark.")
        }
        let major = bytes[6]
        guard (1...3).contains(major) else {
            throw wrong("The .npy file has format version \(major).\(bytes[7]); versions 1 to 3 are known.")
        }
        let start = major == 1 ? 10 : 12
        guard bytes.count >= start else { throw wrong("The .npy file ends within its head.") }
        var length = Int(bytes[8]) | Int(bytes[9]) << 8
        if major > 1 { length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24 }
        guard length <= Self.longest else {
            throw wrong("The head of the .npy file claims \(length) bytes: no array of numbers needs so many.")
        }
        guard bytes.count - start >= length else { throw wrong("The .npy file ends within its head.") }

        var literal = PythonLiteral(Array(bytes[start..<(start + length)]))
        guard let fields = literal.dictionary() else {
            throw wrong("The head of the .npy file cannot be read as NumPy's dictionary.")
        }
        guard case .text(let type)? = fields["descr"] else {
            throw wrong("The .npy file holds records with fields, not plain numbers.")
        }
        guard case .flag(let isFortranOrder)? = fields["fortran_order"], case .tuple(let shape)? = fields["shape"]
        else {
            throw wrong("The head of the .npy file lacks the array's shape or order.")
        }
        self.type = type
        self.isFortranOrder = isFortranOrder
        self.shape = shape
        dataOffset = start + length
    }
}
