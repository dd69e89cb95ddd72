import COpenBLAS
import Foundation

/// The numbers that graph networks compute with: `Float` when learning, `Double` where the last digits are looked at.
package protocol LearnerScalar: BinaryFloatingPoint, Sendable {
    /// `c = a · b + scale · c` for row-major matrices: `a` is rows × inner, `b` inner × columns, either of them stored
    /// transposed where said.
    static func multiply(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Self>, isTransposed aIsTransposed: Bool,
        _ b: UnsafePointer<Self>, isTransposed bIsTransposed: Bool, into c: UnsafeMutablePointer<Self>, scale: Self)

    /// `y += factor · x`.
    static func add(_ factor: Self, times x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>, count: Int)

    /// The sum of the products of two rows.
    static func dot(_ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, count: Int) -> Self

    static func exponential(_ x: Self) -> Self
}

extension Float: LearnerScalar {
    package static func multiply(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Float>, isTransposed aIsTransposed: Bool,
        _ b: UnsafePointer<Float>, isTransposed bIsTransposed: Bool, into c: UnsafeMutablePointer<Float>, scale: Float
    ) {
        cblas_sgemm(
            CblasRowMajor, aIsTransposed ? CblasTrans : CblasNoTrans, bIsTransposed ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), 1, a, Int32(aIsTransposed ? rows : inner), b,
            Int32(bIsTransposed ? inner : columns), scale, c, Int32(columns))
    }

    package static func add(
        _ factor: Float, times x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
    ) {
        cblas_saxpy(Int32(count), factor, x, 1, y, 1)
    }

    package static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
        cblas_sdot(Int32(count), x, 1, y, 1)
    }

    package static func exponential(_ x: Float) -> Float { Foundation.exp(x) }
}

extension Double: LearnerScalar {
    package static func multiply(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Double>, isTransposed aIsTransposed: Bool,
        _ b: UnsafePointer<Double>, isTransposed bIsTransposed: Bool, into c: UnsafeMutablePointer<Double>,
        scale: Double
    ) {
        cblas_dgemm(
            CblasRowMajor, aIsTransposed ? CblasTrans : CblasNoTrans, bIsTransposed ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), 1, a, Int32(aIsTransposed ? rows : inner), b,
            Int32(bIsTransposed ? inner : columns), scale, c, Int32(columns))
    }

    package static func add(
        _ factor: Double, times x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, count: Int
    ) {
        cblas_daxpy(Int32(count), factor, x, 1, y, 1)
    }

    package static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
        cblas_ddot(Int32(count), x, 1, y, 1)
    }

    package static func exponential(_ x: Double) -> Double { Foundation.exp(x) }
}
