import Support

/// Finds the result files of a benchmark's folder: `results/ORG__NAME/REVISION/TASK.json`.
struct MTEBFolders {
    struct ResultFile: Sendable, Equatable {
        let model: String
        let revision: String
        let path: String
    }

    private(set) var files: [ResultFile] = []
    /// `model_meta.json` of a model, the one of its most trusted revision.
    private(set) var descriptions: [(model: String, path: String)] = []
    /// Which metric each task counts by, where the benchmark's table of tasks lies beside the results.
    private(set) var taskTable: String?
    /// Folders below a revision: runs with settings of their own, which are no results of the model.
    private(set) var experiments: [String] = []

    private let place: ReadingPlace
    private let work: Work
    /// How many models and folders are looked at: few where a place is only to be recognised.
    private let modelLimit: Int
    private var budget: Int

    /// How deep below the place a model's results may lie.
    private static let depthLimit = 5

    /// - Throws: `Cancelled`.
    init(in place: ReadingPlace, modelLimit: Int = .max, work: Work) throws(Cancelled) {
        self.place = place
        self.work = work
        self.modelLimit = modelLimit
        budget = modelLimit == .max ? .max : 60
        guard place.isFolder else { return }
        if place.name.contains("__") {
            try visitModel(place.name, "")
        } else {
            try visit("", [])
        }
    }

    private mutating func visit(_ folder: String, _ path: [String]) throws(Cancelled) {
        guard budget > 0 else { return }
        budget -= 1
        try work.check()
        let listing = FolderListing(of: place, folder)
        if taskTable == nil, listing.hasFile("task-main-score.json") {
            taskTable = FolderListing.join(folder, "task-main-score.json")
        }
        let models = listing.folders.filter { $0.contains("__") && !$0.hasPrefix("__") }
        for name in models.prefix(modelLimit) { try visitModel(name, FolderListing.join(folder, name)) }
        if holdsResults(folder, listing) { visitResults(folder, path, listing) }
        guard path.count < Self.depthLimit, models.count < modelLimit else { return }
        for name in listing.folders where !name.hasPrefix(".") && !name.contains("__") {
            try visit(FolderListing.join(folder, name), path + [name])
        }
    }

    /// Whether results lie in the folder itself, which is not called as a model's is.
    private func holdsResults(_ folder: String, _ listing: FolderListing) -> Bool {
        listing.files.lazy.filter { HubFile.plainName($0).hasSuffix(".json") && !Self.others.contains($0) }.prefix(3)
            .contains { MTEBResult.isResult(HubFile.headText(place, FolderListing.join(folder, $0), 1 << 14)) }
    }

    private static let others: Set<String> = ["model_meta.json", "task-main-score.json"]

    /// Takes the results in a folder that is called otherwise: by what describes the model beside them, else by the
    /// folder, with its owner's above it.
    private mutating func visitResults(_ folder: String, _ path: [String], _ listing: FolderListing) {
        var names = path
        var revision = ""
        if names.count > 1, let last = names.last, MTEBRevision.isName(last) {
            revision = last
            names.removeLast()
        }
        while let first = names.first, Self.shelves.contains(first.lowercased()) { names.removeFirst() }
        var model = names.isEmpty ? place.name : names.suffix(2).joined(separator: "/")
        let description = FolderListing.join(folder, "model_meta.json")
        if listing.hasFile("model_meta.json"), let root = (try? HubFile.json(place, description))?.root,
            let name = root["name"]?.name
        {
            model = name
        }
        take(listing, in: folder, model: model, revision: revision)
    }

    /// Names of folders that are no owners'.
    private static let shelves: Set<String> = [
        "results", "mteb", "mteb_results", "output", "outputs", "data", "repo", "eval", "evaluation",
    ]

    private mutating func visitModel(_ folderName: String, _ folder: String) throws(Cancelled) {
        try work.check()
        guard let cut = folderName.firstRange(of: "__") else { return }
        let model = folderName[..<cut.lowerBound] + "/" + folderName[cut.upperBound...]
        let own = FolderListing(of: place, folder)
        let revisions = own.folders.filter { !$0.hasPrefix(".") }
        // The most trusted first: of two descriptions the first counts.
        for revision in revisions.sorted(by: { MTEBRevision($0) > MTEBRevision($1) }) {
            let path = FolderListing.join(folder, revision)
            let listing = FolderListing(of: place, path)
            take(listing, in: path, model: String(model), revision: revision)
            experiments += listing.folders.map { FolderListing.join(path, $0) }
        }
        take(own, in: folder, model: String(model), revision: "")
    }

    private mutating func take(_ listing: FolderListing, in folder: String, model: String, revision: String) {
        for file in listing.files where HubFile.plainName(file).hasSuffix(".json") {
            let path = FolderListing.join(folder, file)
            switch HubFile.plainName(file) {
            case "model_meta.json":
                if descriptions.last?.model != model { descriptions.append((model, path)) }
            case "task-main-score.json": break
            default: files.append(ResultFile(model: model, revision: revision, path: path))
            }
        }
    }
}

/// How far a revision's results are to be trusted: measured by a program, or taken over from a card.
struct MTEBRevision: Comparable {
    let standing: Provenance.Standing
    private let name: String

    init(_ name: String) {
        self.name = name
        standing =
            if name == "external" {
                .secondHand
            } else if Self.isHash(name) {
                .measured
            } else {
                .unknown
            }
    }

    private static func isHash(_ name: String) -> Bool { name.utf8.count >= 7 && name.utf8.allSatisfy(\.isHexadecimal) }

    /// Whether a folder is called as a revision is.
    static func isName(_ name: String) -> Bool {
        isHash(name) || ["external", "no_revision_available", "main", "1", "v1.0"].contains(name)
    }

    static func < (a: MTEBRevision, b: MTEBRevision) -> Bool { (a.standing, a.name) < (b.standing, b.name) }
}
