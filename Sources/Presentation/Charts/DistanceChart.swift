import JupyterKernel

/// Pairwise distances: a square's side is the share of the pairs that lie no nearer. Similar items stand together, and
/// a tree beside them says at which distance.
///
/// Squares of one colour and not shades: too few shades are visible on light and dark pages alike.
package struct DistanceChart: Chart {
    package let title: String
    package let subtitle: String
    package let names: [String]
    /// Square and symmetric; NaN if nothing is known.
    package let distances: [[Double]]

    package init(title: String, subtitle: String, names: [String], distances: [[Double]]) {
        precondition(distances.count == names.count, "a row for each name")
        self.title = title
        self.subtitle = subtitle
        self.names = names
        self.distances = distances
    }

    private var greatest: Double {
        distances.joined().filter(\.isFinite).max() ?? 1
    }

    /// Clustered, with unknown distances taken to be the largest.
    package var clustering: AverageLinkage {
        let far = greatest
        return AverageLinkage(distances.map { row in row.map { $0.isFinite ? $0 : far } })
    }

    package var drawing: Drawing {
        let clustering = clustering
        let order = clustering.order
        let count = names.count
        let cell = min(max(560 / Double(max(count, 1)), 9), 26)
        let size = min(11, cell)
        let shown = SVG.labels(order.map { names[$0] }, size: size, width: 190)
        let room = min(shown.map { SVG.width(of: $0, size: size) }.max() ?? 0, 190)
        let left = 18 + room + 8
        let top = 62 + room * 0.75 + 8
        let side = cell * Double(count)
        let tree = 110.0
        let width = SVG.width(title: title, subtitle: subtitle, atLeast: left + side + tree + room * 0.6)
        var svg = SVG(width: width, height: top + side + 24)
        svg.heading(title, subtitle)
        // By rank: one group far from all else would make all others look alike.
        let all = distances.indices.flatMap { a in (0..<a).map { distances[a][$0] } }.filter(\.isFinite).sorted()
        func share(fartherThan distance: Double) -> Double {
            Double(all.count - (all.firstIndex { $0 >= distance } ?? 0)) / Double(max(all.count, 1))
        }
        var squares: [(x: Double, y: Double, side: Double)] = []
        for (row, a) in order.enumerated() {
            let middle = Double(row) * cell + cell / 2
            svg.text(shown[row], x: left - 6, y: top + middle + size * 0.35, size: size, anchor: .end)
            svg.text(
                shown[row], x: left + middle + size * 0.35, y: top - 6, size: size, colour: SVG.muted, rotated: -48)
            for (column, b) in order.enumerated() where a != b && distances[a][b].isFinite {
                let side = max((cell - 1.5) * share(fartherThan: distances[a][b]), 0.8)
                let (x, y) = (left + Double(column) * cell + cell / 2, top + middle)
                squares.append((x - side / 2, y - side / 2, side))
            }
        }
        svg.squares(squares, colour: SVG.colour(0))
        for row in 0..<count {
            let middle = Double(row) * cell + cell / 2
            svg.line(
                left + middle - 2, top + middle - 2, left + middle + 2, top + middle + 2, colour: SVG.muted)
        }
        draw(clustering, in: &svg, from: left + side + 8, width: tree, top: top, cell: cell)
        return svg.drawing(
            label:
                "\(title). \(subtitle). In the order of the tree: \(order.map { names[$0] }.joined(separator: ", "))",
            text: "[distances: \(title.singleLine())]")
    }

    private func draw(
        _ clustering: AverageLinkage, in svg: inout SVG, from left: Double, width: Double, top: Double, cell: Double
    ) {
        var places = [(x: Double, y: Double)](repeating: (left, 0), count: names.count)
        for (row, item) in clustering.order.enumerated() { places[item].y = top + Double(row) * cell + cell / 2 }
        let highest = clustering.joinings.map(\.height).max() ?? 1
        for joining in clustering.joinings {
            let x = left + (highest > 0 ? joining.height / highest : 1) * (width - 4)
            let (a, b) = (places[joining.first], places[joining.second])
            svg.polyline([(a.x, a.y), (x, a.y), (x, b.y), (b.x, b.y)], colour: SVG.muted, width: 1)
            places.append((x, (a.y + b.y) / 2))
        }
    }

    package var vegaLite: JSON {
        let order = clustering.order
        let values = order.flatMap { a in
            order.filter { $0 != a && distances[a][$0].isFinite }.map { b -> JSON in
                ["a": .string(names[a]), "b": .string(names[b]), "distance": .number(distances[a][b])]
            }
        }
        let sort = JSON.array(order.map { .string(names[$0]) })
        return VegaLite.specification(
            title: title, subtitle: subtitle, values: values,
            [
                ("width", ["step": 14]), ("height", ["step": 14]), ("mark", "rect"),
                (
                    "encoding",
                    [
                        "x": ["field": "a", "type": "nominal", "title": "", "sort": sort],
                        "y": ["field": "b", "type": "nominal", "title": "", "sort": sort],
                        "color": [
                            "field": "distance", "type": "quantitative",
                            "scale": ["scheme": "viridis", "reverse": true],
                        ],
                        "tooltip": VegaLite.tooltip([("a", .nominal), ("b", .nominal), ("distance", .quantitative)]),
                    ]
                ),
            ])
    }
}
