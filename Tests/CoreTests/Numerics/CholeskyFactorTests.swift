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

    /// Without a bound it is L⁻¹ b; with one no entry lies below it, those before the first such entry stay, and the b that
    /// comes back is L times the entries.
    @Test(arguments: 0..<10) func winsorisedEntriesLieAboveTheBound(seed: Int) throws {
        let factor = try #require(CholeskyFactor(Self.covariance(7, seed: UInt64(seed))))
        let b = Array(LinearAlgebraTests.random(1, 7, UInt64(seed) + 50).row(0)).map { 5 * $0 }
        let plain = factor.forwardSubstituted(b)
        let free = factor.winsorised(b, below: -.infinity)
        for (x, y) in zip(free.surprises, plain) { #expect(abs(x - y) < 1e-9) }
        for (x, y) in zip(free.taken, b) { #expect(abs(x - y) < 1e-9) }
        let bounded = factor.winsorised(b, below: -0.5)
        #expect(bounded.surprises.allSatisfy { $0 >= -0.5 })
        let first = plain.firstIndex { $0 < -0.5 } ?? 7
        for index in 0..<first { #expect(abs(bounded.surprises[index] - plain[index]) < 1e-9) }
        let rebuilt = LinearAlgebra.product(factor.lower, bounded.surprises)
        for (x, y) in zip(rebuilt, bounded.taken) { #expect(abs(x - y) < 1e-9) }
        if first < 7 { #expect(bounded.taken[first] > b[first]) }
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
