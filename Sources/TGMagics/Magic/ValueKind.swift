/// What the value of an option or argument is, by the name its declaration gives it (`valueName`); Tab offers these.
public enum ValueKind: String, Sendable, CaseIterable {
    case dataset
    case model
    /// A model or a dataset.
    case node
    case method
    case zoo
    /// A zoo's name or the path of one.
    case zooOrPath = "name-or-path"
    case path
    case file
    case magic
    case variable
    /// What `%help` explains: a magic.
    case topic
    /// A transferability score of the zoo.
    case score
}
