import Foundation

/// How scores are computed.
public struct ScoreSettings: Sendable {
    /// Scores that look at all pairs of samples, or fit a model to them (``TransferabilityScore/usesSample``), take a
    /// sample of about so many rows, each class in its share, where there are more.
    public var sampleLimit = 5000
    /// Threads to use. Results do not depend on it.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    public init() {}
}
