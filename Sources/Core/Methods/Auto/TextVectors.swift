import Foundation

/// Unit vectors of texts, relieved of what they all have in common, to be compared by their cosines.
struct TextVectors: Sendable {
    let tellsAnything: Bool
    /// Empty for what has no vector, and for what is just like the mean.
    private let vectors: [[Float]]

    /// - Parameter vectors: by item; `nil` where there is none. All of one length.
    /// - Complexity: O(items · dimension).
    init(_ vectors: [[Float]?]) {
        let known = vectors.compactMap(\.self)
        var mean = [Double](repeating: 0, count: known.first?.count ?? 0)
        for vector in known { for (place, value) in vector.enumerated() { mean[place] += Double(value) } }
        for place in mean.indices { mean[place] /= Double(known.count) }
        self.vectors = vectors.map { vector in
            guard let vector else { return [] }
            let centred = zip(vector, mean).map { Double($0) - $1 }
            let length = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 1e-6 ? centred.map { Float($0 / length) } : []
        }
        tellsAnything = self.vectors.contains { !$0.isEmpty }
    }

    /// The cosine of two items, 0 where one of them has no vector; 1 for an item with itself.
    func cosine(_ a: Int, _ b: Int) -> Double {
        if a == b { return 1 }
        if vectors[a].isEmpty || vectors[b].isEmpty { return 0 }
        var sum: Float = 0
        for (x, y) in zip(vectors[a], vectors[b]) { sum += x * y }
        return Double(sum)
    }

    /// The cosines of every item with one.
    func cosines(to item: Int) -> [Double] { vectors.indices.map { cosine(item, $0) } }
}
