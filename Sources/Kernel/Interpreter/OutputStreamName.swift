/// The streams that a cell writes text to.
public enum OutputStreamName: String, Sendable {
    /// What a cell says.
    case stdout
    /// What it warns of; shown on a red ground by most clients.
    case stderr
}
