import Support

/// Reads the results that a trainer wrote beside the model that it made.
enum TrainedModel {
    /// Adds the results, unless the card lists the model's own already.
    static func read(_ repository: HubRepository, in place: ReadingPlace, into reading: inout ModelReading) {
        guard let first = repository.trainerResults.first, reading.isModel else { return }
        var found: (path: String, entries: [TrainerResults.Entry])?
        var problem: DocumentError?
        for path in repository.trainerResults where found == nil {
            do throws(DocumentError) {
                guard let root = try HubFile.json(place, path).root, root.isMapping else { continue }
                let entries = TrainerResults.entries(root)
                if !entries.isEmpty { found = (path, entries) }
            } catch {
                problem = problem ?? error
            }
        }
        let file = reading.addFile(FileSearch.label(found?.path ?? first, in: place))
        guard let (_, entries) = found else {
            if let problem {
                reading.note(
                    .leftOut, "results of trainers that cannot be read", "\(reading.model): \(problem.problem)",
                    at: .init(file: file, line: problem.line))
            }
            return
        }
        if reading.results.contains(where: { $0.dataset != nil && WrittenNumber($0.written) != nil }) {
            reading.note(
                .noted, "results of trainers beside cards that list the model's results: the card's are taken",
                reading.model, at: .init(file: file, line: 0))
            return
        }
        let names = TrainerResults.names(folders: folders(of: first, repository, reading, in: place))
        guard let (dataset, config) = dataset(reading, names?.dataset) else {
            reading.note(
                .leftOut,
                "results of trainers that name no dataset: in the card, as finetuning_task, or by the folder (MODEL-finetuned-DATASET or MODEL/DATASET)",
                reading.model, at: .init(file: file, line: 0))
            return
        }
        // What the folder calls the model that was tuned, where nothing else says it.
        if let model = names?.model, reading.parents.isEmpty {
            reading.parents.append(
                .init(name: model, relation: .finetune, source: "folder", place: .init(file: file, line: 0)))
        }
        let number = reading.newEntry()
        for entry in entries {
            reading.results.append(
                .init(
                    dataset: dataset, config: config, split: entry.split, metric: entry.metric,
                    written: entry.value.text ?? "", entry: number, place: .init(file: file, line: entry.value.line)))
        }
        reading.note(
            .noted,
            "results that trainers wrote beside a model: the dataset is the card's, the configuration's or the folder's",
            "\(reading.model): \(config.map { "\(dataset)/\($0)" } ?? dataset)", at: .init(file: file, line: 0))
    }

    /// The dataset, by the most telling word on it.
    private static func dataset(_ reading: ModelReading, _ folder: String?) -> (dataset: String, config: String?)? {
        let trained = reading.statements.lazy.filter { $0.attribute == "training_data" }.flatMap(\.value.names)
        let named = Set(trained).count == 1 ? trained.first : nil
        if let task = reading.tunedTask {
            guard let named, named.lowercased() != task.lowercased() else { return (task, nil) }
            return (named, task)
        }
        return (named ?? reading.tunedDataset ?? folder).map { ($0, nil) }
    }

    /// The folders that may name the model and the dataset: that of the run, and the one above it where it is called as the
    /// model that was tuned. `OWNER/NAME` is no model and its dataset.
    private static func folders(
        of path: String, _ repository: HubRepository, _ reading: ModelReading, in place: ReadingPlace
    ) -> [String] {
        if repository.revision != nil { return repository.name.split(separator: "/").suffix(1).map(String.init) }
        var inside = [place.name] + path.split(separator: "/").dropLast().map(String.init)
        while let last = inside.last, inside.count > 1, TrainerResults.isRun(last) { inside.removeLast() }
        let parents = Set(reading.parents.flatMap { [$0.name, String($0.name.split(separator: "/").last ?? "")] })
        let above = inside.dropLast().last.map { parents.contains($0) } ?? false
        return Array(inside.suffix(above ? 2 : 1))
    }
}
