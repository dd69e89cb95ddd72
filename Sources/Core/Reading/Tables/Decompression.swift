import CZlib
import CZstd
import Foundation
import Support

/// What a file is by its first bytes, whatever its name says.
public enum FileKind: Sendable, Equatable {
    case text
    case gzip
    case zstandard
    /// Formats that tables come in and that are not read here: what to do instead is said.
    case parquet
    case spreadsheet
    case bzip2
    case xz
    case arrow
    case sqlite

    init(_ bytes: UnsafeRawBufferPointer) {
        func begins(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
        self =
            if begins([0x1F, 0x8B]) {
                .gzip
            } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
                .zstandard
            } else if begins(Array("PAR1".utf8)) {
                .parquet
            } else if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0xD0, 0xCF, 0x11, 0xE0]) {
                .spreadsheet
            } else if begins(Array("BZh".utf8)) {
                .bzip2
            } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A]) {
                .xz
            } else if begins(Array("ARROW1".utf8)) || begins(Array("FEA1".utf8)) {
                .arrow
            } else if begins(Array("SQLite format 3".utf8)) {
                .sqlite
            } else {
                .text
            }
    }
}

/// Unpacks gzip (RFC 1952, also several members one after another) and zstd (RFC 8878).
enum Decompression {
    /// What comes out at most: more is no table of results but a trap.
    static let limit = 2 << 30

    /// - Parameter most: how many bytes are wanted: with so many or some more it stops.
    /// - Throws: ``TableError`` where the bytes are damaged, cut off, or come to more than ``limit``; `Cancelled`.
    static func unpack(_ data: Data, _ kind: FileKind, file: String, most: Int = .max, work: Work) throws -> Data {
        switch kind {
        case .gzip: try gunzip(data, file: file, most: most, work: work)
        case .zstandard: try unzstd(data, file: file, most: most, work: work)
        default: data
        }
    }

    private static func gunzip(_ data: Data, file: String, most: Int, work: Work) throws -> Data {
        var stream = z_stream()
        // 15 bits of window, and a gzip header.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw TableError.content(.damagedCompression, file: file, line: nil)
        }
        defer { inflateEnd(&stream) }
        var result = Data()
        var reserved = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        try data.withUnsafeBytes { input in
            guard let base = input.bindMemory(to: UInt8.self).baseAddress else { return }
            var fed = 0
            var status = Z_OK
            while true {
                try work.check()
                if stream.avail_in == 0 {
                    let part = min(input.count - fed, 1 << 24)
                    stream.next_in = UnsafeMutablePointer(mutating: base + fed)
                    stream.avail_in = UInt32(part)
                    fed += part
                }
                let room = chunk.count
                let written = chunk.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(room)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return room - Int(stream.avail_out)
                }
                try append(chunk[0..<written], to: &result, room: &reserved)
                if result.count > limit { throw TableError.content(.tooLarge(limit), file: file, line: nil) }
                if result.count >= most { return }
                let isAtEnd = stream.avail_in == 0 && fed == input.count
                switch status {
                case Z_STREAM_END:
                    if isAtEnd { return }
                    // Another member follows, or padding.
                    if inflateReset(&stream) != Z_OK {
                        throw TableError.content(.damagedCompression, file: file, line: nil)
                    }
                    let next = stream.avail_in > 0 ? stream.next_in[0] : base[fed]
                    if next != 0x1F { return }
                case Z_OK, Z_BUF_ERROR:
                    if isAtEnd && written < room { throw TableError.content(.cutOff, file: file, line: nil) }
                default: throw TableError.content(.damagedCompression, file: file, line: nil)
                }
            }
        }
        return result
    }

    /// Adds to what came out; the room grows by doubling and is asked for before.
    ///
    /// - Throws: `OutOfMemory`.
    private static func append(
        _ chunk: ArraySlice<UInt8>, to result: inout Data, room: inout Int
    ) throws(OutOfMemory) {
        let count = result.count + chunk.count
        if count > room {
            room = max(1 << 20, 2 * count)
            // While it moves, the bytes are there twice.
            try MemoryBudget.require(room)
            result.reserveCapacity(room)
        }
        result.append(contentsOf: chunk)
    }

    private static func unzstd(_ data: Data, file: String, most: Int, work: Work) throws -> Data {
        guard let stream = ZSTD_createDStream() else {
            throw TableError.content(.damagedCompression, file: file, line: nil)
        }
        defer { ZSTD_freeDStream(stream) }
        var result = Data()
        var reserved = 0
        var chunk = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
        try data.withUnsafeBytes { bytes in
            var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            while true {
                try work.check()
                let room = chunk.count
                var status = 0
                let written = chunk.withUnsafeMutableBytes { buffer in
                    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: room, pos: 0)
                    status = ZSTD_decompressStream(stream, &output, &input)
                    return output.pos
                }
                if ZSTD_isError(status) != 0 { throw TableError.content(.damagedCompression, file: file, line: nil) }
                try append(chunk[0..<written], to: &result, room: &reserved)
                if result.count > limit { throw TableError.content(.tooLarge(limit), file: file, line: nil) }
                if result.count >= most { return }
                if input.pos == input.size {
                    if status == 0 { return }
                    if written < room { throw TableError.content(.cutOff, file: file, line: nil) }
                }
            }
        }
        return result
    }
}
