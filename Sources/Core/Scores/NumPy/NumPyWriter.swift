import Foundation

/// What comes before the numbers of a `.npy` file.
package enum NumPyWriter {
    /// The head of NumPy's format, version 1.0, of an array in C order: magic, version and length take ten bytes, and the
    /// whole is a multiple of 64 and ends in a newline.
    ///
    /// - Parameter type: as NumPy writes it, such as `<f4`.
    package static func head(_ type: String, _ shape: [Int]) -> Data {
        let lengths = shape.count == 1 ? "\(shape[0])," : shape.map { "\($0)" }.joined(separator: ", ")
        var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(lengths)), }"
        text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
        withUnsafeBytes(of: UInt16(text.utf8.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(contentsOf: text.utf8)
        return data
    }
}
