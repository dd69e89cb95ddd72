/// Numbers as ranges: `1-3` and `7`.
enum NumberRanges {
    static func words(_ numbers: [Int]) -> [String] {
        var groups: [(Int, Int)] = []
        for number in numbers.sorted() {
            if let last = groups.last, last.1 + 1 == number {
                groups[groups.count - 1].1 = number
            } else {
                groups.append((number, number))
            }
        }
        return groups.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" }
    }
}
