import CZlib
import Support

/// The arrays in a `.npz` file: a ZIP archive (APPNOTE 6.3) of `.npy` files, stored or deflated, as `numpy.savez` and
/// `numpy.savez_compressed` write it.
struct NumPyArchive {
    private struct Entry {
        let isDeflated: Bool
        let offset: Int
        let packed: Int
        let size: Int
        let checksum: UInt32
    }

    private let file: MappedFile
    private var entries: [String: Entry] = [:]

    /// The names of the arrays, in alphabetical order.
    var names: [String] { entries.keys.sorted() }

    /// Whether a file begins as a ZIP archive does.
    static func isArchive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    }

    /// What an array may come to when unpacked: more is a trap.
    private static let limit = 8 << 30

    /// Reads the directory at the archive's end.
    ///
    /// - Throws: ``NumPyError/Problem``.
    init(_ file: MappedFile) throws(NumPyError.Problem) {
        self.file = file
        let bytes = file.bytes
        func number(_ place: Int, _ size: Int) -> Int? {
            guard place >= 0, place + size <= bytes.count else { return nil }
            var value: UInt64 = 0
            for index in 0..<size { value |= UInt64(bytes[place + index]) << (8 * index) }
            return Int(exactly: value)
        }
        // The end record is behind everything but a comment of at most 65,535 bytes.
        var end: Int?
        for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 65_535), by: -1)
        where number(place, 4) == 0x0605_4B50 {
            end = place
            break
        }
        guard let end, var count = number(end + 10, 2), var place = number(end + 16, 4) else { throw .damagedArchive }
        if place == 0xFFFF_FFFF || count == 0xFFFF {
            guard number(end - 20, 4) == 0x0706_4B50, let large = number(end - 12, 8),
                number(large, 4) == 0x0606_4B50, let many = number(large + 32, 8), let start = number(large + 48, 8)
            else { throw .damagedArchive }
            (count, place) = (many, start)
        }
        for _ in 0..<min(count, 1 << 20) {
            guard number(place, 4) == 0x0201_4B50, let method = number(place + 10, 2),
                let checksum = number(place + 16, 4), var packed = number(place + 20, 4),
                var size = number(place + 24, 4), let nameLength = number(place + 28, 2),
                let extraLength = number(place + 30, 2), let commentLength = number(place + 32, 2),
                var local = number(place + 42, 4), place + 46 + nameLength + extraLength <= bytes.count,
                let flags = number(place + 8, 2)
            else { throw .damagedArchive }
            // Sizes of 4 GiB and more stand in the extra field.
            var extra = place + 46 + nameLength
            let extraEnd = extra + extraLength
            while extra + 4 <= extraEnd, let kind = number(extra, 2), let length = number(extra + 2, 2) {
                if kind == 1 {
                    var field = extra + 4
                    for isLarge in [(size == 0xFFFF_FFFF, 0), (packed == 0xFFFF_FFFF, 1), (local == 0xFFFF_FFFF, 2)]
                    where isLarge.0 {
                        guard let value = number(field, 8) else { throw .damagedArchive }
                        switch isLarge.1 {
                        case 0: size = value
                        case 1: packed = value
                        default: local = value
                        }
                        field += 8
                    }
                }
                extra += 4 + length
            }
            let name = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
            place += 46 + nameLength + extraLength + commentLength
            guard flags & 1 == 0 else { throw .encryptedArchive }
            guard method == 0 || method == 8 else { throw .packing(method) }
            guard number(local, 4) == 0x0403_4B50, let localName = number(local + 26, 2),
                let localExtra = number(local + 28, 2)
            else { throw .damagedArchive }
            let offset = local + 30 + localName + localExtra
            guard packed >= 0, size >= 0, offset <= bytes.count, packed <= bytes.count - offset,
                method == 8 || packed == size
            else { throw .damagedArchive }
            if name.hasSuffix("/") { continue }
            entries[name.hasSuffix(".npy") ? String(name.dropLast(4)) : name] = Entry(
                isDeflated: method == 8, offset: offset, packed: packed, size: size, checksum: UInt32(checksum))
        }
    }

    /// The bytes of the `.npy` file of this name.
    ///
    /// - Throws: ``NumPyError/Problem``.
    func array(_ name: String) throws(NumPyError.Problem) -> MappedFile {
        guard let entry = entries[name] else { throw .noSuchArray(name, known: names) }
        if !entry.isDeflated { return MappedFile(file, range: entry.offset..<(entry.offset + entry.packed)) }
        guard entry.size <= Self.limit else { throw .damagedArchive }
        let packed = UnsafeRawBufferPointer(rebasing: file.bytes[entry.offset..<(entry.offset + entry.packed)])
        guard let unpacked = MappedFile(count: entry.size, fill: { Self.inflate(packed, into: $0) }),
            Self.checksum(unpacked.bytes) == entry.checksum
        else { throw .damagedArchive }
        return unpacked
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var sum = crc32(0, nil, 0)
        var place = 0
        while place < bytes.count {
            let length = min(1 << 30, bytes.count - place)
            sum = crc32(
                sum, bytes.baseAddress?.advanced(by: place).assumingMemoryBound(to: UInt8.self), UInt32(length))
            place += length
        }
        return UInt32(truncatingIfNeeded: sum)
    }

    /// Whether the bytes unpack to exactly as many as there is room for.
    private static func inflate(_ packed: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Bool {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return false
        }
        defer { inflateEnd(&stream) }
        var (read, written) = (0, 0)
        var status = Z_OK
        while status == Z_OK {
            let given = min(packed.count - read, 1 << 30)
            let free = min(room.count - written, 1 << 30)
            stream.next_in = UnsafeMutableRawPointer(mutating: packed.baseAddress)?.advanced(by: read)
                .assumingMemoryBound(to: UInt8.self)
            stream.avail_in = UInt32(given)
            stream.next_out = room.baseAddress?.advanced(by: written).assumingMemoryBound(to: UInt8.self)
            stream.avail_out = UInt32(free)
            status = CZlib.inflate(&stream, Z_NO_FLUSH)
            read += given - Int(stream.avail_in)
            written += free - Int(stream.avail_out)
            if status == Z_OK, given == Int(stream.avail_in), free == Int(stream.avail_out) { return false }
        }
        return status == Z_STREAM_END && written == room.count
    }
}
