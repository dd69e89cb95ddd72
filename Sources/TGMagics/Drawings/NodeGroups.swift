import TransferGraphCore

/// Models, or datasets, grouped by one column: the one whose groups an embedding separates best.
struct NodeGroups {
    /// The column.
    let column: String
    /// Whether they are models.
    let areModels: Bool
    /// The groups' values, the largest group first.
    let names: [String]
    /// The group of some nodes, as an index into ``names``.
    let members: [Int: Int]

    /// The number of groups that get a colour of their own.
    private static let limit = 6
    private static let leastMembers = 3
    /// The share of the models, or the datasets, that the groups must hold.
    private static let leastShare = 0.4
    /// How much larger the mean cosine within groups must be than between them.
    private static let leastGap = 0.02

    /// - Parameters:
    ///   - nodes: those that are drawn.
    ///   - cosine: the cosine of two of them, by their positions in `nodes`.
    /// - Returns: `nil` if no column has two groups that the embedding separates.
    /// - Complexity: O(n²) for each column.
    init?(of nodes: [Int], in graph: ZooGraph, cosine: (Int, Int) -> Double) {
        var best: (groups: NodeGroups, gap: Double)?
        for areModels in [true, false] {
            let metadata = areModels ? graph.zoo.modelMetadata : graph.zoo.datasetMetadata
            let offset = areModels ? 0 : graph.zoo.models.count
            let places = nodes.indices.filter { graph.isModel(nodes[$0]) == areModels }
            for column in metadata.columns where column.values.kind == .category {
                var groups: [String: [Int]] = [:]
                for place in places {
                    guard let value = metadata.text(nodes[place] - offset, column) else { continue }
                    groups[value, default: []].append(place)
                }
                let kept = groups.filter { $0.value.count >= Self.leastMembers }
                    .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.limit)
                let all = kept.flatMap(\.value)
                guard kept.count > 1, Double(all.count) >= Self.leastShare * Double(places.count) else { continue }
                var members: [Int: Int] = [:]
                for (number, group) in kept.enumerated() { for place in group.value { members[place] = number } }
                var (within, between) = ((sum: 0.0, count: 0.0), (sum: 0.0, count: 0.0))
                for a in all.indices {
                    for b in 0..<a {
                        let value = cosine(all[a], all[b])
                        if members[all[a]] == members[all[b]] {
                            within = (within.sum + value, within.count + 1)
                        } else {
                            between = (between.sum + value, between.count + 1)
                        }
                    }
                }
                let gap = within.sum / max(1, within.count) - between.sum / max(1, between.count)
                if gap > best?.gap ?? Self.leastGap {
                    let byNode = Dictionary(uniqueKeysWithValues: members.map { (nodes[$0], $1) })
                    best = (
                        NodeGroups(
                            column: column.name, areModels: areModels, names: kept.map(\.key), members: byNode), gap
                    )
                }
            }
        }
        guard let best else { return nil }
        self = best.groups
    }

    private init(column: String, areModels: Bool, names: [String], members: [Int: Int]) {
        self.column = column
        self.areModels = areModels
        self.names = names
        self.members = members
    }

    /// The corners of the convex hull of most of a group: the members no farther from its middle than twice the median
    /// distance; empty for fewer than three.
    ///
    /// - Complexity: O(n log n).
    static func hull(_ points: [(x: Double, y: Double)], margin: Double) -> [(x: Double, y: Double)] {
        guard points.count > 2 else { return [] }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let middle = (x: median(points.map(\.x)), y: median(points.map(\.y)))
        func distance(_ point: (x: Double, y: Double)) -> Double {
            let (x, y) = (point.x - middle.x, point.y - middle.y)
            return (x * x + y * y).squareRoot()
        }
        let reach = 2 * median(points.map(distance))
        let near = points.filter { distance($0) <= reach }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        guard near.count > 2 else { return [] }
        // The lower and the upper chain (Andrew, "Another efficient algorithm for convex hulls in two dimensions",
        // 1979).
        func chain(_ points: some Sequence<(x: Double, y: Double)>) -> [(x: Double, y: Double)] {
            var chain: [(x: Double, y: Double)] = []
            for point in points {
                while chain.count > 1 {
                    let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
                    if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0 { break }
                    chain.removeLast()
                }
                chain.append(point)
            }
            return chain.dropLast()
        }
        let corners = chain(near) + chain(near.reversed())
        let centre = (
            x: corners.reduce(0) { $0 + $1.x } / Double(corners.count),
            y: corners.reduce(0) { $0 + $1.y } / Double(corners.count)
        )
        return corners.map { corner in
            let (x, y) = (corner.x - centre.x, corner.y - centre.y)
            let share = 1 + margin / max((x * x + y * y).squareRoot(), 1)
            return (centre.x + x * share, centre.y + y * share)
        }
    }
}
