import Support
import TransferGraphCore
import ZooForge

extension UserError {
    /// The sentences for an error of model selection or of the forge; `nil` if it is neither.
    public init?(explaining error: any Error) {
        switch error {
        case let error as UserError: self = error
        case let error as ZooError: self.init(error)
        case let error as TableError: self.init(error)
        case let error as FileError: self.init(error)
        case let error as NumPyError: self.init(error)
        case let error as UnknownName: self.init(error)
        case let error as NewDatasetError: self.init(error)
        case let error as OwnResultError: self.init(error)
        case let error as FeatureError: self.init(error)
        case let error as ScoreError: self.init(error)
        case let error as NumericalError: self.init(error)
        case let error as EmbeddingError: self.init(error)
        case let error as EvaluationError: self.init(error)
        case let error as ReferenceError: self.init(error)
        case let error as ForgeError: self.init(error)
        case let error as OutOfMemory: self.init(error)
        default: return nil
        }
    }
}
