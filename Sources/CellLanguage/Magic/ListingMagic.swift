/// A magic that shows the first rows of a table.
public protocol ListingMagic: Magic {
    /// From now on it gives all rows, unless a number of them was asked for.
    mutating func listAll()
}
