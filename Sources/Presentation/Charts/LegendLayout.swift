/// Names with their colours and shapes, broken into as many lines as they need.
package struct LegendLayout {
    private let rows: [[(index: Int, name: String, width: Double)]]
    package var height: Double { Double(rows.count) * 17 + 6 }

    package init(names: [String], width: Double) {
        var rows: [[(index: Int, name: String, width: Double)]] = [[]]
        var used = 0.0
        for (index, name) in names.enumerated() {
            let short = name.singleLine(limit: 42)
            let needed = SVG.width(of: short, size: 11) + 26
            if used + needed > width, rows[rows.count - 1].isEmpty == false {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append((index, short, needed))
            used += needed
        }
        self.rows = rows
    }

    /// Draws the names; with `colours` of their own, each as a circle or as `marks` says.
    package func draw(
        in svg: inout SVG, x: Double, y: Double, colours: [String]? = nil, marks: [SVG.Mark]? = nil
    ) {
        for (line, row) in rows.enumerated() {
            var left = x
            let baseline = y + Double(line) * 17 + 10
            for item in row {
                let mark = marks?[item.index] ?? (colours == nil ? SVG.Mark(item.index) : .circle)
                svg.circle(
                    x: left + 5, y: baseline - 4, radius: 4, fill: colours?[item.index] ?? SVG.colour(item.index),
                    mark: mark)
                svg.text(item.name, x: left + 14, y: baseline, size: 11)
                left += item.width
            }
        }
    }
}
