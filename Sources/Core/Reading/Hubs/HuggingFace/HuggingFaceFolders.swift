import Support

/// Finds the models in a folder: a cache of the hub, cloned repositories, heaps of cards, and dumps of the hub's API.
package struct HuggingFaceFolders {
    private let place: ReadingPlace
    private let work: Work
    /// Repositories of which the folder's path is the name, by path.
    private var folders: [(path: [String], repository: HubRepository)] = []
    /// Folders that hold nothing but a text called README, without front matter: models only among others.
    private var unsure: [(path: [String], repository: HubRepository)] = []
    private(set) var repositories: [HubRepository] = []
    /// Files that hold a model's information a line, or a list of them.
    private(set) var dumps: [String] = []
    /// Cached models of which not a single file is there.
    private(set) var unfinished: [String] = []
    /// Folders with several checkpoints of one run, and how many of them are not read.
    private(set) var earlierCheckpoints: [(folder: String, count: Int)] = []
    /// Texts called README whose front matter is a data set's, a space's or a site's.
    private(set) var otherCards: [String] = []
    /// Cards in the subfolders of models.
    private(set) var cardsBelow: [String] = []
    /// How many folders may still be looked at; few where a place is only to be recognised.
    private var budget: Int

    /// How deep below the place a repository may lie.
    private static let depthLimit = 8

    /// Looks through the place.
    ///
    /// - Parameter budget: how many folders to look at.
    /// - Throws: `Cancelled`.
    init(in place: ReadingPlace, budget: Int = .max, work: Work) throws(Cancelled) {
        self.place = place
        self.work = work
        self.budget = budget
        if place.isFolder {
            try visit("", [])
            // In a collection of cards some have no front matter; elsewhere any folder has a text called README.
            let depths = Set(folders.map(\.path.count))
            folders += unsure.filter { depths.contains($0.path.count) }
            nameFolders()
        } else if Self.isDump(place, "", named: place.name) {
            dumps.append("")
        } else if place.name.hasSuffix(".md") {
            var repository = HubRepository(name: Self.heapName(place.name))
            repository.card = ""
            repository.isOfHeap = true
            repositories.append(repository)
        }
    }

    /// - Returns: whether there is a model in the folder or below it.
    @discardableResult
    private mutating func visit(_ folder: String, _ path: [String]) throws(Cancelled) -> Bool {
        try work.check()
        guard budget > 0, path.count <= Self.depthLimit else { return false }
        budget -= 1
        let listing = FolderListing(of: place, folder)
        let cached = listing.folders.filter { $0.hasPrefix("models--") }
        for name in cached.prefix(budget) {
            try work.check()
            visitCached(Self.cachedName(name), FolderListing.join(folder, name))
        }
        if listing.hasFolder("snapshots"), listing.hasFolder("refs") || listing.hasFolder("blobs") {
            visitCached(Self.cachedName(path.last ?? place.name), folder)
            return true
        }
        var found = !cached.isEmpty
        var isModel = false
        if let repository = HubRepository(name: "", folder: folder, listing, place: place) {
            let evidence = evidence(repository, listing)
            switch evidence {
            case .files, .card, .text:
                if evidence == .text, holdsModels(folder, listing, withCheckpoints: false) { break }
                folders.append((path, repository))
                // A card at the place's root may be one of many.
                guard path.isEmpty, !repository.hasConfiguration else {
                    noteCards(below: folder, listing)
                    return true
                }
                isModel = true
                found = true
            case .unsure where !path.isEmpty && !holdsModels(folder, listing, withCheckpoints: true):
                unsure.append((path, repository))
                return false
            case .other: if let card = repository.card { otherCards.append(card) }
            default: break
            }
        }
        let checkpoints = listing.folders.compactMap(TrainerResults.checkpoint)
        if checkpoints.count > 1, !isModel { earlierCheckpoints.append((folder, checkpoints.count - 1)) }
        for name in listing.folders where !name.hasPrefix(".") && !Self.isNoModel(name) {
            let inside = FolderListing.join(folder, name)
            // Of a run's checkpoints the last is its model, unless the run itself is one.
            if let number = TrainerResults.checkpoint(name), isModel || number != checkpoints.max() {
                if isModel { noteCard(in: inside) }
                continue
            }
            if try visit(inside, path + [name]) { found = true }
        }
        return visitHeap(folder, listing) || found
    }

    private enum Evidence {
        /// Files that only a model has, or a card with keys that only a model's has.
        case files, card
        /// A card with front matter that any text may have.
        case text
        case other, unsure, none
    }

    /// What speaks for a folder's being a model: a configuration, weights, or a card with front matter of a model.
    private func evidence(_ repository: HubRepository, _ listing: FolderListing) -> Evidence {
        if repository.adapterConfig != nil || repository.mergeConfig != nil || !repository.evaluationResults.isEmpty {
            return .files
        }
        let isSource = listing.files.contains { Self.sourceFiles.contains($0) }
        if let config = repository.config {
            let head = HubFile.headText(place, config, 1 << 14)
            if !isSource || Self.configKeys.contains(where: { head.contains($0) }) { return .files }
        }
        guard let card = repository.card else { return .none }
        if listing.files.contains(where: { name in Self.weightEndings.contains { name.hasSuffix($0) } }) {
            return .files
        }
        switch ModelCard.kind(HubFile.head(place, card, 1 << 16)) {
        case .model: return .card
        case .text: return .text
        case .other: return .other
        case nil: return isSource ? .none : .unsure
        }
    }

    /// Files of programs, beside which a text called README is about the program.
    private static let sourceFiles: Set<String> = [
        "package.json", "tsconfig.json", "setup.py", "pyproject.toml", "Cargo.toml", "go.mod", "Makefile",
        "CMakeLists.txt", "Package.swift", "pom.xml",
    ]

    private static let configKeys = [
        "\"model_type\"", "\"architectures\"", "\"_name_or_path\"", "\"transformers_version\"", "\"_class_name\"",
        "\"architecture\"", "\"hidden_size\"", "\"num_classes\"",
    ]

    private static let weightEndings = [".safetensors", ".gguf", ".onnx", ".ckpt", ".pt", ".pth", ".h5", "model.bin"]

    /// Folders that hold what programs bring with them.
    private static func isNoModel(_ name: String) -> Bool {
        name.hasPrefix("models--") || name.hasPrefix("datasets--") || name.hasPrefix("spaces--")
            || ["node_modules", "__MACOSX", "site-packages", "__pycache__"].contains(name)
    }

    /// Whether a folder with a text is not a model but a shelf or an owner: models lie in it, or one folder deeper.
    private func holdsModels(
        _ folder: String, _ listing: FolderListing, withCheckpoints: Bool, depth: Int = 2
    ) -> Bool {
        listing.folders.contains { name in
            if name.hasPrefix(".") || Self.isNoModel(name) { return false }
            if !withCheckpoints, TrainerResults.checkpoint(name) != nil { return false }
            let path = FolderListing.join(folder, name)
            let inside = FolderListing(of: place, path)
            if let repository = HubRepository(name: "", folder: path, inside, place: place),
                [.files, .card, .text].contains(evidence(repository, inside))
            {
                return true
            }
            return depth > 1 && holdsModels(path, inside, withCheckpoints: withCheckpoints, depth: depth - 1)
        }
    }

    /// Keeps the cards in a model's subfolders, which belong to it and are not read, to be counted.
    private mutating func noteCards(below folder: String, _ listing: FolderListing, depth: Int = 3) {
        for name in listing.folders where !name.hasPrefix(".") && !Self.isNoModel(name) {
            let path = FolderListing.join(folder, name)
            noteCard(in: path)
            if depth > 1 { noteCards(below: path, FolderListing(of: place, path), depth: depth - 1) }
        }
    }

    private mutating func noteCard(in folder: String) {
        let card = FolderListing.join(folder, "README.md")
        if place.has(card), ModelCard.kind(HubFile.head(place, card, 1 << 16)) != nil { cardsBelow.append(card) }
    }

    /// `models--ORG--NAME`: the snapshot that `refs/main` names; without one, as of a pinned download, the only one or the
    /// last by name.
    private mutating func visitCached(_ full: String, _ folder: String) {
        let snapshots = FolderListing.join(folder, "snapshots")
        let revisions = FolderListing(of: place, snapshots).folders
        let main = (try? HubFile.contents(place, FolderListing.join(folder, "refs/main")))
            .map { String(decoding: $0.prefix(80), as: UTF8.self).trimmed }
        let order = revisions.filter { $0 == main } + revisions.filter { $0 != main }.reversed()
        for revision in order {
            let path = FolderListing.join(snapshots, revision)
            guard var repository = HubRepository(name: full, folder: path, FolderListing(of: place, path), place: place)
            else { continue }
            repository.revision = revision
            repository.otherRevisions = revisions.count - 1
            repositories.append(repository)
            return
        }
        unfinished.append(full)
    }

    /// `models--ORG--NAME` is `ORG/NAME`; a name without an organisation is itself.
    private static func cachedName(_ folder: String) -> String {
        let text = folder.hasPrefix("models--") ? String(folder.dropFirst("models--".count)) : folder
        guard let cut = text.firstRange(of: "--") else { return text }
        return text[..<cut.lowerBound] + "/" + text[cut.upperBound...]
    }

    /// Cards and dumps that lie in a folder as files.
    private mutating func visitHeap(_ folder: String, _ listing: FolderListing) -> Bool {
        var found = false
        for name in listing.files {
            let path = FolderListing.join(folder, name)
            if name.hasSuffix(".md"), !Self.documents.contains(name.uppercased()) {
                var repository = HubRepository(name: Self.heapName(name))
                repository.card = path
                repository.isOfHeap = true
                repositories.append(repository)
                found = true
            } else if Self.isDump(place, path, named: name) {
                dumps.append(path)
                found = true
            }
        }
        return found
    }

    /// Files that lie in any folder and are no cards.
    private static let documents: Set<String> = [
        "README.MD", "LICENSE.MD", "CHANGELOG.MD", "CONTRIBUTING.MD", "INDEX.MD", "CODE_OF_CONDUCT.MD", "SECURITY.MD",
    ]

    /// `ORG_NAME_README.md`, `ORG_NAME.md`, `ORG__NAME.md` and `ORG--NAME.md` are `ORG/NAME`, `NAME.md` is `NAME`: the first
    /// `--` splits, else the first `_` or `__`.
    package static func heapName(_ file: String) -> String {
        var stem = String(file.dropLast(".md".count))
        for ending in ["_README", "--README"] where stem.hasSuffix(ending) {
            stem = String(stem.dropLast(ending.count))
        }
        let first = stem.firstIndex(of: "_").map { stem[$0...].hasPrefix("__") ? "__" : "_" }
        return split(stem, at: ["--"] + [first].compactMap { $0 })
    }

    /// The owner and the name, at the first of the marks that stands between the two.
    private static func split(_ stem: String, at marks: [String]) -> String {
        guard let cut = marks.lazy.compactMap({ stem.firstRange(of: $0) }).first, cut.lowerBound > stem.startIndex,
            cut.upperBound < stem.endIndex
        else { return stem }
        return stem[..<cut.lowerBound] + "/" + stem[cut.upperBound...]
    }

    private static func isDump(_ place: ReadingPlace, _ path: String, named name: String) -> Bool {
        let name = HubFile.plainName(name)
        guard name.hasSuffix(".jsonl") || name.hasSuffix(".json") || name.hasSuffix(".ndjson") else { return false }
        let head = String(decoding: HubFile.head(place, path), as: UTF8.self)
        let start = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.first
        guard start == "{" || start == "[" else { return false }
        return head.contains("\"modelId\"")
            || (head.contains("\"id\"")
                && ["\"tags\"", "\"pipeline_tag\"", "\"cardData\""].contains { head.contains($0) })
    }

    /// Gives repositories their names: `ORG/NAME` by the last two folders; `NAME` where the folder above is the place
    /// itself or holds owners' folders as well.
    private mutating func nameFolders() {
        let paths = folders.map { Self.modelPath($0.path, $0.repository) }
        var containers: Set<[String]> = []
        for path in paths where path.count >= 2 {
            for length in 0...(path.count - 2) { containers.insert(Array(path[..<length])) }
        }
        for (path, (_, folder)) in zip(paths, folders) {
            var repository = folder
            let owner = path.dropLast()
            if let name = Self.snapshotName(place.path.split(separator: "/").map(String.init) + path) {
                repository.name = name
            } else if path.isEmpty {
                repository.name = place.name
            } else if let name = owner.last, !containers.contains(Array(owner)),
                !Self.shelves.contains(name.lowercased())
            {
                repository.name = name + "/" + path[path.count - 1]
            } else {
                repository.name = Self.split(path[path.count - 1], at: ["--", "__"])
            }
            repositories.append(repository)
        }
    }

    /// The folder that a model is called by: of a run's last checkpoint the run, of a pipeline's part the pipeline.
    private static func modelPath(_ path: [String], _ repository: HubRepository) -> [String] {
        guard path.count > 1, let last = path.last else { return path }
        let isPart = repository.card == nil && components.contains(last)
        return isPart || TrainerResults.checkpoint(last) != nil ? path.dropLast() : path
    }

    /// Folders of a pipeline of diffusers, each with a configuration of its own.
    private static let components: Set<String> = [
        "unet", "vae", "text_encoder", "text_encoder_2", "text_encoder_3", "transformer", "image_encoder",
        "safety_checker", "controlnet", "prior",
    ]

    /// The model of a cache's snapshot that was given or copied by itself: `…/models--ORG--NAME/snapshots/REVISION`.
    private static func snapshotName(_ path: [String]) -> String? {
        guard path.count > 2, path[path.count - 2] == "snapshots" else { return nil }
        return cachedName(path[path.count - 3])
    }

    /// Names of folders that are no owners'.
    private static let shelves: Set<String> = [
        "cards", "models", "model_cards", "hub", "cloned", "checkpoints", "model-cards",
    ]
}
