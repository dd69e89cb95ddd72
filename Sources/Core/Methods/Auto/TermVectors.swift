import Foundation

/// Items described by terms, as unit vectors of TF-IDF weights, (1 + ln tf) · ln((1 + n) / (1 + df)) (Salton and Buckley,
/// "Term-weighting approaches in automatic text retrieval", 1988).
///
/// A term that every item has weighs nothing; an item without any weighty term is the zero vector.
package struct TermVectors: Sendable {
    package let count: Int
    private let offsets: [Int]
    private let terms: [Int32]
    private let weights: [Double]
    /// By term: the positions of its items, for ``cosines(to:)``.
    private let postingOffsets: [Int]
    private let postingItems: [Int32]
    private let postingWeights: [Double]

    /// - Parameters:
    ///   - documents: the terms of each item, with repetitions.
    ///   - uniqueWeight: what a term of one item only weighs beside its rarity: it makes the item like no other, and says
    ///     the less against its being like others the more items there are.
    /// - Complexity: O(t log t) for t terms in all.
    package init(_ documents: [[String]], uniqueWeight: Double = 1) {
        count = documents.count
        var indices: [String: Int32] = [:]
        var frequencies: [Int] = []
        var offsets = [0]
        var terms: [Int32] = []
        var weights: [Double] = []
        for document in documents {
            var own: [Int32: Int] = [:]
            for term in document {
                let index = indices[term] ?? Int32(frequencies.count)
                if index == Int32(frequencies.count) {
                    indices[term] = index
                    frequencies.append(0)
                }
                own[index, default: 0] += 1
            }
            for (term, number) in own.sorted(by: { $0.key < $1.key }) {
                frequencies[Int(term)] += 1
                terms.append(term)
                weights.append(1 + log(Double(number)))
            }
            offsets.append(terms.count)
        }
        let rarity = frequencies.map {
            log(Double(1 + documents.count) / Double(1 + $0)) * ($0 == 1 ? uniqueWeight : 1)
        }
        for item in 0..<documents.count {
            let range = offsets[item]..<offsets[item + 1]
            var squares = 0.0
            for position in range {
                weights[position] *= rarity[Int(terms[position])]
                squares += weights[position] * weights[position]
            }
            if squares > 0 { for position in range { weights[position] /= squares.squareRoot() } }
        }
        var postingOffsets = [0]
        for frequency in frequencies { postingOffsets.append(postingOffsets[postingOffsets.count - 1] + frequency) }
        var next = postingOffsets
        var items = [Int32](repeating: 0, count: terms.count)
        var values = [Double](repeating: 0, count: terms.count)
        for item in 0..<documents.count {
            for position in offsets[item]..<offsets[item + 1] {
                let term = Int(terms[position])
                items[next[term]] = Int32(item)
                values[next[term]] = weights[position]
                next[term] += 1
            }
        }
        self.offsets = offsets
        self.terms = terms
        self.weights = weights
        self.postingOffsets = postingOffsets
        postingItems = items
        postingWeights = values
    }

    /// Whether any two items differ in what they are described by.
    package var tellsAnything: Bool { weights.contains { $0 > 0 } }

    /// The cosine of two items, from 0 to 1.
    ///
    /// - Complexity: O(terms of the two).
    package func cosine(_ a: Int, _ b: Int) -> Double {
        var (i, j) = (offsets[a], offsets[b])
        let (iEnd, jEnd) = (offsets[a + 1], offsets[b + 1])
        var sum = 0.0
        while i < iEnd && j < jEnd {
            if terms[i] == terms[j] {
                sum += weights[i] * weights[j]
                i += 1
                j += 1
            } else if terms[i] < terms[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return sum
    }

    /// The cosines of every item with one.
    ///
    /// - Complexity: O(items + those that share a term, once a term).
    package func cosines(to item: Int) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        for position in offsets[item]..<offsets[item + 1] {
            let term = Int(terms[position])
            for posting in postingOffsets[term]..<postingOffsets[term + 1] {
                result[Int(postingItems[posting])] += weights[position] * postingWeights[posting]
            }
        }
        return result
    }
}
