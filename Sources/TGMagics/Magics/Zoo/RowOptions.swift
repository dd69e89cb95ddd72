import ArgumentParser
import CellLanguage

/// How many rows of a table are shown.
public struct RowOptions: ParsableArguments {
    @Option(
        name: .customLong("rows"),
        help: ArgumentHelp("How many rows are shown, 20 where it is not said.", valueName: "count"))
    public var count: Int?
    @Flag(help: "Show all rows.")
    public var all = false

    public init() {}

    public mutating func validate() throws {
        if let count, count < 0 { throw ValidationError("--rows takes a count of 0 or more.") }
    }

    /// The most rows to show.
    var limit: Int { all ? .max : count ?? 20 }

    /// How many rows after those shown are kept for a file: none where a number of rows was asked for.
    var kept: Int { all || count != nil ? 0 : 100_000 }

    /// Shows all rows, unless a number of them was asked for.
    mutating func listAll() {
        if count == nil { all = true }
    }
}

/// A magic that lists one of the zoo's tables.
protocol ZooTableMagic: ListingMagic {
    var options: TableOptions { get set }
}

extension ZooTableMagic {
    public mutating func listAll() { options.rows.listAll() }
}

extension ModelsMagic: ZooTableMagic {}
extension DatasetsMagic: ZooTableMagic {}
extension RecordsMagic: ZooTableMagic {}
extension ScoresMagic: ZooTableMagic {}
