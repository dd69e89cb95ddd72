import COpenBLAS
import Foundation

/// The two kinds of numbers that BLAS computes with, and its routines for each under one name.
///
/// The pointers must reach as many numbers as the sizes say; whoever wants arrays and checks takes ``LinearAlgebra``.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
    /// `c = alpha · op(a) · op(b) + beta · c`, row-major: op(a) is m × k, op(b) k × n, each stored transposed where said.
    ///
    /// - Parameters:
    ///   - m: the rows of op(a) and c.
    ///   - n: the columns of op(b) and c.
    ///   - k: the columns of op(a), the rows of op(b).
    ///   - alpha: the factor of the product.
    ///   - a: the first matrix.
    ///   - lda: how far apart the rows of `a` begin as they are stored.
    ///   - transposeA: whether op(a) is the transpose of `a`.
    ///   - b: the second matrix.
    ///   - ldb: how far apart its rows begin.
    ///   - transposeB: whether op(b) is the transpose of `b`.
    ///   - beta: the factor of what `c` holds before.
    ///   - c: where the result goes.
    ///   - ldc: how far apart its rows begin.
    static func gemm(
        m: Int, n: Int, k: Int, alpha: Self, _ a: UnsafePointer<Self>, lda: Int, transposeA: Bool,
        _ b: UnsafePointer<Self>, ldb: Int, transposeB: Bool, beta: Self, into c: UnsafeMutablePointer<Self>, ldc: Int)

    /// `y += factor · x`.
    static func add(_ factor: Self, times x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>, count: Int)

    /// The sum of the products of two rows.
    static func dot(_ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, count: Int) -> Self

    static func exp(_ x: Self) -> Self

    /// log(1 + x), exact for small x.
    static func log1p(_ x: Self) -> Self
}

extension BLASScalar {
    /// The same for matrices whose rows follow each other without gaps.
    @inline(__always)
    static func gemm(
        m: Int, n: Int, k: Int, alpha: Self, _ a: UnsafePointer<Self>, transposeA: Bool, _ b: UnsafePointer<Self>,
        transposeB: Bool, beta: Self, into c: UnsafeMutablePointer<Self>
    ) {
        gemm(
            m: m, n: n, k: k, alpha: alpha, a, lda: max(transposeA ? m : k, 1), transposeA: transposeA, b,
            ldb: max(transposeB ? k : n, 1), transposeB: transposeB, beta: beta, into: c, ldc: n)
    }
}

extension Float: BLASScalar {
    @inline(__always)
    public static func gemm(
        m: Int, n: Int, k: Int, alpha: Float, _ a: UnsafePointer<Float>, lda: Int, transposeA: Bool,
        _ b: UnsafePointer<Float>, ldb: Int, transposeB: Bool, beta: Float, into c: UnsafeMutablePointer<Float>,
        ldc: Int
    ) {
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(m),
            Int32(n), Int32(k), alpha, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
    }

    @inline(__always)
    public static func add(
        _ factor: Float, times x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
    ) {
        cblas_saxpy(Int32(count), factor, x, 1, y, 1)
    }

    @inline(__always)
    public static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
        cblas_sdot(Int32(count), x, 1, y, 1)
    }

    public static func exp(_ x: Float) -> Float { Foundation.exp(x) }
    public static func log1p(_ x: Float) -> Float { Foundation.log1p(x) }
}

extension Double: BLASScalar {
    @inline(__always)
    public static func gemm(
        m: Int, n: Int, k: Int, alpha: Double, _ a: UnsafePointer<Double>, lda: Int, transposeA: Bool,
        _ b: UnsafePointer<Double>, ldb: Int, transposeB: Bool, beta: Double, into c: UnsafeMutablePointer<Double>,
        ldc: Int
    ) {
        cblas_dgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(m),
            Int32(n), Int32(k), alpha, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
    }

    @inline(__always)
    public static func add(
        _ factor: Double, times x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, count: Int
    ) {
        cblas_daxpy(Int32(count), factor, x, 1, y, 1)
    }

    @inline(__always)
    public static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
        cblas_ddot(Int32(count), x, 1, y, 1)
    }

    public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
    public static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }
}
