import Foundation
import Support
import Testing
import TransferGraphCore

@Suite struct CholeskyFactorTests {
    /// Symmetric and positive definite.
    static func covariance(_ size: Int, seed: UInt64 = 3) -> Matrix {
        var a = LinearAlgebra.gram(LinearAlgebraTests.random(size, size, seed))
        for i in 0..<size { a[i, i] += 1 }
        return a
    }

    private func largest(_ a: Matrix, minus b: Matrix) -> Double {
        zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    /// Sizes below, at and above what is factored at once.
    @Test(arguments: [1, 2, 5, 128, 129, 300]) func theFactorRebuildsTheMatrixAndSolvesWithIt(size: Int) throws {
        let a = Self.covariance(size)
        let factor = try #require(CholeskyFactor(a))
        let lower = factor.lower
        #expect(largest(LinearAlgebra.product(lower, lower, transposeB: true), minus: a) < 1e-10 * Double(size))
        let rows = LinearAlgebraTests.random(3, size, 4)
        let products = LinearAlgebra.product(rows, a)
        #expect(largest(try factor.solved(rows: products, work: .unwatched), minus: rows) < 1e-9)
        for row in 0..<3 {
            for (x, y) in zip(factor.solved(Array(products.row(row))), rows.row(row)) { #expect(abs(x - y) < 1e-9) }
        }
        let draws = LinearAlgebra.product(rows, lower, transposeB: true)
        #expect(largest(try factor.whitened(rows: draws, work: .unwatched), minus: rows) < 1e-10)
        let logarithms = try LinearAlgebra.symmetricEigen(a).values.reduce(0) { $0 + log($1) }
        #expect(abs(factor.logDeterminant - logarithms) < 1e-9 * Double(size))
    }

    /// Without a bound it is L⁻¹ b. With one, each entry lies where b has it, or at the bound below what all others let
    /// expect, whichever is higher; how far below b lies changes nothing.
    @Test(arguments: 0..<10) func winsorisedEntriesLieAboveTheBound(seed: Int) throws {
        let size = 7
        let a = Self.covariance(size, seed: UInt64(seed))
        let factor = try #require(CholeskyFactor(a))
        var b = Array(LinearAlgebraTests.random(1, size, UInt64(seed) + 50).row(0)).map { 5 * $0 }
        let free = try factor.winsorised(b, below: -.infinity, work: .unwatched)
        for (x, y) in zip(free.surprises, factor.forwardSubstituted(b)) { #expect(abs(x - y) < 1e-9) }
        #expect(free.taken == b)
        let bounded = try factor.winsorised(b, below: -0.5, work: .unwatched)
        let rebuilt = LinearAlgebra.product(factor.lower, bounded.surprises)
        for (x, y) in zip(rebuilt, bounded.taken) { #expect(abs(x - y) < 1e-9) }
        for index in 0..<size {
            // What the others let expect, by the covariance without this entry.
            let others = (0..<size).filter { $0 != index }
            var between = Matrix(rows: size - 1, columns: size - 1)
            for row in others.indices {
                for column in others.indices { between[row, column] = a[others[row], others[column]] }
            }
            let weights = try #require(CholeskyFactor(between)).solved(others.map { a[$0, index] })
            let mean = zip(weights, others).reduce(0) { $0 + $1.0 * bounded.taken[$1.1] }
            let variance = a[index, index] - zip(weights, others).reduce(0) { $0 + $1.0 * a[$1.1, index] }
            #expect(abs(bounded.taken[index] - max(b[index], mean - 0.5 * variance.squareRoot())) < 1e-8)
        }
        let lowest = b.indices.min { b[$0] - bounded.taken[$0] < b[$1] - bounded.taken[$1] } ?? 0
        guard bounded.taken[lowest] > b[lowest] else { return }
        b[lowest] -= 1000
        let worse = try factor.winsorised(b, below: -0.5, work: .unwatched)
        for (x, y) in zip(worse.taken, bounded.taken) { #expect(abs(x - y) < 1e-8) }
    }

    @Test(arguments: [1, 5, 150]) func theInversesDiagonalIsThatOfItsColumns(size: Int) throws {
        let a = Self.covariance(size)
        let factor = try #require(CholeskyFactor(a))
        let diagonal = try factor.inverse(work: .unwatched).diagonal
        for row in 0..<size {
            var unit = [Double](repeating: 0, count: size)
            unit[row] = 1
            #expect(abs(diagonal[row] - factor.solved(unit)[row]) < 1e-12)
        }
    }

    @Test func whatIsNoCovarianceHasNoFactor() throws {
        var a = Self.covariance(140)
        a[139, 139] = -1
        #expect(CholeskyFactor(a) == nil)
        a[139, 139] = .nan
        #expect(CholeskyFactor(a) == nil)
        a[139, 139] = .infinity
        #expect(CholeskyFactor(a) == nil)
    }

    @Test func jitterIsTriedUntilItIsEnough() throws {
        // Rank one: no factor until something is added to the diagonal.
        let singular = [1.0, 1, 1, 1]
        #expect(try CholeskyFactor(singular, count: 2, work: .unwatched) == nil)
        let factor = try #require(try CholeskyFactor(singular, count: 2, jitter: [0, 1e-20, 1e-4], work: .unwatched))
        #expect(abs(factor.lower[1, 1] - (1e-4 * (2 + 1e-4) / (1 + 1e-4)).squareRoot()) < 1e-12)
    }

    @Test func workThatIsStoppedStops() {
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) { try CholeskyFactor([4], count: 1, work: stopped) }
    }
}
