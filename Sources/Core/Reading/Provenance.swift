/// Where a reported number comes from, beyond its file and line: what decides between reports of one result.
public struct Provenance: Hashable, Sendable {
    /// Who says so. The higher wins where one result is reported twice.
    public enum Standing: UInt8, Sendable, Comparable, CaseIterable {
        /// Taken over from elsewhere by the source itself, such as MTEB's `external`.
        case secondHand = 0
        case selfReported = 1
        /// Nothing is said of it.
        case unknown = 2
        /// Measured by who publishes the collection.
        case measured = 3
        /// Checked by the hub.
        case verified = 4

        /// The word for it in files.
        public var code: String {
            switch self {
            case .secondHand: "second-hand"
            case .selfReported: "self-reported"
            case .unknown: "unknown"
            case .measured: "measured"
            case .verified: "verified"
            }
        }

        public init?(code: String) {
            guard let standing = Self.allCases.first(where: { $0.code == code }) else { return nil }
            self = standing
        }

        public static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
    }

    public var standing: Standing
    /// The model's revision that was measured.
    public var revision: Name
    /// When, in the source's own spelling; ISO 8601 dates sort.
    public var date: Name
    /// Who says so: a page, a leaderboard, a part of the file such as `model-index` or `body`.
    public var source: Name
    /// How the model was run, where a source has it in several ways, such as `img_size=288`.
    public var setting: Name
    /// Which of several settings is the model's result: the largest.
    public var preference: Double

    public init(
        standing: Standing = .unknown, revision: Name = .none, date: Name = .none, source: Name = .none,
        setting: Name = .none, preference: Double = 0
    ) {
        self.standing = standing
        self.revision = revision
        self.date = date
        self.source = source
        self.setting = setting
        self.preference = preference
    }
}
