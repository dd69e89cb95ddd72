import CZstd
import Foundation

/// Packs by zstd (RFC 8878), for what ``Decompression`` unpacks.
package enum Compression {
    /// The bytes packed as well as it goes; the same bytes give the same.
    ///
    /// - Complexity: slow, a few MB a second: for what is written once and read often.
    package static func zstd(_ data: Data) -> Data {
        var packed = Data(count: ZSTD_compressBound(data.count))
        let size = packed.withUnsafeMutableBytes { target in
            data.withUnsafeBytes { source in
                ZSTD_compress(target.baseAddress, target.count, source.baseAddress, source.count, ZSTD_maxCLevel() - 3)
            }
        }
        precondition(ZSTD_isError(size) == 0, "the bound is large enough")
        return packed.prefix(size)
    }
}
