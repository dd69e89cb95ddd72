/// Convolutions over a word's letters with rectified responses, then each channel's largest.
struct ConvolutionEncoder<Number: Real> {
    private let letters: LetterTable<Number>
    private let span: Int
    private let width: Int
    private let layers: [Dense<Number>]
    /// The letters' vectors, then each layer's responses: `batch × positions` rows.
    private let maps: [Buffer<Number>]
    private let windows: [Buffer<Number>]
    private let windowSlope: Buffer<Number>
    private let mapSlopes: [Buffer<Number>]
    private let features: Buffer<Number>
    private let winners: WinnerTable

    init(_ architecture: Architecture, batch: Int, in layout: inout ParameterLayout) {
        precondition(architecture.span % 2 == 1, "a window has a letter in its middle")
        letters = LetterTable(dimension: architecture.embedding, in: &layout)
        span = architecture.span
        width = architecture.width
        let places = batch * Alphabet.positions
        var layers: [Dense<Number>] = []
        var maps = [Buffer<Number>(count: places * architecture.embedding)]
        var windows: [Buffer<Number>] = []
        var channels = architecture.embedding
        for _ in 0..<architecture.depth {
            layers.append(
                Dense(inputs: span * channels, outputs: width, activation: .relu, in: &layout))
            windows.append(Buffer(count: places * span * channels))
            maps.append(Buffer(count: places * width))
            channels = width
        }
        self.layers = layers
        self.maps = maps
        self.windows = windows
        windowSlope = Buffer(count: windows.map(\.count).max() ?? 0)
        mapSlopes = maps.map { Buffer(count: $0.count) }
        features = Buffer(count: batch * width)
        winners = WinnerTable(count: batch * width)
    }

    func forward(_ parameters: Buffer<Number>, _ batch: WordBatch) -> UnsafeMutablePointer<Number> {
        let positions = Alphabet.positions
        let places = batch.count * positions
        letters.forward(parameters, batch.left, count: places, into: maps[0].base)
        for (level, layer) in layers.enumerated() {
            unfold(maps[level].base, channels: layer.inputs / span, words: batch.count, into: windows[level].base)
            layer.forward(parameters, windows[level].base, rows: places, into: maps[level + 1].base)
        }
        let top = maps[layers.count].base
        for word in 0..<batch.count {
            let best = features.base + word * width
            let winner = winners.base + word * width
            best.update(from: top + word * positions * width, count: width)
            winner.update(repeating: 0, count: width)
            for position in 1..<positions {
                let response = top + (word * positions + position) * width
                for channel in 0..<width where response[channel] > best[channel] {
                    best[channel] = response[channel]
                    winner[channel] = Int32(position)
                }
            }
        }
        return features.base
    }

    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, _ batch: WordBatch,
        dy: UnsafeMutablePointer<Number>
    ) {
        let positions = Alphabet.positions
        let places = batch.count * positions
        let top = mapSlopes[layers.count]
        top.clear(first: places * width)
        for word in 0..<batch.count {
            for channel in 0..<width {
                let position = Int(winners.base[word * width + channel])
                top.base[(word * positions + position) * width + channel] = dy[word * width + channel]
            }
        }
        for level in layers.indices.reversed() {
            let layer = layers[level]
            layer.backward(
                parameters, gradients, x: windows[level].base, y: maps[level + 1].base, rows: places,
                dy: mapSlopes[level + 1].base, dx: windowSlope.base)
            fold(windowSlope.base, channels: layer.inputs / span, words: batch.count, into: mapSlopes[level])
        }
        letters.backward(gradients, batch.left, count: places, dx: mapSlopes[0].base)
    }

    /// Lays the `span` vectors around each position side by side; beyond a word's ends there are zeros.
    private func unfold(
        _ map: UnsafePointer<Number>, channels: Int, words: Int, into window: UnsafeMutablePointer<Number>
    ) {
        let positions = Alphabet.positions
        let half = span / 2
        for word in 0..<words {
            for position in 0..<positions {
                let to = window + (word * positions + position) * span * channels
                for offset in 0..<span {
                    let from = position + offset - half
                    if from >= 0 && from < positions {
                        (to + offset * channels).update(
                            from: map + (word * positions + from) * channels, count: channels)
                    } else {
                        (to + offset * channels).update(repeating: 0, count: channels)
                    }
                }
            }
        }
    }

    /// The reverse of ``unfold``: adds each window's slopes to the positions they came from.
    private func fold(
        _ window: UnsafePointer<Number>, channels: Int, words: Int, into map: Buffer<Number>
    ) {
        let positions = Alphabet.positions
        let half = span / 2
        map.clear(first: words * positions * channels)
        for word in 0..<words {
            for position in 0..<positions {
                let from = window + (word * positions + position) * span * channels
                for offset in 0..<span {
                    let place = position + offset - half
                    if place < 0 || place >= positions { continue }
                    let to = map.base + (word * positions + place) * channels
                    let slope = from + offset * channels
                    for channel in 0..<channels { to[channel] += slope[channel] }
                }
            }
        }
    }

    /// Which position won each channel. Invariant: `base` points to as many initialised numbers as were asked for.
    private final class WinnerTable {
        let base: UnsafeMutablePointer<Int32>
        init(count: Int) {
            base = .allocate(capacity: count)
            base.initialize(repeating: 0, count: count)
        }
        deinit { base.deallocate() }
    }
}
