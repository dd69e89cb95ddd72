/// Rows of the table of results, put in and taken out with all that is listed beside them.
extension Zoo {
    /// The zoo with an entry more, of which these things are known.
    ///
    /// - Precondition: the pair has no entry.
    func inserting(_ entry: PairTable.Entry, known: [String: Facts.Value]) -> Zoo {
        let (table, position) = results.inserting(entry)
        var runs = runs
        if !runs.isEmpty { runs.insert(1, at: position) }
        // The new row stands last; then where it belongs.
        var order = Array(0..<results.count)
        order.insert(results.count, at: position)
        let ranges = Dictionary(uniqueKeysWithValues: runRanges.map { ($0 < position ? $0 : $0 + 1, $1) })
        guard resultMetadata != nil || !known.isEmpty else {
            return replacingRows(results: table, runs: runs, runRanges: ranges, metadata: nil)
        }
        var builder = MetadataBuilder(resultMetadata ?? MetadataTable(rowCount: results.count))
        let row = builder.addRow()
        for (name, value) in known.sorted(by: { $0.key < $1.key }) { builder.set(row, name, value) }
        return replacingRows(
            results: table, runs: runs, runRanges: ranges, metadata: builder.table().selecting(order))
    }

    /// The zoo without the entry at a position.
    func removingResult(at position: Int) -> Zoo {
        var runs = runs
        if !runs.isEmpty { runs.remove(at: position) }
        var ranges = runRanges
        ranges[position] = nil
        var rows = Array(0..<results.count)
        rows.remove(at: position)
        let metadata = resultMetadata?.selecting(rows)
        return replacingRows(
            results: results.removing(position), runs: runs,
            runRanges: Dictionary(uniqueKeysWithValues: ranges.map { ($0 < position ? $0 : $0 - 1, $1) }),
            metadata: metadata?.droppingUnknown([Self.ownColumn, Self.hoursColumn]))
    }
}

extension MetadataTable {
    /// The table without those of these columns in which nothing is known; `nil` where no column is left.
    fileprivate func droppingUnknown(_ names: [String]) -> MetadataTable? {
        let left = columns.filter { column in
            !names.contains(column.name) || (0..<rowCount).contains { value($0, column) != nil }
        }
        return left.isEmpty ? nil : MetadataTable(rowCount: rowCount, columns: left)
    }
}

extension PairTable {
    /// The table with an entry more, and the position that it has there.
    ///
    /// - Precondition: the pair has no entry.
    fileprivate func inserting(_ entry: Entry) -> (table: PairTable, position: Int) {
        let column = column(entry.dataset)
        let position = column.first { self.models[$0] > Int32(entry.model) } ?? column.upperBound
        var offsets = offsets
        for dataset in (entry.dataset + 1)..<offsets.count { offsets[dataset] += 1 }
        var models = models
        var values = values
        models.insert(Int32(entry.model), at: position)
        values.insert(entry.value, at: position)
        return (PairTable(offsets: offsets, models: models, values: values), position)
    }

    fileprivate func removing(_ position: Int) -> PairTable {
        var models = models
        var values = values
        models.remove(at: position)
        values.remove(at: position)
        return PairTable(offsets: offsets.map { $0 > position ? $0 - 1 : $0 }, models: models, values: values)
    }
}
