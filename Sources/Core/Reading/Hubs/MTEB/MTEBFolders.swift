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
    /// How many models are looked at: few where a place is only to be recognised.
    private let modelLimit: Int

    /// - Throws: `Cancelled`.
    init(in place: ReadingPlace, modelLimit: Int = .max, work: Work) throws(Cancelled) {
        self.place = place
        self.work = work
        self.modelLimit = modelLimit
        guard place.isFolder else { return }
        if place.name.contains("__") {
            try visitModel(place.name, "")
        } else {
            try visit("", depth: 0)
        }
    }

    private mutating func visit(_ folder: String, depth: Int) throws(Cancelled) {
        let listing = FolderListing(of: place, folder)
        if taskTable == nil, let name = listing.files.first(where: { $0 == "task-main-score.json" }) {
            taskTable = FolderListing.join(folder, name)
        }
        let models = listing.folders.filter { $0.contains("__") && !$0.hasPrefix("__") && !$0.hasPrefix(".") }
        for name in models.prefix(modelLimit) { try visitModel(name, FolderListing.join(folder, name)) }
        guard depth < 3, models.isEmpty else { return }
        for name in listing.folders where !name.hasPrefix(".") {
            try visit(FolderListing.join(folder, name), depth: depth + 1)
        }
    }

    private mutating func visitModel(_ folderName: String, _ folder: String) throws(Cancelled) {
        try work.check()
        guard let cut = folderName.firstRange(of: "__") else { return }
        let model = folderName[..<cut.lowerBound] + "/" + folderName[cut.upperBound...]
        let revisions = FolderListing(of: place, folder).folders.filter { !$0.hasPrefix(".") }
        var isDescribed = false
        // The most trusted first: of two descriptions the first counts.
        for revision in revisions.sorted(by: { MTEBRevision($0) > MTEBRevision($1) }) {
            let path = FolderListing.join(folder, revision)
            let listing = FolderListing(of: place, path)
            for file in listing.files where HubFile.plainName(file).hasSuffix(".json") {
                if HubFile.plainName(file) == "model_meta.json" {
                    if !isDescribed { descriptions.append((String(model), path + "/" + file)) }
                    isDescribed = true
                } else {
                    files.append(ResultFile(model: String(model), revision: revision, path: path + "/" + file))
                }
            }
            experiments += listing.folders.map { FolderListing.join(path, $0) }
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
            } else if name.utf8.count >= 7, name.utf8.allSatisfy(\.isHexadecimal) {
                .measured
            } else {
                .unknown
            }
    }

    static func < (a: MTEBRevision, b: MTEBRevision) -> Bool { (a.standing, a.name) < (b.standing, b.name) }
}
