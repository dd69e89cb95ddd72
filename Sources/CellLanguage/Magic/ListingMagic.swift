/// A magic that shows the first rows of a table.
public protocol ListingMagic: Magic {
    /// Makes it return all rows, unless a number of rows was asked for.
    mutating func listAll()
}
