/// Spells the names of transferability scores as methods of the command surface.
public enum ScoreNaming {
    private static let known = [
        "regularized h-score": "reg-h-score", "log_me": "logme", "reg_h_score": "reg-h-score",
        "pactran-gauss lda=1 s2=10": "pactran-gauss", "silhouette (msc) l2": "silhouette-l2",
        "silhouette (msc) cos": "silhouette-cos", "silhouette (msc) corr": "silhouette-corr",
        "k-nn accuracy": "k-nn", "linear-probe accuracy": "linear-probe",
    ]

    /// `LogME` is `logme`, `regularized H-score` is `reg-h-score`, `GBC spherical` is `gbc-spherical`.
    public static func method(for name: String) -> String {
        let lowered = name.lowercased()
        if let method = known[lowered] { return method }
        let parts = lowered.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "+") }
        return parts.joined(separator: "-")
    }
}
