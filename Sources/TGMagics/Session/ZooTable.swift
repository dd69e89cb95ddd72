import Presentation
import TransferGraphCore

/// One of a zoo's tables as SQL and the listing commands see it: named columns, a cell for each row.
struct ZooTable {
    struct Column {
        let name: String
        let format: NumberFormat?
        /// The column's type in SQL.
        let type: String
        let cell: (Int) -> Table.Cell

        init(_ name: String, format: NumberFormat? = nil, _ cell: @escaping (Int) -> Table.Cell) {
            self.name = name
            self.format = format
            type = format == nil ? "text" : format == .count ? "integer" : "real"
            self.cell = cell
        }

        /// Yes or no: 1 or 0 in SQL.
        init(truth name: String, _ cell: @escaping (Int) -> Bool?) {
            self.name = name
            format = nil
            type = "integer"
            self.cell = { row in cell(row).map { .truth($0) } ?? .missing }
        }

        /// How the column is shown.
        var shown: Table.Column { format.map { .number(name, $0) } ?? .init(name) }
    }

    let name: String
    let rowCount: Int
    private(set) var columns: [Column]

    /// - Parameter metadata: further columns; those whose names are taken already are left out.
    init(_ name: String, rows: Int, _ columns: [Column], metadata: MetadataTable? = nil) {
        self.name = name
        rowCount = rows
        self.columns = columns
        guard let metadata, metadata.rowCount == rows else { return }
        var taken = Set(columns.map { $0.name.lowercased() })
        for column in metadata.columns where taken.insert(column.name.lowercased()).inserted {
            let isNumber = column.values.kind == .number
            self.columns.append(
                Column(column.name, format: isNumber ? .figures : nil) { Table.Cell(metadata.value($0, column)) })
        }
    }

    func column(_ name: String) -> Column? {
        columns.first { $0.name == name } ?? columns.first { $0.name.lowercased() == name.lowercased() }
    }
}

extension Table.Cell {
    /// A value of a zoo's metadata.
    init(_ value: Facts.Value?) {
        self =
            switch value {
            case nil: .missing
            case .number(let number)?: .number(number)
            case .truth(let truth)?: .truth(truth)
            case let value?: .text(value.text)
            }
    }
}

extension ZooTable {
    /// The names of a zoo's tables.
    static let names = [
        "models", "datasets", "records", "scores", "similarity", "lineage", "measurements", neighbours,
    ]
    /// The table that an embedding fills.
    static let neighbours = "neighbours"

    /// The table called `name`, which is one of ``names``.
    ///
    /// - Parameter pairs: the rows of `neighbours`, with the graph of their nodes.
    static func named(
        _ name: String, of zoo: Zoo, neighbours pairs: (rows: EmbeddingNeighbours, graph: ZooGraph)? = nil
    ) -> ZooTable {
        switch name {
        case neighbours: neighbours(pairs?.rows.pairs ?? [], in: pairs?.graph)
        case "models": models(zoo)
        case "datasets": datasets(zoo)
        case "records": records(zoo)
        case "scores": scores(zoo)
        case "similarity": similarity(zoo)
        case "lineage": lineage(zoo)
        default: measurements(zoo)
        }
    }

    static func models(_ zoo: Zoo) -> ZooTable {
        let models = zoo.models
        var counts = [Int](repeating: 0, count: models.count)
        for model in zoo.results.models { counts[Int(model)] += 1 }
        return ZooTable(
            "models", rows: models.count,
            [
                Column("model") { .text(models[$0].name) }, Column("family") { .init(models[$0].family) },
                Column("architecture") { .init(models[$0].architecture) },
                Column("parameters", format: .compact) { .init(models[$0].parameters) },
                Column("input_size", format: .count) { .init(models[$0].inputSize) },
                Column("pretrained_on") { row in
                    let names = models[row].pretrainingDatasets.map { zoo.datasets[$0].name }
                    return names.isEmpty ? .missing : .text(names.joined(separator: ";"))
                },
                Column("pretraining_accuracy", format: .figures) { .init(models[$0].pretrainingAccuracy) },
                Column("results", format: .count) { .integer(counts[$0]) },
            ], metadata: zoo.modelMetadata)
    }

    static func datasets(_ zoo: Zoo) -> ZooTable {
        let datasets = zoo.datasets
        return ZooTable(
            "datasets", rows: datasets.count,
            [
                Column("dataset") { .text(datasets[$0].name) },
                Column("size", format: .count) { .init(datasets[$0].size) },
                Column("classes", format: .count) { .init(datasets[$0].classes) },
                Column(truth: "signal") { datasets[$0].carriesSignal },
                Column("results", format: .count) { .integer(zoo.results.column($0).count) },
                Column("metric") { .init(datasets[$0].metric.name) },
                Column(truth: "higher_is_better") { datasets[$0].metric.higherIsBetter },
                Column("scale") { .text(datasets[$0].metric.scale.rawValue) },
            ], metadata: zoo.datasetMetadata)
    }

    static func records(_ zoo: Zoo) -> ZooTable {
        let results = zoo.results
        let normalised = results.minMaxNormalised()
        let trained = TrainedOn(zoo)
        var datasets = [Int32](repeating: 0, count: results.count)
        for dataset in 0..<results.datasetCount {
            for position in results.column(dataset) { datasets[position] = Int32(dataset) }
        }
        return ZooTable(
            "records", rows: results.count,
            [
                Column("model") { .text(zoo.models[Int(results.models[$0])].name) },
                Column("dataset") { .text(zoo.datasets[Int(datasets[$0])].name) },
                Column("score", format: .figures) {
                    .number(zoo.turned(results.values[$0], on: Int(datasets[$0])))
                },
                Column("normalised", format: .decimals(3)) { .number(normalised.values[$0]) },
                Column("runs", format: .count) { $0 < zoo.runs.count ? .integer(Int(zoo.runs[$0])) : .missing },
                Column("lowest", format: .figures) { .init(zoo.runRanges[$0]?.lowest) },
                Column("highest", format: .figures) { .init(zoo.runRanges[$0]?.highest) },
                Column("metric") { .init(zoo.datasets[Int(datasets[$0])].metric.name) },
                Column(truth: "trained_on") { row in
                    let model = Int(results.models[row])
                    return trained.isKnown(model) ? trained.contains(model: model, dataset: Int(datasets[row])) : nil
                },
            ], metadata: zoo.resultMetadata)
    }

    static func scores(_ zoo: Zoo) -> ZooTable {
        let rows = zoo.scores.flatMap { score in score.values.entries.map { (score.method, $0) } }
        return ZooTable(
            "scores", rows: rows.count,
            [
                Column("model") { .text(zoo.models[rows[$0].1.model].name) },
                Column("dataset") { .text(zoo.datasets[rows[$0].1.dataset].name) },
                Column("method") { .text(rows[$0].0) },
                Column("value", format: .figures) { .number(rows[$0].1.value) },
            ])
    }

    static func similarity(_ zoo: Zoo) -> ZooTable {
        var rows: [(Int, Int, Double)] = []
        if let distances = zoo.distances {
            for a in 0..<distances.count {
                for b in 0..<a { if let distance = distances[a, b] { rows.append((b, a, distance)) } }
            }
        }
        return ZooTable(
            "similarity", rows: rows.count,
            [
                Column("dataset_a") { .text(zoo.datasets[rows[$0].0].name) },
                Column("dataset_b") { .text(zoo.datasets[rows[$0].1].name) },
                Column("distance", format: .figures) { .number(rows[$0].2) },
            ])
    }

    static func neighbours(_ pairs: [EmbeddingNeighbours.Pair], in graph: ZooGraph?) -> ZooTable {
        func name(_ node: Int) -> Table.Cell { .init(graph?.name(node)) }
        func type(_ node: Int) -> Table.Cell { .init(graph.map { $0.isModel(node) ? "model" : "dataset" }) }
        return ZooTable(
            neighbours, rows: pairs.count,
            [
                Column("node") { name(pairs[$0].node) }, Column("neighbour") { name(pairs[$0].neighbour) },
                Column("cosine", format: .decimals(3)) { .number(pairs[$0].cosine) },
                Column("node_type") { type(pairs[$0].node) }, Column("neighbour_type") { type(pairs[$0].neighbour) },
            ])
    }

    /// Every link that was read, including those to models outside the zoo and those added later.
    static func lineage(_ zoo: Zoo) -> ZooTable {
        struct Row: Hashable {
            let model: String
            let parent: String
            let relation: String
            let source: String
        }
        var seen: Set<Row> = []
        var rows: [Row] = []
        if let facts = zoo.reading?.facts {
            for link in facts.links {
                let row = Row(
                    model: facts.names[link.child].trimmed, parent: facts.names[link.parent].trimmed,
                    relation: link.relation.rawValue, source: facts.names[link.source])
                if seen.insert(row).inserted { rows.append(row) }
            }
        }
        let pairs = Set(rows.map { [$0.model, $0.parent] })
        for link in zoo.lineage {
            let (model, parent) = (zoo.models[link.child].name, zoo.models[link.parent].name)
            if pairs.contains([model, parent]) { continue }
            let row = Row(model: model, parent: parent, relation: link.relation.rawValue, source: link.source)
            if seen.insert(row).inserted { rows.append(row) }
        }
        let all = rows
        return ZooTable(
            "lineage", rows: all.count,
            [
                Column("model") { .text(all[$0].model) }, Column("parent") { .text(all[$0].parent) },
                Column("relation") { .text(all[$0].relation) },
                Column("source") { all[$0].source.isEmpty ? .missing : .text(all[$0].source) },
            ])
    }

    /// One row for each metric entry that was read, used or not.
    static func measurements(_ zoo: Zoo) -> ZooTable {
        let reading = zoo.reading
        var rows: [Int] = []
        if let reading { rows = reading.decisions.indices.filter { reading.decisions[$0] != 0 } }
        let listed = rows
        // One row's columns are read one after another.
        let cache = LastEntry()
        func column(_ name: String, format: NumberFormat? = nil, _ cell: @escaping (Reading.Entry) -> Table.Cell)
            -> Column
        {
            Column(name, format: format) { row in
                cache.entry(listed[row], in: reading).map(cell) ?? .missing
            }
        }
        func truth(_ name: String, _ value: @escaping (Reading.Entry) -> Bool?) -> Column {
            Column(truth: name) { row in cache.entry(listed[row], in: reading).flatMap(value) }
        }
        return ZooTable(
            "measurements", rows: listed.count,
            [
                column("model") { .init($0.model) }, column("dataset") { .init($0.dataset) },
                column("config") { .init($0.config) }, column("split") { .init($0.split) },
                column("metric") { .init($0.metric) }, column("value", format: .figures) { .init($0.value) },
                column("written") { .text($0.written) },
                column("scale") { $0.value == nil ? .missing : .text($0.decision.scale.rawValue) },
                truth("higher_is_better") { $0.decision.higherIsBetter },
                column("file") { .text($0.file) }, column("line", format: .count) { .init($0.line) },
                truth("used") { $0.decision.reason.isUsed }, column("reason") { .text($0.decision.reason.code) },
            ])
    }

    private final class LastEntry {
        private var row = -1
        private var last: Reading.Entry?

        func entry(_ row: Int, in reading: Reading?) -> Reading.Entry? {
            if row != self.row {
                self.row = row
                last = reading?.entry(row)
            }
            return last
        }
    }
}
