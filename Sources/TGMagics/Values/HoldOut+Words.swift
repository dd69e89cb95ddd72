import ArgumentParser
import TransferGraphCore

extension HoldOut: ExpressibleByArgument {}

extension HoldOut {
    /// The method that the others are compared with: one that can predict what is held out.
    var baseline: String { asksForNewModels ? "family-size" : "history" }

    /// The measures that are shown.
    var measures: [Measure] { self == .oneDataset ? Measure.standard : Measure.ofProtocols }

    /// The suffix of titles; empty for leave-one-dataset-out.
    var title: String {
        switch self {
        case .oneDataset: ""
        case .newDataset: ", new datasets"
        case .newModel: ", new models"
        case .newBoth: ", new models on new datasets"
        case .completion: ", completion"
        }
    }

    /// What was held out, in a sentence; `nil` for leave-one-dataset-out.
    var note: String? {
        let each = "figures are of the models held out, each fold by itself, the mean over \(Self.foldCount) folds"
        switch self {
        case .oneDataset: return nil
        case .newDataset: return "Held out at a time: all results on a fifth of the datasets."
        case .newModel:
            return
                "Held out at a time: all results of a fifth of the models; the others' results on the target are known. The \(each)."
        case .newBoth:
            return
                "Held out at a time: all results of a fifth of the models and on a fifth of the datasets. The \(each)."
        case .completion:
            return
                "Held out at a time: a fifth of all results; the others on the target are known. The \(each)."
        }
    }
}
