/// What can go wrong when a copy of a hub is read as a whole; what is wrong with single files is noted in ``Facts``.
public enum HubError: Error, Sendable, Equatable {
    /// There is nothing of the format at `path`.
    case nothing(ZooFormat, path: String)
}
