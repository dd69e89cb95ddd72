/// A model's files as they were found, before any of them is read.
struct HubRepository: Sendable, Equatable {
    /// `ORG/NAME`, or `NAME` where no organisation is to be seen.
    var name: String
    /// Paths inside the place.
    var card: String?
    var config: String?
    var adapterConfig: String?
    var mergeConfig: String?
    var preprocessorConfig: String?
    var evaluationResults: [String] = []
    /// What a trainer wrote of the run that made it, the fullest first.
    var trainerResults: [String] = []
    /// Of a cache: the revision that is read, and how many more there are.
    var revision: String?
    var otherRevisions = 0
    /// Whether the card is one file of a heap: without front matter it may be anything.
    var isOfHeap = false

    /// Whether a file says of what class or from what base the model is.
    var hasConfiguration: Bool { config != nil || adapterConfig != nil || mergeConfig != nil }

    init(name: String) {
        self.name = name
    }

    /// The files among `listing` that a model is known by.
    init?(name: String, folder: String, _ listing: FolderListing, place: ReadingPlace) {
        self.init(name: name)
        func path(_ file: String) -> String? { listing.hasFile(file) ? FolderListing.join(folder, file) : nil }
        card = path("README.md")
        // A pipeline of diffusers says in its index of what it consists.
        config = path("config.json") ?? path("model_index.json")
        adapterConfig = path("adapter_config.json")
        mergeConfig = path("mergekit_config.yml") ?? path("mergekit_config.yaml") ?? path("mergekit_moe_config.yml")
        preprocessorConfig = path("preprocessor_config.json")
        if listing.hasFolder(".eval_results") {
            let results = FolderListing.join(folder, ".eval_results")
            evaluationResults = FolderListing(of: place, results).files
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
                .map { FolderListing.join(results, $0) }
        }
        trainerResults = TrainerResults.files.compactMap(path)
        let known = [card, config, adapterConfig, mergeConfig, preprocessorConfig]
        if known.allSatisfy({ $0 == nil }), evaluationResults.isEmpty { return nil }
    }
}
