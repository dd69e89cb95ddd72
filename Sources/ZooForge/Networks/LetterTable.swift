/// A learned vector for each letter; for attention, with a learned vector for each position added.
struct LetterTable<Number: Real> {
    let dimension: Int
    private let letters: Int
    private let positions: Int?

    init(dimension: Int, withPositions: Bool = false, in layout: inout ParameterLayout) {
        self.dimension = dimension
        letters = layout.table(rows: Alphabet.size, columns: dimension)
        positions = withPositions ? layout.table(rows: Alphabet.positions, columns: dimension) : nil
    }

    /// `codes` holds `count` letters; `x` becomes `count × dimension`.
    func forward(
        _ parameters: Buffer<Number>, _ codes: UnsafePointer<UInt8>, count: Int,
        into x: UnsafeMutablePointer<Number>
    ) {
        let table = parameters.base + letters
        for index in 0..<count {
            (x + index * dimension).update(from: table + Int(codes[index]) * dimension, count: dimension)
        }
        guard let positions else { return }
        for index in 0..<count {
            let position = parameters.base + positions + index % Alphabet.positions * dimension
            let to = x + index * dimension
            for column in 0..<dimension { to[column] += position[column] }
        }
    }

    /// Adds `dx` to the gradients of the letters that were read.
    func backward(
        _ gradients: Buffer<Number>, _ codes: UnsafePointer<UInt8>, count: Int, dx: UnsafePointer<Number>
    ) {
        let table = gradients.base + letters
        for index in 0..<count {
            let from = dx + index * dimension
            let to = table + Int(codes[index]) * dimension
            for column in 0..<dimension { to[column] += from[column] }
        }
        guard let positions else { return }
        for index in 0..<count {
            let from = dx + index * dimension
            let to = gradients.base + positions + index % Alphabet.positions * dimension
            for column in 0..<dimension { to[column] += from[column] }
        }
    }
}
