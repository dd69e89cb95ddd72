/// Why a dataset cannot be brought into a zoo, or taken out of it.
public enum NewDatasetError: Error, Sendable {
    /// The zoo came with a dataset of this name, or one that is also called so.
    case nameTaken(String, zoo: String)
    /// The vector has another length than the zoo's dataset embeddings.
    case dimension(Int, zoo: Int)
    /// A score or a distance names what the zoo does not have.
    case unknown(UnknownName)
    /// The dataset has results already, of another metric.
    case otherMetric(String, known: String, dataset: String)
    /// The dataset came with the zoo.
    case notOwn(String, zoo: String)
    /// Models were pre-trained on it, as the zoo's files say.
    case pretrainedOn(String, models: Int)
}
