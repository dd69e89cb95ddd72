/// How long something takes, in words.
package enum DurationText {
    /// `40 s`, `3 min`, `2.5 h`, `4 days`: with an estimate's precision.
    package static func about(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "an unknown time" }
        switch seconds {
        case ..<1: return "1 s"
        case ..<10: return "\(Int(seconds.rounded())) s"
        case ..<57.5: return "\(Int((seconds / 5).rounded()) * 5) s"
        case ..<5400: return "\(Int(max(1, (seconds / 60).rounded()))) min"
        case ..<36_000: return "\(NumberFormat.decimals(1).text(seconds / 3600)) h"
        case ..<172_800: return "\(Int((seconds / 3600).rounded())) h"
        default: return "\(Int((seconds / 86_400).rounded())) days"
        }
    }
}
