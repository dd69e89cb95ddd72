import Support
import TransferGraphCore

extension UserError {
    public init(_ error: UnknownName) {
        let (name, message, listing) =
            switch error {
            case .dataset(let name, let zoo):
                ("UnknownDataset", "The zoo '\(zoo.name)' has no dataset '\(name)'.", "%datasets")
            case .model(let name, let zoo): ("UnknownModel", "The zoo '\(zoo.name)' has no model '\(name)'.", "%models")
            case .node(let name, _):
                ("UnknownNode", "The graph has no model or dataset '\(name)'.", "%models or %datasets")
            case .method(let name, let zoo):
                ("UnknownMethod", "There is no method '\(name)' for the zoo '\(zoo.name)'.", "%methods")
            case .score(let name): ("UnknownScore", "There is no transferability score '\(name)'.", "%score --help")
            }
        let wanted = if case .score(let name) = error { ScoreNaming.method(for: name) } else { error.name }
        self.init(
            name, message, hint: NearestNames.hint(for: wanted, in: error.known, own: error.own, listing: listing))
    }
}
