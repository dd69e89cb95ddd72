import COpenBLAS

/// How many threads the BLAS may use.
///
/// Work here runs side by side by target, by score or by worker; a BLAS that splits its sums over threads of its own
/// would only get in the way, and the number of threads would show in the last bits of the results.
public enum NumericThreads {
    private static let setOnce: Void = openblas_set_num_threads(1)

    /// Makes the BLAS of this process run on the calling thread alone. Cheap after the first call.
    public static func useOne() { _ = setOnce }
}
