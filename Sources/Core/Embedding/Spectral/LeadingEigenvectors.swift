import Support

/// The largest eigenvalues of a ``SignedAdjacency`` with their eigenvectors.
///
/// All of a small matrix; of a large one those that a block Krylov space of random vectors holds (Musco and Musco,
/// "Randomized block Krylov methods for stronger and faster approximate singular value decomposition", NIPS 2015), orthogonal
/// throughout.
struct LeadingEigenvectors {
    /// Descending.
    let values: [Double]
    /// Row k is the unit eigenvector of `values[k]`.
    let vectors: Matrix

    private static let denseLimit = 512
    private static let blocks = 9
    private static let spareColumns = 8

    init(of matrix: SignedAdjacency, wanted: Int, seed: UInt64, work: Work) throws {
        let count = matrix.nodeCount
        let wanted = min(wanted, count)
        let width = min(count, wanted + Self.spareColumns)
        if count <= Self.denseLimit || width * Self.blocks >= count {
            var identity = Matrix(rows: count, columns: count)
            for node in 0..<count { identity[node, node] = 1 }
            let eigen = try LinearAlgebra.symmetricEigen(matrix.times(identity))
            try work.check()
            values = Array(eigen.values.suffix(wanted).reversed())
            vectors = Matrix(
                rows: wanted, columns: count, values: (0..<wanted).flatMap { eigen.vectors.row(count - 1 - $0) })
            return
        }
        var generator = SeededGenerator(seed: seed, purpose: .initialVector)
        var block = Matrix(
            rows: count, columns: width, values: (0..<count * width).map { _ in generator.normal() })
        var basis: [Matrix] = []
        var images: [Matrix] = []
        for number in 0..<Self.blocks {
            work.report("Finding eigenvectors", Double(number) / Double(Self.blocks))
            try work.check()
            for _ in 0..<2 {
                for other in basis {
                    let shares = LinearAlgebra.product(other, block, transposeA: true)
                    let part = LinearAlgebra.product(other, shares)
                    for place in block.values.indices { block.values[place] -= part.values[place] }
                }
                block = try Self.orthonormal(block)
            }
            if block.columns == 0 { break }
            basis.append(block)
            let image = matrix.times(block)
            images.append(image)
            block = image
        }
        let starts = basis.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.columns) }
        let size = starts[starts.count - 1]
        var small = Matrix(rows: size, columns: size)
        for a in basis.indices {
            for b in basis.indices {
                let part = LinearAlgebra.product(basis[a], images[b], transposeA: true)
                for row in 0..<part.rows {
                    for column in 0..<part.columns {
                        small[starts[a] + row, starts[b] + column] += part[row, column] / 2
                        small[starts[b] + column, starts[a] + row] += part[row, column] / 2
                    }
                }
            }
        }
        let eigen = try LinearAlgebra.symmetricEigen(small)
        let found = min(wanted, size)
        values = Array(eigen.values.suffix(found).reversed())
        var vectors = Matrix(rows: found, columns: count)
        for (number, part) in basis.enumerated() {
            let shares = Matrix(
                rows: found, columns: part.columns,
                values: (0..<found).flatMap { rank in
                    eigen.vectors.row(size - 1 - rank).dropFirst(starts[number]).prefix(part.columns)
                })
            let product = LinearAlgebra.product(shares, part, transposeB: true)
            for place in vectors.values.indices { vectors.values[place] += product.values[place] }
        }
        self.vectors = vectors
    }

    /// Columns of length 1 at right angles that span the same, without those that add nothing.
    private static func orthonormal(_ matrix: Matrix) throws -> Matrix {
        let eigen = try LinearAlgebra.symmetricEigen(LinearAlgebra.gram(matrix))
        guard let largest = eigen.values.last, largest > 0 else { return Matrix(rows: matrix.rows, columns: 0) }
        let kept = eigen.values.indices.filter { eigen.values[$0] > 1e-12 * largest }
        let shares = Matrix(
            rows: kept.count, columns: matrix.columns,
            values: kept.flatMap { index in eigen.vectors.row(index).map { $0 / eigen.values[index].squareRoot() } })
        return LinearAlgebra.product(matrix, shares, transposeB: true)
    }
}
