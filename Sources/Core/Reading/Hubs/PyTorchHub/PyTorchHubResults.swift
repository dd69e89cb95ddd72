import Support

/// Reads the results in a page's tables.
struct PyTorchHubResults {
    private let page: PyTorchHubPage
    private(set) var results: [PyTorchHubPage.Result] = []
    /// Numbers of parameters, by model.
    private(set) var parameters: [(model: String, value: Double, line: Int)] = []
    /// Rows of models that the page compares its own with.
    private(set) var rivals: [(name: String, line: Int)] = []
    /// Rows with more fields than their header.
    private(set) var tooLong: [(text: String, line: Int)] = []
    /// Where a table's dataset was taken from the text around it.
    private(set) var guesses: [(dataset: String, line: Int)] = []
    /// The keys of the names that stand in rows.
    private var rowKeys: Set<String> = []
    /// Lines of tables no column of which is a metric.
    private(set) var tablesWithoutMetric: [Int] = []

    init(_ page: PyTorchHubPage) {
        self.page = page
        for table in page.tables {
            for row in table.rows { rowKeys.insert(Self.key(MarkdownText.firstLine(row.fields.first ?? ""))) }
        }
        for table in page.tables { read(table) }
    }

    private mutating func read(_ table: HubTable) {
        let metrics = table.header.enumerated().compactMap { column, name in
            Metric(name).map { metric in
                (
                    column: column, metric: metric, dataset: Self.dataset(in: name[...]),
                    hasFractions: Self.fractions(table, column, name, metric)
                )
            }
        }
        guard !metrics.isEmpty else {
            tablesWithoutMetric.append(table.line)
            return
        }
        let dataset = dataset(before: table)
        if let dataset, metrics.contains(where: { $0.dataset == nil }) { guesses.append((dataset, table.line)) }
        let counts = table.column { $0.lowercased().contains("param") }
        let names = modelNames(table, metrics: Set(metrics.map(\.column)))
        for (row, name) in zip(table.rows, names) {
            guard let name else { continue }
            if table.isTooLong(row) {
                tooLong.append((name, row.line))
                continue
            }
            guard let model = model(called: name) else {
                rivals.append((name, row.line))
                continue
            }
            for (column, metric, own, hasFractions) in metrics {
                for (kind, text) in metric.parts(table.text(row, column) ?? "") {
                    results.append(
                        .init(
                            model: model, dataset: own ?? dataset, split: metric.split, metric: kind, written: text,
                            isError: metric.isError,
                            isFraction: hasFractions
                                && (WrittenNumber(text).map { $0.value <= 1 && !$0.isPercent } ?? false),
                            line: row.line))
                }
            }
            if let text = table.text(row, counts) {
                let unit = table.header[counts ?? 0].contains("(M)") ? 1e6 : 1
                if let count = WrittenNumber(MarkdownText.firstLine(text), comma: .thousands, allowsMagnitude: true) {
                    parameters.append((model, (count.value * unit).rounded(), row.line))
                }
            }
        }
    }

    /// The rows' names: the first column, and where one stands twice the other columns of text as well.
    private func modelNames(_ table: HubTable, metrics: Set<Int>) -> [String?] {
        let plain = table.rows.map { MarkdownText.firstLine($0.fields.first ?? "") }
        let repeated = Set(plain).count < plain.filter { !$0.isEmpty }.count
        return zip(table.rows, plain).map { row, name in
            guard !name.isEmpty else { return nil }
            guard repeated else { return name }
            let further = row.fields.indices.dropFirst().filter { !metrics.contains($0) }
                .map { MarkdownText.firstLine(row.fields[$0]) }
                .filter { !$0.isEmpty && WrittenNumber($0, allowsMagnitude: true) == nil }
            return further.isEmpty ? name : "\(name) (\(further.joined(separator: ", ")))"
        }
    }

    /// The model that a row is of: the one that the page loads under that name or as the only one that begins so, else the
    /// row's own name. `nil` for a rival: a name that has nothing in common with what the page loads.
    private func model(called name: String) -> String? {
        let own = page.models.map(\.name)
        let key = Self.key(name)
        if let exact = own.first(where: { Self.key($0) == key }) { return exact }
        // A name that has a row of its own is no other row's.
        let longer = own.filter { Self.key($0).hasPrefix(key) && !rowKeys.contains(Self.key($0)) }
        if longer.count == 1, key.count >= 4 { return longer[0] }
        let isIdentifier = name.contains("_") && !name.contains(" ")
        let stems = own.map { String($0.lowercased().prefix { $0.isLetter }) }.filter { $0.count >= 3 }
        return own.isEmpty || isIdentifier || stems.contains(where: { key.hasPrefix($0) }) ? name : nil
    }

    /// Whether a column's numbers up to 1 are fractions.
    private static func fractions(_ table: HubTable, _ column: Int, _ name: String, _ metric: Metric) -> Bool {
        if name.contains("%") { return false }
        let texts = table.rows.filter { !table.isTooLong($0) }.flatMap { metric.parts(table.text($0, column) ?? "") }
        let numbers = texts.compactMap { WrittenNumber($0.1) }.filter { !$0.isPercent }
        return HubErrors.fractions(numbers.map(\.value))
    }

    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The dataset that the text before the table names last, else the first one after it.
    private func dataset(before table: HubTable) -> String? {
        let position = min(table.line - 1, page.lines.count)
        for line in page.lines[..<position].reversed() { if let name = Self.dataset(in: line) { return name } }
        for line in page.lines[position...] { if let name = Self.dataset(in: line) { return name } }
        return page.summary.flatMap { Self.dataset(in: $0[...]) }
    }

    /// Under the names that torchvision's weights give the same datasets.
    private static func dataset(in line: Substring) -> String? {
        let text = line.lowercased()
        // A file of labels is no word on what was measured.
        if text.contains(".txt") || text.contains("wget") || text.contains(".json") { return nil }
        if let name = measured(line) { return datasets.first { name.lowercased().contains($0.key) }?.value ?? name }
        return datasets.first { text.contains($0.key) }?.value
    }

    /// What a sentence says that results were measured on: "evaluated on Stanford Dogs." A name of one to four words, each
    /// with a large letter or a digit.
    private static func measured(_ line: Substring) -> String? {
        for phrase in ["evaluated on ", "tested on ", "results on ", "measured on "] {
            guard let start = line.firstRange(of: phrase)?.upperBound else { continue }
            var rest = line[start...]
            if rest.hasPrefix("the ") { rest = rest.dropFirst(4) }
            let sentence = rest.prefix { !",;:.()|[".contains($0) }
            let words = sentence.split(separator: " ").prefix {
                $0.contains { $0.isUppercase || $0.isNumber }
            }
            if (1...4).contains(words.count) { return words.joined(separator: " ") }
        }
        return nil
    }

    private static let datasets: KeyValuePairs<String, String> = [
        "coco val2017": "COCO-val2017", "bdd100k": "BDD100K", "kinetics": "Kinetics-400", "cifar-100": "CIFAR-100",
        "cifar100": "CIFAR-100", "cifar-10": "CIFAR-10", "cifar10": "CIFAR-10", "imagenet": "ImageNet-1K",
        "coco": "COCO-val2017", "librispeech": "LibriSpeech",
    ]

    /// A column that holds results.
    private struct Metric {
        let names: [String]
        let isError: Bool
        /// The split that the header names.
        let split: String?

        init?(_ header: String) {
            let words = header.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
            let isTop1 = ["top 1", "top1"].contains { words.contains($0) }
            let isTop5 = ["top 5", "top5"].contains { words.contains($0) }
            isError = words.contains("err")
            let parts = words.split(separator: " ")
            split =
                parts.contains { $0 == "test" || $0.hasSuffix("maptest") }
                ? "test" : parts.contains { $0 == "val" || $0 == "validation" } ? "validation" : nil
            if isTop1 || isTop5 {
                names = (isTop1 ? ["acc@1"] : []) + (isTop5 ? ["acc@5"] : [])
            } else if words.contains("mean iou") || words.hasPrefix("miou") || words.contains("miou") {
                names = ["miou"]
            } else if words.contains("pixelwise accuracy") {
                names = ["pixel_acc"]
            } else if words.hasPrefix("map") {
                let isWhole = words.contains("50 95") || words.contains("0 5 0 95")
                names = [isWhole ? "box_map" : words.contains("5") ? "map_50" : "map"]
            } else if words.hasPrefix("accuracy") || words.hasPrefix("recall") || words.contains("iou")
                || words.hasPrefix("acc")
            {
                names = [words]
            } else {
                return nil
            }
        }

        /// The values in a cell: `78.21/94.01` has one for each of the column's metrics.
        func parts(_ cell: String) -> [(String, String)] {
            let text = MarkdownText.firstLine(cell)
            if names.count == 1 { return [(names[0], text)] }
            return Array(zip(names, text.split(separator: "/").map { $0.trimmed }))
        }
    }
}
