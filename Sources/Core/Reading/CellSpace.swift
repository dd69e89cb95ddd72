/// Groups measurements by model without hashing: room for one dataset at a time, used again for the next.
struct CellSpace {
    private var counts: [Int32]

    init(models: Int) { counts = [Int32](repeating: 0, count: models) }

    /// The rows of each model, models ascending, rows in their order. O(rows) beside ordering the models.
    mutating func group(_ rows: [Int32], model: (Int32) -> Int) -> [(model: Int32, rows: ArraySlice<Int32>)] {
        var models: [Int32] = []
        let owners = rows.map { row in Int32(model(row)) }
        for owner in owners {
            if counts[Int(owner)] == 0 { models.append(owner) }
            counts[Int(owner)] += 1
        }
        models.sort()
        var groups: [(model: Int32, rows: ArraySlice<Int32>)] = []
        groups.reserveCapacity(models.count)
        if models.count == rows.count {
            var ordered = [Int32](repeating: 0, count: rows.count)
            for (position, owner) in models.enumerated() { counts[Int(owner)] = Int32(position) }
            for (row, owner) in zip(rows, owners) { ordered[Int(counts[Int(owner)])] = row }
            for (position, owner) in models.enumerated() {
                counts[Int(owner)] = 0
                groups.append((owner, ordered[position..<(position + 1)]))
            }
            return groups
        }
        var starts = [Int](repeating: 0, count: models.count + 1)
        for (position, owner) in models.enumerated() {
            starts[position + 1] = starts[position] + Int(counts[Int(owner)])
            counts[Int(owner)] = Int32(position)
        }
        var next = starts
        var ordered = [Int32](repeating: 0, count: rows.count)
        for (row, owner) in zip(rows, owners) {
            let position = Int(counts[Int(owner)])
            ordered[next[position]] = row
            next[position] += 1
        }
        for (position, owner) in models.enumerated() {
            counts[Int(owner)] = 0
            groups.append((owner, ordered[starts[position]..<starts[position + 1]]))
        }
        return groups
    }

    /// How many different models the rows have.
    mutating func modelCount(_ rows: some Sequence<Int32>, model: (Int32) -> Int) -> Int {
        var touched: [Int] = []
        for row in rows {
            let owner = model(row)
            if counts[owner] == 0 {
                counts[owner] = 1
                touched.append(owner)
            }
        }
        for owner in touched { counts[owner] = 0 }
        return touched.count
    }
}
