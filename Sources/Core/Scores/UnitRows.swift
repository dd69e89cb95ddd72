/// Rows of features brought to length 1, so that an inner product is a cosine or, with each row's own mean taken off
/// before, a correlation. A row without length stays 0.
enum UnitRows {
    static func source(_ session: ScoreSession, centred: Bool) throws -> RowSource {
        let rows = RowSource(session.data.features)
        let count = Double(rows.columns)
        let means =
            try centred
            ? rows.valuesOfRows(threads: session.threads, work: session.work) { $0.reduce(0, +) / count }
            : [Double](repeating: 0, count: rows.rows)
        let shifted = rows.mapping { row, columns, values in
            if centred { for position in 0..<columns.count { values[position] -= means[row] } }
        }
        let lengths = try shifted.valuesOfRows(threads: session.threads, work: session.work) {
            $0.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        return shifted.mapping { row, columns, values in
            guard lengths[row] > 0 else { return }
            for position in 0..<columns.count { values[position] /= lengths[row] }
        }
    }
}
