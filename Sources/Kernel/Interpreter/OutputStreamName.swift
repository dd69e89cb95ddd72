/// The streams that a cell writes text to.
public enum OutputStreamName: String, Sendable {
    /// Standard output.
    case stdout
    /// Standard error; most clients show it on a red background.
    case stderr
}
