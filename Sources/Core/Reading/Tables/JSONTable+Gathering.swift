import Support

extension JSONTable {
    /// Rows as they are found, whatever the shape of the text.
    struct Gathering {
        var columns: [String] = []
        private var indices: [String: Int] = [:]
        var rows: [[Int: String]] = []
        var lines: [Int] = []
        /// What was taken for what, to be said.
        var remark: String?
        /// By level the first names of objects in objects, where these do not tell what the levels are.
        var undecidedLevels: [String] = []
        /// Keys of objects in rows that are names of datasets, or of models.
        var named: Set<String> = []
        /// The last line of JSON Lines, where it is cut off.
        private var cutOffLine: Int?

        private mutating func column(_ name: String) -> Int {
            if let known = indices[name] { return known }
            indices[name] = columns.count
            columns.append(name)
            return columns.count - 1
        }

        /// An object a line. The last line may be cut off, as in a log that is still written: then it is left out.
        mutating func add(
            lines text: UnsafeBufferPointer<UInt8>, isCancelled: () -> Bool
        ) throws(DocumentError) {
            var lines = LineScanner(text)
            var problem: DocumentError?
            while let (range, number) = lines.next() {
                let line = UnsafeBufferPointer(rebasing: text[range])
                if line.allSatisfy({ [9, 13, 32].contains($0) }) { continue }
                // A line behind it: it was not the last.
                if let problem { throw problem }
                if number & 0xfff == 0, isCancelled() { break }
                do throws(DocumentError) {
                    if let item = try JSONReader.read(line, firstLine: number).root { try add(item) }
                } catch {
                    guard !rows.isEmpty, line.first == UInt8(ascii: "{"), !Self.isClosed(line) else { throw error }
                    cutOffLine = number
                    problem = error
                }
            }
        }

        private static func isClosed(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
            line.last { ![9, 13, 32].contains($0) } == UInt8(ascii: "}")
        }

        mutating func add(_ item: DataNode) throws(DocumentError) {
            guard item.isMapping else {
                throw DocumentError(line: item.line, problem: "there is something that is no object")
            }
            if let (key, inner) = Self.resultsInside(item) { return add(item, resultsUnder: key, inner) }
            if let (role, keys) = metricsByName(item) { return add(item, role, named: keys) }
            var row: [Int: String] = [:]
            for (key, value) in item.pairs where !value.isMapping { row[column(key)] = Self.text(value) }
            for (key, value) in item.pairs where value.isMapping { add(key, value, to: &row, depth: 3) }
            rows.append(row)
            lines.append(item.line)
        }

        /// A row for each object of metrics, with the name that it has in the item.
        private mutating func add(_ item: DataNode, _ role: String, named keys: Set<String>) {
            named.formUnion(keys)
            remark =
                remark
                ?? "objects of metrics in rows: their keys are taken for \(role)s, such as '\(keys.min()?.prefix(40) ?? "")'"
            var common: [Int: String] = [:]
            for (key, value) in item.pairs where !keys.contains(key) {
                if value.isMapping {
                    add(key, value, to: &common, depth: 3)
                } else {
                    common[column(key)] = Self.text(value)
                }
            }
            for (key, metrics) in item.pairs where keys.contains(key) {
                var row = common
                row[column(role)] = key
                for (metric, value) in metrics.pairs { row[column(metric)] = Self.text(value) }
                rows.append(row)
                lines.append(metrics.line)
            }
        }

        /// The key under which an object holds several results: a list of objects, or metrics by dataset.
        private static func resultsInside(_ item: DataNode) -> (key: String, results: DataNode)? {
            var found: [(key: String, results: DataNode)] = []
            for (key, value) in item.pairs {
                let isList = value.isList && value.items.first?.isMapping == true
                if isList || isMetricsByDataset(value) { found.append((key, value)) }
            }
            return found.count == 1 ? found[0] : nil
        }

        /// Whether a mapping holds mappings of metrics and nothing else.
        private static func isMetricsByDataset(_ node: DataNode) -> Bool {
            let inner = node.isMapping ? node.pairs.map(\.value) : []
            return !inner.isEmpty
                && inner.allSatisfy { metrics in
                    let keys = metrics.pairs.map(\.key)
                    return keys.contains(where: MetricKnowledge.isHeader)
                        && !keys.contains { $0 == "value" || $0 == "mean" }
                }
        }

        /// A row for each result that an object holds, with what else it says in each of them.
        private mutating func add(_ item: DataNode, resultsUnder key: String, _ results: DataNode) {
            var common: [Int: String] = [:]
            for (own, value) in item.pairs where own != key {
                if value.isMapping {
                    add(own, value, to: &common, depth: 3)
                } else {
                    // `name` beside a list of results is the model's.
                    common[column(own == "name" ? "model" : own)] = Self.text(value)
                }
            }
            for (dataset, result) in results.isList ? results.items.map({ ("", $0) }) : results.pairs {
                guard result.isMapping else { continue }
                var row = common
                if !results.isList { row[column("dataset")] = dataset }
                for (name, value) in result.pairs {
                    if value.isMapping {
                        add(name, value, to: &row, depth: 3)
                    } else {
                        row[column(name)] = Self.text(value)
                    }
                }
                rows.append(row)
                lines.append(result.line)
            }
        }

        /// An object in a row's object: `{"name": "vit", "params": 5}` is a model with more said of it, `{"value": 0.9, "stderr":
        /// 0.01}` a number, and any other a column for each of its scalars.
        private mutating func add(_ key: String, _ object: DataNode, to row: inout [Int: String], depth: Int) {
            let mains = ["value", "mean", "name", "id"].compactMap { name in
                object.pairs.first { $0.key == name && $0.value.isScalar }
            }
            let main = mains.first?.key
            if let text = mains.first.flatMap({ Self.text($0.value) }) { row[column(key)] = text }
            for (inner, value) in object.pairs where inner != main {
                let isTaken = main == "value" || main == "mean" || indices[inner].map { row[$0] != nil } ?? false
                let name = isTaken ? "\(key)_\(inner)" : inner
                if value.isMapping {
                    if depth > 1 { add(name, value, to: &row, depth: depth - 1) }
                } else if let text = Self.text(value) {
                    row[column(name)] = text
                }
            }
        }

        /// A table in one object, in whichever way.
        mutating func add(whole: DataNode) throws(DocumentError) {
            let pairs = whole.pairs
            // pandas' orient="split".
            if let columns = whole["columns"], let data = whole["data"], columns.isList, data.isList {
                return try add(rows: [columns] + data.items, index: whole["index"])
            }
            if whole["header"]?.isList == true, whole["rows"]?.isList == true { return try add(headed: whole) }
            // Rows under a key, beside which there may be settings; pandas' orient="table".
            let rows = pairs.filter { pair in
                pair.value.isList && pair.value.items.first?.isMapping == true && pair.key != "schema"
            }
            if rows.count == 1, let only = rows.first {
                for item in only.value.items { try add(item) }
                return
            }
            if let results = whole["results"], results.isMapping,
                whole["config"] ?? whole["versions"] ?? whole["n-shot"] ?? whole["config_general"] != nil
            {
                // Settings beside a table of whatever models.
                if !Self.areTasks(results) { return try add(whole: results) }
                return try add(harness: whole, results)
            }
            // Lists of results by dataset, or by model.
            if !pairs.isEmpty, pairs.allSatisfy({ $0.value.isList && $0.value.items.first?.isMapping == true }) {
                return try add(lists: pairs)
            }
            // One thing with settings around it: a model with its results, or the table that `results` is.
            if pairs.contains(where: { $0.value.isScalar }) {
                let keys = pairs.map { AttributeKnowledge.key($0.key) }
                let inner = pairs.filter(\.value.isMapping)
                if TableRole.model.column(in: keys) != nil { return try add(whole) }
                guard inner.count == 1 else {
                    throw DocumentError(line: whole.line, problem: "it is one object with more than a table in it")
                }
                return try add(whole: inner[0].value)
            }
            if pairs.count == 1, let only = pairs.first, Self.wrappers.contains(only.key.lowercased()),
                only.value.isMapping
            {
                return try add(whole: only.value)
            }
            let mappings = pairs.filter(\.value.isMapping)
            let isDeeper = pairs.contains { $0.value.pairs.contains { $0.value.isMapping } }
            if isDeeper { return add(levels: pairs) }
            // `{"model": {"0": "vit", …}, …}`: columns of rows that are counted.
            let areCounted = mappings.allSatisfy { $0.value.pairs.allSatisfy { Int($0.key) != nil } }
            if mappings.count < pairs.count || areCounted { return try add(columns: whole) }
            // `{"vit": {"pets": 0.9, …}, …}`.
            if pairs.contains(where: { $0.value.pairs.contains { Self.areRuns($0.value) } }) {
                return add(runs: pairs)
            }
            remark = "objects in objects: a row for each outer name, a column for each inner one"
            for (outer, values) in pairs {
                var row = ["": outer]
                for (inner, value) in values.pairs { row[inner] = Self.text(value) }
                append(row, values.line, order: [""] + values.pairs.map(\.key))
            }
        }

        /// Whether results of an evaluation are metrics by task, and no table of models.
        private static func areTasks(_ results: DataNode) -> Bool {
            let tasks = results.pairs.filter(\.value.isMapping)
            return tasks.isEmpty
                || tasks.contains { task in
                    task.value.pairs.contains {
                        $0.value.isScalar
                            && ($0.key == "alias" || $0.key.contains(",") || MetricKnowledge.isHeader($0.key))
                    }
                }
        }

        /// Whether a list holds nothing but numbers, several.
        private static func areRuns(_ node: DataNode) -> Bool {
            node.isList && node.items.count > 1
                && node.items.allSatisfy { $0.isScalar && WrittenNumber($0.text ?? "") != nil }
        }

        /// `{"vit": {"pets": [0.9, 0.91], …}, …}`: a row for each run.
        private mutating func add(runs pairs: [(key: String, value: DataNode)]) {
            remark =
                "lists of numbers in objects: the outer names are taken for models, the inner ones for datasets, the numbers for runs"
            for (outer, values) in pairs {
                for (inner, value) in values.pairs {
                    for item in value.isList ? value.items : [value] where item.isScalar {
                        append(["model": outer, "dataset": inner, "score": item.text ?? ""], item.line)
                    }
                }
            }
        }

        /// What a key is called that a whole table stands under.
        static let wrappers: Set<String> = [
            "results", "result", "scores", "records", "data", "metrics", "evaluation", "evaluations", "leaderboard",
        ]

        /// Lists of results under the names of what they have in common: datasets where they name their models, else models.
        private mutating func add(lists: [(key: String, value: DataNode)]) throws(DocumentError) {
            let keys = Set(lists.flatMap { $0.value.items.flatMap { $0.pairs.map { AttributeKnowledge.key($0.key) } } })
            let named = TableRole.model.column(in: keys.sorted()) != nil ? "dataset" : "model"
            remark = "lists under names: these are taken for \(named)s"
            for (name, list) in lists {
                for item in list.items {
                    try add(item)
                    let last = rows.count - 1
                    rows[last][column(named)] = rows[last][column(named)] ?? name
                }
            }
        }

        /// What the Language Model Evaluation Harness and lighteval write: a model's results by task and metric.
        private mutating func add(harness: DataNode, _ results: DataNode) throws(DocumentError) {
            let arguments = harness["config"]?["model_args"]?.text ?? ""
            let pretrained = arguments.split(separator: ",").first { $0.hasPrefix("pretrained=") }?.dropFirst(11)
            guard
                let model = harness["model_name"]?.text ?? pretrained.map(String.init)
                    ?? harness["config_general"]?["model_name"]?.text ?? harness["config"]?["model"]?.text
            else {
                throw DocumentError(line: harness.line, problem: "it is an evaluation that does not name its model")
            }
            // `all` is the mean of the tasks, and a group that of its subtasks.
            let groups = Set(
                (harness["group_subtasks"]?.pairs ?? []).filter { !$0.value.items.isEmpty }.map(\.key)
                    + (harness["groups"]?.pairs ?? []).map(\.key))
            let tasks = results.pairs.filter { $0.value.isMapping && $0.key != "all" }
            let single = tasks.filter { !groups.contains($0.key) }
            for (task, metrics) in single.isEmpty ? tasks : single {
                var seen: Set<String> = []
                let shots = harness["n-shot"]?.pairs.first { $0.key == task }?.value.text.flatMap { Int($0) }
                for (key, value) in metrics.pairs where value.isScalar && key != "alias" && !key.contains("stderr") {
                    // `exact_match,strict-match`: of several filters of one metric the first is the task's own.
                    let parts = key.split(separator: ",").map(String.init)
                    let isFirst = seen.insert(parts.first ?? key).inserted
                    let metric = isFirst ? parts.first ?? key : parts.joined(separator: " ")
                    append(
                        [
                            "model": model, "dataset": task, "metric": metric, "score": value.text ?? "",
                            "shots": shots.map { "\($0)" } ?? "",
                        ], value.line, order: ["model", "dataset", "metric", "score", "shots"])
                }
            }
            if single.count < tasks.count, !single.isEmpty {
                remark = "groups of tasks are the mean of their tasks: left out"
            }
        }

        /// A table of `header` and `rows`, whose fields may be objects with a `value`. HELM writes such tables, and with a column
        /// its scenario, its metric and the direction.
        mutating func add(headed table: DataNode) throws(DocumentError) {
            let header = table["header"]?.items ?? []
            let items = table["rows"]?.items ?? []
            func field(_ node: DataNode) -> DataNode { node.isMapping ? node["value"] ?? node : node }
            guard header.contains(where: \.isMapping) else {
                return try add(rows: [table["header"]].compactMap(\.self) + items)
            }
            remark =
                "tables of 'header' and 'rows': the first column is the model, each other one a dataset and its metric"
            for item in items {
                guard item.isList else {
                    throw DocumentError(line: item.line, problem: "there is a row that is no list of fields")
                }
                guard let model = item.items.first.flatMap({ field($0).text }) else { continue }
                for (label, cell) in zip(header, item.items).dropFirst() {
                    let name = field(label).text ?? ""
                    let value = field(cell)
                    // What a run did not do is an empty cell, and no result.
                    guard value.isScalar, !value.isNull, !name.isEmpty else { continue }
                    let parts = MetricKnowledge.datasetAndMetric(name)
                    let said = label["metadata"]
                    append(
                        [
                            "model": model, "dataset": said?["run_group"]?.text ?? parts?.dataset ?? name,
                            "metric": said?["metric"]?.text ?? parts?.metric ?? "",
                            "score": value.text ?? "", "lower_is_better": label["lower_is_better"]?.text ?? "",
                        ], value.line, order: ["model", "dataset", "metric", "score", "lower_is_better"])
                }
            }
        }

        /// A row of texts by column.
        mutating func append(
            _ texts: [String: String], _ line: Int, order: [String] = ["model", "dataset", "metric", "score"]
        ) {
            var row: [Int: String] = [:]
            for name in order { if let text = texts[name] { row[column(name)] = text } }
            rows.append(row)
            lines.append(line)
        }

        /// Lists of fields, the first of them the header; `index` names rows.
        mutating func add(rows items: [DataNode], index: DataNode? = nil) throws(DocumentError) {
            guard let header = items.first, header.isList else { return }
            let names = header.items.map { $0.text ?? "" }
            let labels = index?.items.map { $0.text ?? "" } ?? []
            let isNamed = labels.contains { Int($0) == nil }
            let first = isNamed ? [column("")] : []
            let columns = names.map { column($0) }
            for (position, item) in items.dropFirst().enumerated() {
                guard item.isList else {
                    throw DocumentError(line: item.line, problem: "there is something that is no list of fields")
                }
                var row: [Int: String] = [:]
                if isNamed, position < labels.count { row[first[0]] = labels[position] }
                for (column, value) in zip(columns, item.items) { row[column] = Self.text(value) }
                rows.append(row)
                lines.append(item.line)
            }
        }

        /// A table whose columns are lists, or mappings from row names.
        mutating func add(columns whole: DataNode) throws(DocumentError) {
            for (name, values) in whole.pairs {
                let column = column(name)
                let items = values.isList ? values.items : values.pairs.map(\.value)
                for (position, item) in items.enumerated() {
                    if position == rows.count {
                        rows.append([:])
                        lines.append(item.line)
                    }
                    rows[position][column] = Self.text(item)
                }
            }
        }

        /// A scalar as written, a list of scalars with `;` between them; `nil` for nothing and for what is deeper.
        private static func text(_ node: DataNode) -> String? {
            if node.isScalar { return node.text }
            guard node.isList else { return nil }
            let items = node.items
            let texts = items.compactMap(\.text)
            return texts.count == items.count && !texts.isEmpty ? Facts.Value.set(texts).text : nil
        }

        func table<Result>(_ file: String, _ body: (CellTable) throws -> Result) throws -> Result {
            try CellTable.of(file, lines: [lines.first ?? 1] + lines) { row in
                row == 0 ? columns : columns.indices.map { rows[row - 1][$0] ?? "" }
            } _: { table in
                var table = table
                table.remark = remark
                table.cutOffLine = cutOffLine
                table.undecidedLevels = undecidedLevels
                return try body(table)
            }
        }
    }
}
