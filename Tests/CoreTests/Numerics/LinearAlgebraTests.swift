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

    @Test(arguments: [(1, 1), (9, 4), (4, 9)]) func gramsAreTheProductsOfAMatrixWithItself(rows: Int, columns: Int) {
        let a = Self.random(rows, columns, 5)
        #expect(largest(LinearAlgebra.gram(a), minus: product(a.transposed, a)) < 1e-13)
        #expect(largest(LinearAlgebra.gram(a, ofRows: true), minus: product(a, a.transposed)) < 1e-13)
    }

    @Test func matricesTimesVectorsEqualTheSumsTheyStandFor() {
        let (a, x) = (Self.random(7, 4, 1), Self.random(4, 1, 2))
        let expected = product(a, x).values
        for (value, sum) in zip(LinearAlgebra.product(a, x.values), expected) {
            #expect(abs(value - sum) < 1e-13)
        }
        for (value, sum) in zip(LinearAlgebra.product(a.transposed, transposed: true, x.values), expected) {
            #expect(abs(value - sum) < 1e-13)
        }
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

    /// Of a symmetric matrix the nearest positive semidefinite one lies as far away as its negative eigenvalues are long
    /// (Higham 1988, theorem 2.1), and what has none stays as it is.
    @Test(arguments: [2, 9, 40]) func theNearestPositiveSemidefiniteMatrixIsAsNearAsItsNegativeEigenvalues(
        size: Int
    ) throws {
        let root = Self.random(size, size, 9)
        var a = root
        for i in 0..<size { for j in 0..<size { a[i, j] = root[i, j] + root[j, i] } }
        let nearest = try LinearAlgebra.nearestPositiveSemidefinite(a)
        let lengths = try LinearAlgebra.symmetricEigen(a).values.map { min($0, 0) * min($0, 0) }.reduce(0, +)
        let away = zip(a.values, nearest.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(abs(away - lengths) < 1e-10 * max(1, lengths))
        #expect(try LinearAlgebra.symmetricEigen(nearest).values[0] > -1e-12 * Double(size))
        let gram = LinearAlgebra.gram(root)
        #expect(try LinearAlgebra.nearestPositiveSemidefinite(gram) == gram)
    }

    @Test func abandonedWorkLeavesAtOnce() {
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) { try abandonable(stopped) { 1 } }
    }
}
