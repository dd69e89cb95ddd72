/// What is known of the benchmark's tasks: what each counts by, its dataset on the hub, and the names it has had.
struct MTEBTasks {
    private struct Task {
        let name: String
        let kind: String?
        let dataset: String?
        let line: Int
    }

    /// The splits that each task is measured on, where the table says them.
    private(set) var splits: [String: [String]] = [:]
    /// The main score of each task that the table names.
    private(set) var mainScores: [String: String] = [:]
    private var tasks: [Task] = []
    private var file: Int32 = 0

    /// Reads the table of tasks, where there is one beside the results.
    init(_ place: ReadingPlace, _ path: String?, into facts: inout Facts) {
        guard let path else { return }
        file = facts.addFile(path)
        do throws(DocumentError) {
            for (name, task) in try HubFile.json(place, path).root?.pairs ?? [] where task.isMapping {
                mainScores[name] = task["main_score"]?.name
                splits[name] = task["eval_splits"]?.itemsOrSelf.compactMap(\.name)
                tasks.append(
                    Task(
                        name: name, kind: task["type"]?.name,
                        dataset: task["dataset"]?.name ?? task["dataset"]?["path"]?.name,
                        line: task.line))
            }
        } catch {
            facts.note(
                .leftOut, "tables of tasks that cannot be read", example: error.problem,
                at: .init(file: file, line: error.line))
        }
    }

    /// Tells what is known of the tasks that have results.
    func tell(to facts: inout Facts) {
        for task in tasks where facts.names.find(task.name) != nil {
            let place = Facts.Place(file: file, line: task.line)
            if let kind = task.kind { facts.describe(dataset: task.name, "task", .category(kind), at: place) }
            if let dataset = task.dataset {
                facts.describe(dataset: task.name, "hub_dataset", .category(dataset), at: place)
            }
        }
        for (old, new) in Self.renamed where facts.names.find(old) != nil { facts.alias(.dataset, old, of: new) }
    }

    /// Tasks that were given another name.
    private static let renamed: KeyValuePairs<String, String> = [
        "8TagsClustering": "EightTagsClustering", "CMedQAv1": "CMedQAv1-reranking", "CMedQAv2": "CMedQAv2-reranking",
        "PPC": "PpcPC", "NorwegianParliament": "NorwegianParliamentClassification",
    ]
}
