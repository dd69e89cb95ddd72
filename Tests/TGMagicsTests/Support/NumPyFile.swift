import Foundation

/// Writes small arrays the way `numpy.save` does.
enum NumPyFile {
    /// A matrix of float64, row after row.
    static func write(_ rows: [[Double]], to path: String) throws {
        var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows.count), \(rows[0].count)), }"
        header += String(repeating: " ", count: (64 - (10 + header.utf8.count + 1) % 64) % 64) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count & 0xFF), 0])
        data.append(contentsOf: header.utf8)
        for value in rows.joined() {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        try data.write(to: URL(fileURLWithPath: path))
    }
}
