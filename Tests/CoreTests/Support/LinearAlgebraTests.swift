import Testing
import TransferGraphCore

@Suite struct LinearAlgebraTests {
    static func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(rows: rows, columns: columns, values: (0..<(rows * columns)).map { _ in generator.normal() })
    }

    func largest(_ a: Matrix, minus b: Matrix) -> Double {
        zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    func product(_ a: Matrix, _ b: Matrix) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.columns)
        for i in 0..<a.rows {
            for j in 0..<b.columns {
                for k in 0..<a.columns { result[i, j] += a[i, k] * b[k, j] }
            }
        }
        return result
    }

    @Test(arguments: [(1, 1, 1), (3, 5, 2), (7, 2, 9), (16, 33, 8)])
    func productsEqualTheSumsTheyStandFor(m: Int, n: Int, k: Int) {
        let (a, b) = (Self.random(m, k, 1), Self.random(k, n, 2))
        let expected = product(a, b)
        #expect(largest(LinearAlgebra.product(a, b), minus: expected) < 1e-13)
        #expect(largest(LinearAlgebra.product(a.transposed, b, transposeA: true), minus: expected) < 1e-13)
        #expect(largest(LinearAlgebra.product(a, b.transposed, transposeB: true), minus: expected) < 1e-13)
        var c = [Float](repeating: 1, count: m * n)
        LinearAlgebra.gemm(
            m: m, n: n, k: k, alpha: 2, a.values.map { Float($0) }, b.values.map { Float($0) }, beta: 3, into: &c)
        for (value, sum) in zip(c, expected.values) { #expect(abs(Double(value) - (2 * sum + 3)) < 1e-4) }
    }

    @Test(arguments: [1, 2, 5, 40]) func choleskyFactorsAndSolvesAndNeedsPositiveDefiniteness(size: Int) throws {
        let root = Self.random(size, size, 3)
        var a = product(root, root.transposed)
        for i in 0..<size { a[i, i] += 1 }
        let factor = try #require(LinearAlgebra.choleskyFactor(a))
        #expect(largest(product(factor, factor.transposed), minus: a) < 1e-11)
        let x = Self.random(size, 3, 4)
        let solution = try #require(LinearAlgebra.choleskySolve(a, product(a, x)))
        #expect(largest(solution, minus: x) < 1e-9)
        a[size - 1, size - 1] = -1
        #expect(LinearAlgebra.choleskyFactor(a) == nil)
    }

    @Test(arguments: [(8, 3), (3, 8), (5, 5)]) func leastSquaresSolvesTheNormalEquationsWithTheLeastNorm(
        rows: Int, columns: Int
    ) throws {
        var a = Self.random(rows, columns, 5)
        // A column that repeats another leaves the solution open; the least norm shares the weight evenly.
        for row in 0..<rows { a[row, 1] = a[row, 0] }
        let b = Self.random(rows, 2, 6)
        let x = try LinearAlgebra.leastSquares(a, b)
        var residual = product(a, x)
        for index in residual.values.indices { residual.values[index] -= b.values[index] }
        let gradient = product(a.transposed, residual)
        #expect(gradient.values.allSatisfy { abs($0) < 1e-12 })
        for column in 0..<2 { #expect(abs(x[0, column] - x[1, column]) < 1e-12) }
    }

    @Test(arguments: [1, 2, 17, 60]) func eigenvectorsDiagonalise(size: Int) throws {
        let root = Self.random(size, size, 7)
        var a = root
        for i in 0..<size { for j in 0..<size { a[i, j] = root[i, j] + root[j, i] } }
        let eigen = try LinearAlgebra.symmetricEigen(a)
        #expect(eigen.values == eigen.values.sorted())
        var scaled = eigen.vectors
        for k in 0..<size { for j in 0..<size { scaled[k, j] *= eigen.values[k] } }
        #expect(largest(product(eigen.vectors.transposed, scaled), minus: a) < 1e-12)
    }

    @Test(arguments: [(6, 4), (4, 6), (5, 5), (1, 3)]) func singularValuesRebuildTheMatrix(
        rows: Int, columns: Int
    ) throws {
        let a = Self.random(rows, columns, 8)
        let svd = try LinearAlgebra.svd(a)
        #expect(svd.values == svd.values.sorted(by: >))
        var scaled = svd.vTransposed
        for k in svd.values.indices { for j in 0..<columns { scaled[k, j] *= svd.values[k] } }
        #expect(largest(product(svd.u, scaled), minus: a) < 1e-13)
        let gram = product(svd.u.transposed, svd.u)
        for i in 0..<gram.rows { for j in 0..<gram.rows { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-13) } }
    }

    @Test func abandonedWorkLeavesAtOnce() {
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) { try abandonable(stopped) { 1 } }
    }
}
