import Foundation

/// Writes small arrays the way `numpy.save` does.
enum NumPyFile {
    /// A matrix of float64, row after row.
    static func write(_ rows: [[Double]], to path: String) throws {
        try write(rows.joined().map(\.bitPattern), type: "<f8", shape: "\(rows.count), \(rows[0].count)", to: path)
    }

    /// Whole numbers in one row.
    static func write(_ labels: [Int64], to path: String) throws {
        try write(labels.map { UInt64(bitPattern: $0) }, type: "<i8", shape: "\(labels.count),", to: path)
    }

    private static func write(_ words: [UInt64], type: String, shape: String, to path: String) throws {
        var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
        header += String(repeating: " ", count: (64 - (10 + header.utf8.count + 1) % 64) % 64) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count & 0xFF), 0])
        data.append(contentsOf: header.utf8)
        for word in words {
            withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0) }
        }
        try data.write(to: URL(fileURLWithPath: path))
    }
}
