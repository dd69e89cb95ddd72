/// A word as the sum of its n-grams' vectors over the root of their number, then dense layers.
struct BagEncoder<Number: Real> {
    private let dimension: Int
    private let span: Int
    private let buckets: Int
    private let table: Int
    private let dense: DenseStack<Number>
    private let bag: Buffer<Number>
    private let slope: Buffer<Number>

    init(_ architecture: Architecture, batch: Int, in layout: inout ParameterLayout) {
        dimension = architecture.embedding
        span = architecture.span
        buckets = architecture.buckets
        table = layout.table(rows: architecture.buckets, columns: architecture.embedding)
        dense = DenseStack(
            inputs: dimension, width: architecture.width, depth: architecture.depth, batch: batch, in: &layout)
        bag = Buffer(count: batch * dimension)
        slope = Buffer(count: batch * dimension)
    }

    func forward(_ parameters: Buffer<Number>, _ batch: WordBatch) -> UnsafeMutablePointer<Number> {
        bag.clear(first: batch.count * dimension)
        for (index, row) in batch.rows.enumerated() {
            let sum = bag.base + index * dimension
            var count = 0
            batch.words.forEachBucket(ofRow: row, longest: span, buckets: buckets) { bucket in
                let vector = parameters.base + table + bucket * dimension
                for column in 0..<dimension { sum[column] += vector[column] }
                count += 1
            }
            let scale = 1 / Number(max(1, count)).squareRoot()
            for column in 0..<dimension { sum[column] *= scale }
        }
        return dense.forward(parameters, bag.base, rows: batch.count)
    }

    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, _ batch: WordBatch,
        dy: UnsafeMutablePointer<Number>
    ) {
        dense.backward(parameters, gradients, x: bag.base, rows: batch.count, dy: dy, dx: slope.base)
        for (index, row) in batch.rows.enumerated() {
            let from = slope.base + index * dimension
            var count = 0
            batch.words.forEachBucket(ofRow: row, longest: span, buckets: buckets) { _ in count += 1 }
            let scale = 1 / Number(max(1, count)).squareRoot()
            for column in 0..<dimension { from[column] *= scale }
            batch.words.forEachBucket(ofRow: row, longest: span, buckets: buckets) { bucket in
                let vector = gradients.base + table + bucket * dimension
                for column in 0..<dimension { vector[column] += from[column] }
            }
        }
    }
}
