import Support

/// A transferability score: how well a model's features, or its head's probabilities, suit a labelled dataset, without
/// fine-tuning.
///
/// The raw value is the name that tables and exports show. Where the source of a score is, stands with its
/// implementation.
public enum TransferabilityScore: String, CaseIterable, Sendable, Codable {
    case logME = "LogME"
    case hScore = "H-score"
    case regularizedHScore = "regularized H-score"
    case leep = "LEEP"
    case nleep = "NLEEP"
    case nce = "NCE"
    case parc = "PARC"
    case transRate = "TransRate"
    case gbcSpherical = "GBC spherical"
    case gbcDiagonal = "GBC diagonal"
    case lfcL2 = "LFC l2"
    case lfcDot = "LFC dot"
    case lfcCosine = "LFC cos"
    case lfcCorrelation = "LFC corr"
    case sfda = "SFDA"
    case pacTranGauss = "PACTran-Gauss lda=1 s2=10"
    case silhouetteL2 = "silhouette (MSC) l2"
    case silhouetteCosine = "silhouette (MSC) cos"
    case silhouetteCorrelation = "silhouette (MSC) corr"
    case nearestNeighbours = "k-NN accuracy"
    case linearProbe = "linear-probe accuracy"

    public var name: String { rawValue }

    /// The name as typed: `logme`, `reg-h-score`, `gbc-spherical`, ….
    public var spelling: String { ScoreNaming.method(for: rawValue) }

    /// Other spellings that people try, with what they mean.
    private static let synonyms: [String: TransferabilityScore] = [
        "h": .hScore, "hscore": .hScore, "reg-hscore": .regularizedHScore, "regularized-h-score": .regularizedHScore,
        "gbc": .gbcSpherical, "lfc": .lfcDot, "pactran": .pacTranGauss, "silhouette": .silhouetteL2,
        "msc": .silhouetteL2, "knn": .nearestNeighbours, "linear": .linearProbe, "trans-rate": .transRate,
    ]

    /// The score that a spelling or a name means, in any case.
    ///
    /// - Throws: ``UnknownName``.
    public init(spelling text: String) throws(UnknownName) {
        let wanted = ScoreNaming.method(for: text)
        let found =
            Self.allCases.first { $0.spelling == wanted || ScoreNaming.method(for: $0.name) == wanted }
            ?? Self.synonyms[wanted]
        guard let found else { throw .score(text) }
        self = found
    }

    /// Whether it needs what the model's own head makes of the samples, and only that and the labels.
    public var needsSourceProbabilities: Bool {
        self == .leep || self == .nce
    }

    /// Whether a higher value promises a better fine-tuned model: of all but PACTran, which bounds a loss.
    public var higherIsBetter: Bool {
        self != .pacTranGauss
    }

    /// Whether it looks at pairs of samples or fits a model to them, and so takes a sample where there are very many.
    public var usesSample: Bool {
        switch self {
        case .parc, .lfcL2, .pacTranGauss, .silhouetteL2, .silhouetteCosine, .silhouetteCorrelation, .nleep,
            .nearestNeighbours, .linearProbe:
            true
        default: false
        }
    }

    /// The score of some features.
    ///
    /// - Throws: ``ScoreError``; `Cancelled`.
    public func value(
        of data: LabelledFeatures, settings: ScoreSettings = ScoreSettings(), work: Work = .unwatched
    ) throws -> Double {
        try value(
            ScoreSession(data, sampleLimit: settings.sampleLimit, threads: settings.threads, work: work))
    }

    /// The score of what a session holds; what several scores need of it is computed once.
    package func value(_ session: ScoreSession) throws -> Double {
        do {
            let value = try unchecked(session)
            if !value.isFinite { throw value.isNaN ? ScoreError.Cause.notANumber : .infinite }
            return value
        } catch let cause as ScoreError.Cause {
            throw ScoreError.undefined(self, cause)
        } catch let error as NumericalError {
            throw ScoreError.numerical(error)
        }
    }

    /// The score, finite or not.
    private func unchecked(_ session: ScoreSession) throws -> Double {
        try session.work.check()
        return
            switch self
        {
        case .logME: try LogME.value(session)
        case .hScore: try HScore.value(session)
        case .regularizedHScore: try HScore.regularized(session)
        case .leep:
            try LEEP.value(
                probabilities(session), classes: session.data.classes, classCount: session.data.classCount,
                work: session.work)
        case .nleep: try NLEEP.value(session)
        case .nce:
            try LEEP.negativeConditionalEntropy(
                probabilities(session), classes: session.data.classes, classCount: session.data.classCount)
        case .parc: try PARC.value(session)
        case .transRate: try TransRate.value(session)
        case .gbcSpherical: try GBC.value(session, .spherical)
        case .gbcDiagonal: try GBC.value(session, .diagonal)
        case .lfcL2: try LFC.value(session, .euclidean)
        case .lfcDot: try LFC.value(session, .dot)
        case .lfcCosine: try LFC.value(session, .cosine)
        case .lfcCorrelation: try LFC.value(session, .correlation)
        case .sfda: try SFDA.value(session)
        case .pacTranGauss: try PACTran.gauss(session)
        case .silhouetteL2: try Silhouette.value(session, .euclidean)
        case .silhouetteCosine: try Silhouette.value(session, .cosine)
        case .silhouetteCorrelation: try Silhouette.value(session, .correlation)
        case .nearestNeighbours: try Probes.nearestNeighbours(session)
        case .linearProbe: try Probes.linear(session)
        }
    }

    private func probabilities(_ session: ScoreSession) throws(ScoreError) -> Matrix {
        guard let probabilities = session.data.sourceProbabilities else {
            throw .missingSourceProbabilities(self)
        }
        return probabilities.matrix()
    }
}
