import CZlib

extension Pixels {
    /// The pixels as a PNG of at most 256 colours, a quarter of true colour's size: drawings have few colours, and the
    /// shades along edges change by at most one step.
    package var png: [UInt8] {
        let (indices, palette) = indexed
        var rows: [UInt8] = []
        rows.reserveCapacity((width + 1) * height)
        for row in 0..<height {
            rows.append(0)  // No filter: neighbours' indices say nothing of each other.
            rows += indices[row * width..<(row + 1) * width]
        }
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += Self.chunk("IHDR", Self.bytes(width) + Self.bytes(height) + [8, 3, 0, 0, 0])
        file += Self.chunk("PLTE", palette.flatMap { [UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255), UInt8($0 & 255)] })
        file += Self.chunk("tRNS", palette.map { UInt8($0 >> 24) })
        file += Self.chunk("IDAT", Self.compressed(rows))
        return file + Self.chunk("IEND", [])
    }

    /// The palette index of each pixel, and the palette: alpha, red, green, blue.
    private var indexed: (indices: [UInt8], palette: [UInt32]) {
        // Neighbours are mostly equal, so the last lookup usually serves the next.
        var counts: [UInt32: Int] = [:]
        var reduced: [UInt32] = []
        reduced.reserveCapacity(premultiplied.count)
        var (last, lastReduced) = (UInt32.max, UInt32.max)
        var run = 0
        for pixel in premultiplied {
            if pixel != last || run == 0 {
                if run > 0 { counts[lastReduced, default: 0] += run }
                (last, lastReduced, run) = (pixel, Self.reduced(pixel), 0)
            }
            run += 1
            reduced.append(lastReduced)
        }
        if run > 0 { counts[lastReduced, default: 0] += run }
        let palette = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(256).map(\.key)
        var places = Dictionary(uniqueKeysWithValues: palette.enumerated().map { ($1, UInt8($0)) })
        let indices = reduced.map { colour -> UInt8 in
            if let place = places[colour] { return place }
            let nearest = palette.indices.min {
                Self.distance(palette[$0], colour) < Self.distance(palette[$1], colour)
            }
            let place = UInt8(nearest ?? 0)
            places[colour] = place
            return place
        }
        return (indices, palette)
    }

    /// The pixel with five bits per colour and sixteen steps of alpha; an opaque one is unchanged.
    private static func reduced(_ pixel: UInt32) -> UInt32 {
        let alpha = pixel >> 24
        if alpha == 255 { return pixel }
        let step = (alpha + 8) / 17
        if step == 0 { return 0 }
        func channel(_ shift: UInt32) -> UInt32 {
            let colour = min((pixel >> shift & 255) * 255 / alpha, 255)
            return colour & 0xF8 | colour >> 5
        }
        return step * 17 << 24 | channel(16) << 16 | channel(8) << 8 | channel(0)
    }

    private static func distance(_ a: UInt32, _ b: UInt32) -> Int {
        var sum = 0
        for shift: UInt32 in [0, 8, 16, 24] {
            let difference = Int(a >> shift & 255) - Int(b >> shift & 255)
            sum += difference * difference * (shift == 24 ? 3 : 1)
        }
        return sum
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return bytes(data.count) + body + bytes(Int(crc32(0, body, UInt32(body.count))))
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var size = compressBound(UInt(bytes.count))
        var compressed = [UInt8](repeating: 0, count: Int(size))
        let status = compress2(&compressed, &size, bytes, UInt(bytes.count), 9)
        // zlib never exceeds the bound.
        precondition(status == Z_OK, "zlib refused to compress")
        compressed.removeLast(compressed.count - Int(size))
        return compressed
    }
}
