/// The distance of each two classes as the reference implementation of PARC has it: 1 minus the correlation of their
/// one-hot rows.
///
/// By algebra there are two distances only, 0 within a class and C / (C − 1) between two. In double precision some
/// classes are 2⁻⁵² from themselves and others 0, and since PARC ranks the distances, which of them are so moves the
/// score by up to a percent. The published values contain this, so it is computed here the way NumPy's `corrcoef` does,
/// sum for sum with fused multiplications.
struct AnnotationDistances: Sendable {
    private let classCount: Int
    private let groups: [Int]

    init(classCount: Int) {
        self.classCount = classCount
        let count = Double(classCount)
        let (off, on) = (-(1 / count), 1 - 1 / count)
        let scale = 1 / (count - 1)
        // The sum of products of two centred rows depends only on where their ones stand.
        func product(_ first: Int, _ second: Int) -> Double {
            var sum = 0.0
            for position in 0..<classCount {
                sum.addProduct(position == first ? on : off, position == second ? on : off)
            }
            return sum * scale
        }
        let lengths = (0..<classCount).map { product($0, $0).squareRoot() }
        var distances: [Double] = []
        distances.reserveCapacity(classCount * classCount)
        for first in 0..<classCount {
            for second in 0..<classCount {
                let correlation = product(first, second) / lengths[first] / lengths[second]
                distances.append(1 - max(-1, min(1, correlation)))
            }
        }
        let distinct = Set(distances).sorted()
        let groupOf = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
        groups = distances.map { groupOf[$0] ?? 0 }
    }

    /// The number of the two classes' distance among all distances, ascending.
    func group(_ first: Int, _ second: Int) -> Int {
        groups[first * classCount + second]
    }
}
