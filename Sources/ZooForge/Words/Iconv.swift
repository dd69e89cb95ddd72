import Foundation
import Glibc

/// Text in the encodings of older dictionaries, by the C library's converter.
enum Iconv {
    /// The text; `nil` where a byte has no meaning in the encoding, or the encoding is unknown.
    static func decode(_ data: Data, from encoding: String) -> String? {
        if encoding == "UTF-8" { return String(data: data, encoding: .utf8) }
        guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = [CChar](data.map { CChar(bitPattern: $0) })
        // No letter of these one-byte encodings takes more than three bytes in UTF-8.
        var output = [CChar](repeating: 0, count: input.count * 3 + 4)
        var inputLeft = input.count
        var outputLeft = output.count
        let failed = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                var source = from.baseAddress
                var target = to.baseAddress
                return iconv(converter, &source, &inputLeft, &target, &outputLeft) == -1
            }
        }
        guard !failed, inputLeft == 0 else { return nil }
        return String(
            decoding: output[..<(output.count - outputLeft)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
