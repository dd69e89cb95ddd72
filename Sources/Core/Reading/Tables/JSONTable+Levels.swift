import Support

extension JSONTable {
    /// What the levels of objects in objects are, whichever order they stand in: names tell it.
    struct Levels {
        enum Role: String {
            case model, dataset, metric, split, seed, setting
        }

        /// A number with the names above it, the outermost first.
        struct Leaf {
            let path: [String]
            let text: String
            let line: Int
        }

        /// The numbers at the depth that most are at; of lists each number is one.
        private(set) var leaves: [Leaf] = []
        /// Values at another depth, and lists of something else.
        private(set) var others: [String] = []
        /// By level; `nil` where names do not tell.
        private(set) var roles: [Role?] = []
        /// By level: its names in their order.
        private(set) var names: [[String]] = []

        init(_ pairs: [(key: String, value: DataNode)]) {
            var found: [Leaf] = []
            for (key, value) in pairs { Self.walk(value, [key], &found, &others) }
            var counts: [Int: Int] = [:]
            for leaf in found { counts[leaf.path.count, default: 0] += 1 }
            guard let depth = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return }
            for leaf in found {
                if leaf.path.count == depth {
                    leaves.append(leaf)
                } else {
                    others.append(leaf.path.joined(separator: "."))
                }
            }
            names = (0..<depth).map { level in
                var seen: Set<String> = []
                return leaves.map { $0.path[level] }.filter { seen.insert($0).inserted }
            }
            roles = Self.roles(names)
        }

        private static func walk(
            _ node: DataNode, _ path: [String], _ found: inout [Leaf], _ others: inout [String]
        ) {
            if node.isMapping {
                guard path.count < 8 else { return others.append(path.joined(separator: ".")) }
                for (key, value) in node.pairs { walk(value, path + [key], &found, &others) }
            } else if node.isList {
                let items = node.items
                if items.isEmpty || !items.allSatisfy(\.isScalar) { return others.append(path.joined(separator: ".")) }
                for item in items where !item.isNull {
                    found.append(.init(path: path, text: item.text ?? "", line: item.line))
                }
            } else if let text = node.text {
                found.append(.init(path: path, text: text, line: node.line))
            }
        }

        /// Metrics, runs and splits by their words; of the levels that remain those are models that look more like names of
        /// models, and those datasets that look more like names of datasets.
        private static func roles(_ names: [[String]]) -> [Role?] {
            var roles = [Role?](repeating: nil, count: names.count)
            // The innermost level first: metrics stand there as a rule.
            for level in names.indices.reversed() {
                let isInnermost = level == names.count - 1
                let role: Role? =
                    areMetrics(names[level], isInnermost)
                    ? .metric : areRuns(names[level]) ? .seed : areSplits(names[level]) ? .split : nil
                if let role, !roles.contains(role) { roles[level] = role }
            }
            let free = roles.indices.filter { roles[$0] == nil }
            if free.count == 1 {
                roles[free[0]] = lean(names[free[0]]) < 0 ? .dataset : .model
                return roles
            }
            let ordered = free.sorted { lean(names[$0]) > lean(names[$1]) }
            guard (2...3).contains(free.count), let model = ordered.first, let dataset = ordered.last,
                lean(names[model]) > lean(names[dataset])
            else { return roles }
            let known = roles
            roles[model] = .model
            roles[dataset] = .dataset
            if free.count == 3 {
                // The third must be told from both.
                let third = ordered[1]
                guard lean(names[third]) < lean(names[model]), lean(names[third]) > lean(names[dataset]) else {
                    return known
                }
                roles[third] = third == names.count - 1 && !roles.contains(.metric) ? .metric : .setting
            }
            return roles
        }

        private static func lean(_ names: [String]) -> Double {
            Double(FamiliarNames.lean(names)) / Double(max(1, names.count))
        }

        private static func areMetrics(_ names: [String], _ isInnermost: Bool) -> Bool {
            if isInnermost, names.contains(where: { MetricKnowledge.isKnown($0) || statistics.contains($0) }) {
                return true
            }
            let plain = names.filter { !MetricKnowledge.isSpread($0) }
            return !plain.isEmpty && plain.count(where: MetricKnowledge.isHeader) * 2 > plain.count
        }

        /// What a number and how far it spreads are called.
        private static let statistics: Set<String> = ["mean", "value", "score", "result"]

        private static func areRuns(_ names: [String]) -> Bool {
            names.allSatisfy { RunNames.withoutRun("of_" + $0) == "of" }
        }

        private static func areSplits(_ names: [String]) -> Bool {
            names.allSatisfy { name in
                let words = MetricKnowledge.words(of: name)
                return words.count <= 2 && words.contains(where: MetricKnowledge.splitWords.contains)
            }
        }

        /// The first names of a level, to be said.
        static func example(_ names: [String], quote: String = "'") -> String {
            names.prefix(2).map { quote + $0.prefix(30) + quote }.joined(separator: ", ")
                + (names.count > 2 ? ", …" : "")
        }

        /// What was taken for what.
        var remark: String {
            let parts = zip(roles, names).map { role, names in
                let what = role.map { $0 == .seed ? "run" : $0.rawValue } ?? "name"
                return "\(Self.example(names)) \(names.count == 1 ? "a \(what)" : "\(what)s")"
            }
            return "objects in objects: \(parts.joined(separator: ", then ")), by what the names are like; "
                + "where they are the other way round, name the column dataset as the models' and model as the datasets'"
        }
    }
}

extension JSONTable.Gathering {
    /// `{"vit": {"pets": {"acc": 0.9, …}, …}, …}`, in whichever order, with runs, splits or a setting as a level more.
    mutating func add(levels pairs: [(key: String, value: DataNode)]) {
        let levels = JSONTable.Levels(pairs)
        let columns = levels.roles.enumerated().map { $1?.rawValue ?? "level_\($0 + 1)" }
        let isDecided = levels.roles.allSatisfy { $0 != nil }
        if isDecided {
            remark = levels.remark
        } else {
            undecidedLevels = zip(columns, levels.names).map {
                "\(JSONTable.Levels.example($1, quote: "")) (\($0))"
            }
        }
        if let first = levels.others.first {
            let others = "\(levels.others.count) values at another depth are left out, such as '\(first.prefix(60))'"
            remark = remark.map { "\($0); \(others)" } ?? "objects in objects: \(others)"
        }
        for leaf in levels.leaves {
            var texts = ["score": leaf.text]
            for (column, name) in zip(columns, leaf.path) { texts[column] = name }
            append(texts, leaf.line, order: columns + ["score"])
        }
    }

    /// The objects of a row that are metrics of a dataset each (or of a model, where the row names its dataset):
    /// `{"model": "vit", "pets": {"acc": 0.9}, "cars": {"acc": 0.8}}`.
    func metricsByName(_ item: DataNode) -> (role: String, keys: Set<String>)? {
        let pairs = item.pairs
        let scalars = pairs.filter { !$0.value.isMapping }.map { AttributeKnowledge.key($0.key) }
        let all = pairs.map { AttributeKnowledge.key($0.key) }
        let hasModel = TableRole.model.column(in: all) != nil
        let hasDataset = TableRole.dataset.column(in: all) != nil
        guard hasModel != hasDataset, !scalars.isEmpty else { return nil }
        let found = pairs.filter { key, value in
            let inner = value.pairs
            return value.isMapping && inner.allSatisfy(\.value.isScalar)
                && inner.contains { MetricKnowledge.isHeader($0.key) }
                && !inner.contains { $0.key == "value" || $0.key == "mean" }
                && !Self.isNoName(key)
        }.map(\.key)
        guard let first = found.first else { return nil }
        let isOne =
            found.count == 1 && !named.contains(first)
            && (hasModel ? FamiliarNames.lean([first]) >= 0 : FamiliarNames.lean([first]) <= 0)
        return isOne ? nil : (hasModel ? "dataset" : "model", Set(found))
    }

    /// Whether an object of a row is called by what it holds, a split or settings, and by nobody's name.
    private static func isNoName(_ key: String) -> Bool {
        let plain = key.lowercased()
        return wrappers.contains(plain) || TableRole.groups.contains(plain) || MetricKnowledge.isHeader(key)
            || MetricKnowledge.words(of: key).contains {
                MetricKnowledge.splitWords.contains($0) || wrappers.contains($0) || contents.contains($0)
            }
    }

    private static let contents: Set<String> = [
        "metric", "performance", "settings", "setting", "hyperparameters", "info", "meta", "metadata", "stats",
        "history", "final", "best", "last", "model", "dataset",
    ]
}
