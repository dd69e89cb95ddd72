/// A matrix of numbers that is read a block at a time: in memory, or a `.npy` file mapped into it.
public struct FeatureMatrix: Sendable {
    public let rows: Int
    public let columns: Int
    private let source: Source

    private enum Source: Sendable {
        case memory([Double])
        case file(MappedFile, Layout)
        /// Numbers of other types than float32 and float64, turned into the former: exactly, but for whole numbers beyond
        /// 2²⁴.
        case narrow([Float])
    }

    private struct Layout: Sendable {
        let offset: Int
        let isDouble: Bool
        let isSwapped: Bool
        let isFortranOrder: Bool
    }

    public init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        source = .memory(matrix.values)
    }

    /// Opens a two-dimensional array of a `.npy` or `.npz` file, C or Fortran order: of float32 or float64 without reading
    /// it, of float16, bfloat16 or whole numbers as float32.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - role: what the array is for, and so which one of an archive of several it is.
    ///   - vectorIsRow: an array of one dimension is taken as a matrix of one row.
    /// - Throws: ``NumPyError`` for a file that is missing, damaged, or holds something else.
    public init(npy path: String, role: NumPyRole = .features, vectorIsRow: Bool = false) throws(NumPyError) {
        let array = try NumPyArray(path: path, role: role)
        let shape = vectorIsRow && array.header.shape.count == 1 ? [1] + array.header.shape : array.header.shape
        guard shape.count == 2 else {
            throw .content(.notAMatrix(dimensions: array.header.shape.count), path: path)
        }
        guard !array.element.isText else {
            throw .content(.notFloats(type: array.header.type), path: path)
        }
        rows = shape[0]
        columns = shape[1]
        guard rows > 0 && columns > 0 else {
            throw .content(.noElements(rows: rows, columns: columns), path: path)
        }
        guard array.element == .float(4) || array.element == .float(8) else {
            let (rows, columns) = (rows, columns)
            source = .narrow(
                [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
                    for row in 0..<rows {
                        for column in 0..<columns {
                            let place = array.header.isFortranOrder ? column * rows + row : row * columns + column
                            buffer[row * columns + column] = Float(array.number(place))
                        }
                    }
                    count = rows * columns
                })
            return
        }
        source = .file(
            array.file,
            Layout(
                offset: array.header.dataOffset, isDouble: array.element == .float(8), isSwapped: array.isSwapped,
                isFortranOrder: array.header.isFortranOrder))
    }

    /// Writes the values of some rows and columns, as doubles, row after row.
    ///
    /// - Precondition: the ranges are within the matrix and `destination` holds their product.
    func copy(
        rows rowRange: Range<Int>, columns columnRange: Range<Int>, to destination: UnsafeMutablePointer<Double>
    ) {
        precondition(rowRange.lowerBound >= 0 && rowRange.upperBound <= rows)
        precondition(columnRange.lowerBound >= 0 && columnRange.upperBound <= columns)
        let width = columnRange.count
        switch source {
        case .memory(let values):
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                for (position, row) in rowRange.enumerated() {
                    (destination + position * width).update(
                        from: base + row * columns + columnRange.lowerBound, count: width)
                }
            }
        case .narrow(let values):
            values.withUnsafeBufferPointer { values in
                for (position, row) in rowRange.enumerated() {
                    let start = row * columns + columnRange.lowerBound
                    for column in 0..<width { destination[position * width + column] = Double(values[start + column]) }
                }
            }
        case .file(let file, let layout):
            // A Fortran matrix is walked along its columns, which are what lies together in it.
            let outer = layout.isFortranOrder ? columnRange : rowRange
            let inner = layout.isFortranOrder ? rowRange : columnRange
            let length = layout.isFortranOrder ? rows : columns
            let (outerStep, innerStep) = layout.isFortranOrder ? (1, width) : (width, 1)
            let size = layout.isDouble ? 8 : 4
            for (position, line) in outer.enumerated() {
                let start = layout.offset + (line * length + inner.lowerBound) * size
                let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[start..<(start + inner.count * size)])
                Self.widen(bytes, layout, to: destination + position * outerStep, count: inner.count, step: innerStep)
            }
        }
    }

    /// Turns `count` numbers of the file's type into doubles, `step` apart.
    @inline(__always)
    private static func widen(
        _ bytes: UnsafeRawBufferPointer, _ layout: Layout, to destination: UnsafeMutablePointer<Double>, count: Int,
        step: Int
    ) {
        switch (layout.isDouble, layout.isSwapped) {
        case (false, false):
            for i in 0..<count {
                destination[i * step] = Double(bytes.loadUnaligned(fromByteOffset: i * 4, as: Float.self))
            }
        case (true, false):
            for i in 0..<count {
                destination[i * step] = bytes.loadUnaligned(fromByteOffset: i * 8, as: Double.self)
            }
        case (false, true):
            for i in 0..<count {
                let bits = bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self).byteSwapped
                destination[i * step] = Double(Float(bitPattern: bits))
            }
        case (true, true):
            for i in 0..<count {
                let bits = bytes.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self).byteSwapped
                destination[i * step] = Double(bitPattern: bits)
            }
        }
    }

    /// The values of some rows.
    public func matrix(rows indices: [Int]) -> Matrix {
        let columns = columns
        let values = [Double](unsafeUninitializedCapacity: indices.count * columns) { buffer, count in
            if let base = buffer.baseAddress {
                for (position, row) in indices.enumerated() {
                    copy(rows: row..<(row + 1), columns: 0..<columns, to: base + position * columns)
                }
            }
            count = indices.count * columns
        }
        return Matrix(rows: indices.count, columns: columns, values: values)
    }

    /// All values.
    public func matrix() -> Matrix {
        if case .memory(let values) = source { return Matrix(rows: rows, columns: columns, values: values) }
        let values = [Double](unsafeUninitializedCapacity: rows * columns) { buffer, count in
            if let base = buffer.baseAddress { copy(rows: 0..<rows, columns: 0..<columns, to: base) }
            count = rows * columns
        }
        return Matrix(rows: rows, columns: columns, values: values)
    }
}
