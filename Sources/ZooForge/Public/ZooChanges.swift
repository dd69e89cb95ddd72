import TransferGraphCore

/// What another making of a zoo changed.
public struct ZooChanges: Sendable {
    /// Sentences; one where nothing changed.
    public let lines: [String]

    public init(from old: Zoo, to new: Zoo) {
        var lines: [String] = []
        func names(_ kind: String, _ before: [String], _ after: [String]) {
            let (was, now) = (Set(before), Set(after))
            for (names, what) in [
                (after.filter { !was.contains($0) }, "new"), (before.filter { !now.contains($0) }, "gone"),
            ]
            where !names.isEmpty {
                lines.append(
                    "\(Self.count(names.count, kind)) \(names.count == 1 ? "is" : "are") \(what): \(Self.list(names)).")
            }
        }
        names("models", old.models.map(\.name), new.models.map(\.name))
        names("datasets", old.datasets.map(\.name), new.datasets.map(\.name))
        let (before, after) = (Self.results(old), Self.results(new))
        let added = after.keys.filter { before[$0] == nil }
        let gone = before.keys.filter { after[$0] == nil }
        if !added.isEmpty { lines.append("Results that are new: \(added.count).") }
        if !gone.isEmpty { lines.append("Results that are gone: \(gone.count).") }
        let changed = after.compactMap { cell, value -> (cell: Cell, by: Double)? in
            // Six digits are what such results are published with.
            guard let other = before[cell], abs(other - value) > 1e-6 * max(1, abs(other)) else { return nil }
            return (cell, abs(other - value))
        }.sorted { ($1.by, $0.cell.model, $0.cell.dataset) < ($0.by, $1.cell.model, $1.cell.dataset) }
        if let most = changed.first {
            lines.append(
                "\(changed.count) of the \(after.count - added.count) results that both have differ, most by \(Self.digits(most.by)): \(most.cell.model) on \(most.cell.dataset)."
            )
        }
        Self.compare(
            "models", old.models.map(\.name), old.modelMetadata, new.models.map(\.name), new.modelMetadata, &lines)
        Self.compare(
            "datasets", old.datasets.map(\.name), old.datasetMetadata, new.datasets.map(\.name), new.datasetMetadata,
            &lines)
        let meanings = old.datasets.compactMap { dataset -> String? in
            guard let other = (try? new.dataset(named: dataset.name)).map({ new.datasets[$0].metric }) else {
                return nil
            }
            let own = dataset.metric
            let isSame =
                own.name == other.name && own.scale == other.scale && own.higherIsBetter == other.higherIsBetter
            return isSame ? nil : dataset.name
        }
        if !meanings.isEmpty {
            lines.append(
                "Metric, direction or scale of \(Self.count(meanings.count, "datasets")) are others: \(Self.list(meanings))."
            )
        }
        let links = { (zoo: Zoo) in
            Set(zoo.lineage.map { "\(zoo.models[$0.child].name) from \(zoo.models[$0.parent].name)" })
        }
        let (was, now) = (links(old), links(new))
        if was != now {
            lines.append(
                "Of the lineage \(now.subtracting(was).count) links are new and \(was.subtracting(now).count) gone.")
        }
        self.lines = lines.isEmpty ? ["Nothing changed."] : lines
    }

    private struct Cell: Hashable {
        let model: String
        let dataset: String
    }

    private static func results(_ zoo: Zoo) -> [Cell: Double] {
        var results: [Cell: Double] = [:]
        for entry in zoo.results.entries {
            results[Cell(model: zoo.models[entry.model].name, dataset: zoo.datasets[entry.dataset].name)] = zoo.turned(
                entry.value, on: entry.dataset)
        }
        return results
    }

    /// What is known of those that both have.
    private static func compare(
        _ kind: String, _ oldNames: [String], _ old: MetadataTable, _ newNames: [String], _ new: MetadataTable,
        _ lines: inout [String]
    ) {
        let rows = Dictionary(oldNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var columns: [String] = []
        for column in (old.columns + new.columns).map(\.name) where !columns.contains(column) { columns.append(column) }
        let (before, after) = (Set(old.columns.map(\.name)), Set(new.columns.map(\.name)))
        for (names, what) in [
            (columns.filter { !before.contains($0) }, "new"), (columns.filter { !after.contains($0) }, "gone"),
        ]
        where !names.isEmpty {
            lines.append("Columns of the \(kind) that are \(what): \(names.joined(separator: ", ")).")
        }
        for name in columns where before.contains(name) && after.contains(name) {
            let was = old.columns.first { $0.name == name }
            let now = new.columns.first { $0.name == name }
            var differing: [String] = []
            for (row, subject) in newNames.enumerated() {
                guard let other = rows[subject] else { continue }
                if was.flatMap({ old.text(other, $0) }) != now.flatMap({ new.text(row, $0) }) {
                    differing.append(subject)
                }
            }
            if !differing.isEmpty {
                lines.append("The \(name) of \(count(differing.count, kind)) is another one: \(list(differing)).")
            }
        }
    }

    /// `1 model`, `2 models`.
    private static func count(_ number: Int, _ kind: String) -> String {
        "\(number) \(number == 1 ? String(kind.dropLast()) : kind)"
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }

    private static func digits(_ value: Double) -> String { "\((value * 1e6).rounded() / 1e6)" }
}
