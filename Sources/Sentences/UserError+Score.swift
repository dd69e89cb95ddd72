import Support
import TransferGraphCore

extension UserError {
    public init(_ error: FeatureError) {
        let (message, hint): (String, String?) =
            switch error {
            case .noFeatures(let rows, let columns): ("There are no features: \(rows) rows, \(columns) columns.", nil)
            case .labelCount(let labels, let rows):
                (
                    "There are \(rows) rows of features but \(labels) labels.",
                    "Each row of the features needs the label of its sample."
                )
            case .oneClass(let label, let count):
                ("All \(count) labels are \(label): a score needs at least two classes.", nil)
            case .notFinite(let value, let part, let row, let column):
                (
                    "Row \(row) of the \(part.title) has \(value.isNaN ? "a NaN" : "an infinite value") in column \(column) (both counted from 0).",
                    "Leave such samples out, or replace the values: numpy.nan_to_num(features)."
                )
            case .tooLarge(let value, let part, let row, let column):
                (
                    "Row \(row) of the \(part.title) has \(value) in column \(column) (both counted from 0): its square overflows.",
                    "Scale the values down, for instance: features / numpy.abs(features).max()."
                )
            case .probabilityRows(let given, let rows):
                ("There are \(rows) rows of features but \(given) of source probabilities.", nil)
            case .notADistribution(let row, let sum):
                (
                    "Row \(row) of the source probabilities (counted from 0) is not a distribution: it sums to \(sum).",
                    "A softmax over each row turns logits into probabilities."
                )
            }
        self.init("FeatureError", message, hint: hint)
    }

    public init(_ error: ScoreError) {
        switch error {
        case .missingSourceProbabilities(let score):
            self.init(
                "MissingSourceProbabilities", "\(score.name) needs the probabilities of the source task's labels.",
                hint: "Give them with --source-probabilities P.npy: a row for each sample, from the model's own head.")
        case .needsClasses(let score):
            self.init(
                "NeedsClasses", "\(score.name) is of classes, and the labels are numbers that are not whole.",
                hint: "LogME scores such labels.")
        case .undefined(let score, let cause):
            let (reason, hint) = Self.sentences(cause)
            self.init("UndefinedScore", "\(score.subject) is undefined\(reason).", hint: hint)
        case .numerical(let error): self.init(error)
        }
    }

    /// Why a score is undefined, leading punctuation included; and what to do about it.
    private static func sentences(_ cause: ScoreError.Cause) -> (reason: String, hint: String?) {
        switch cause {
        case .noVariation: (": all samples have the same features", nil)
        case .noVariationWithinClasses: (": within each class, all samples have the same features", nil)
        case .equalSimilarities: (": all samples are equally alike", nil)
        case .equalDistances: (": all pairs of samples are equally far apart", nil)
        case .constantSample:
            (": the features of a sample, standardised, are all equal, so they correlate with nothing", nil)
        case .noTestSample: (": no class has a second sample to test on", nil)
        case .codingRate: (": the coding rate of a class is beyond double precision", "Scale the features down.")
        case .covariance:
            (
                ": a Gaussian of the mixture has no valid covariance",
                "Scale the features: their variances are too large for 1e-6 to regularise."
            )
        case .notANumber, .infinite:
            (
                " for these features: it comes out as \(cause == .infinite ? "infinite" : "no number")",
                "Look for constant columns and for values of very different size."
            )
        }
    }

    public init(_ error: NumericalError) {
        switch error {
        case .notConverged(let routine, let status):
            self.init(
                "NumericalError", "LAPACK's \(routine) did not converge (status \(status)).",
                hint: "Look for extreme values in the input; scaling the columns often helps.")
        case .tooLittleMemory(let limit, let needed):
            self.init(
                "TooLittleMemory",
                "The system limits this process to \(limit) MiB of address space (ulimit -v), too little for "
                    + "the \(needed) MiB that linear algebra needs.",
                hint: "Raise the limit; with 1,000 MiB most zoos have room.")
        case .outOfMemory(let routine):
            self.init(
                "OutOfMemory", "LAPACK's \(routine) found no memory to work with.",
                hint: "Fewer threads, or a smaller zoo or feature file, need less.")
        case .notPositiveDefinite(let matrix):
            self.init(
                "NumericalError", "\(matrix.subject) cannot be factored: numbers are not finite, or too far apart.",
                hint: "Look for results, scores or metadata of very different size; %records, %scores, %models and "
                    + "%datasets list them.")
        case .xgboost(let message):
            self.init("NumericalError", "XGBoost failed: \(message).")
        }
    }
}

extension FeatureError.Part {
    fileprivate var title: String {
        switch self {
        case .features: "features"
        case .sourceProbabilities: "source probabilities"
        }
    }
}

extension TransferabilityScore {
    /// The score as the subject that begins a sentence.
    fileprivate var subject: String {
        switch self {
        case .lfcL2, .lfcDot, .lfcCosine, .lfcCorrelation: "The label-feature correlation"
        case .linearProbe: "The accuracy of a linear probe"
        default: name
        }
    }
}

extension NumericalError.Symmetric {
    /// The matrix as the subject that begins a sentence.
    fileprivate var subject: String {
        switch self {
        case .resultCovariance: "The covariance of the results"
        case .datasetPrecision: "The precision of the results on one dataset"
        case .stackingCovariance: "The covariance of the stacked predictions"
        case .posteriorCorrelation: "The posterior correlation of the models"
        case .normalEquations: "The matrix of the linear regression"
        }
    }
}
