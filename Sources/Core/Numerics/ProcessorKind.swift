import COpenBLAS
import CSkipGram

/// The kind of processor, as far as it can change the last digits of what is computed here.
package enum ProcessorKind {
    /// The routines that the BLAS has chosen for it, and whether skip-gram takes its wide vectors: `SkylakeX, AVX2`.
    package static var name: String {
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
        return core + (skipgram_has_wide() ? ", AVX2" : ", no AVX2")
    }
}
