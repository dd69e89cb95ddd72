/// Predicted against actual, one panel a method, one colour a target.
package struct ScatterChart {
    package struct Series {
        package let name: String
        /// Actual and predicted.
        package let points: [(x: Double, y: Double)]

        package init(name: String, points: [(x: Double, y: Double)]) {
            self.name = name
            self.points = points
        }
    }
    package struct Panel {
        package let title: String
        package let subtitle: String
        package let series: [Series]

        package init(title: String, subtitle: String, series: [Series]) {
            self.title = title
            self.subtitle = subtitle
            self.series = series
        }
    }

    package let title: String
    package let xLabel: String
    package let yLabel: String
    package let panels: [Panel]

    package init(title: String, xLabel: String, yLabel: String, panels: [Panel]) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.panels = panels
    }

    private static let margin = 18.0
    private static let plotHeight = 170.0

    package var drawing: Drawing {
        let columns = min(max(panels.count, 1), 3)
        let rows = (max(panels.count, 1) + columns - 1) / columns
        let width = columns == 1 ? 460.0 : columns == 2 ? 640 : 840
        let names = panels.first?.series.map(\.name) ?? []
        let legend = names.count > 1 ? LegendLayout(names: names, width: width - 2 * Self.margin) : nil
        let top = 58.0 + (legend?.height ?? 0)
        let cellWidth = (width - 2 * Self.margin) / Double(columns)
        let cellHeight = Self.plotHeight + 84
        var svg = SVG(width: width, height: top + Double(rows) * cellHeight + 12)
        svg.text(title, x: Self.margin, y: 28, size: 15, bold: true)
        svg.text("across: \(xLabel) · up: \(yLabel)", x: Self.margin, y: 46, size: 11.5, colour: SVG.muted)
        legend?.draw(in: &svg, x: Self.margin, y: 58)
        for (index, panel) in panels.enumerated() {
            let x = Self.margin + Double(index % columns) * cellWidth
            let y = top + Double(index / columns) * cellHeight
            draw(panel, in: &svg, x: x, y: y, width: cellWidth - 8)
        }
        let words = panels.map { "\($0.title): \($0.subtitle)" }.joined(separator: "; ")
        return Drawing(
            svg: svg.document(label: "\(title). \(words)"),
            text: "[scatter: \(title.singleLine()). \(words.singleLine())]")
    }

    private func draw(_ panel: Panel, in svg: inout SVG, x: Double, y: Double, width: Double) {
        let left = x + 38
        let right = x + width - 6
        let top = y + 44
        let bottom = top + Self.plotHeight
        let points = panel.series.flatMap(\.points)
        let across = Axis(points.map(\.x), from: left, to: right)
        let up = Axis(points.map(\.y), from: bottom, to: top)
        svg.text(panel.title, x: left, y: y + 18, size: 13, bold: true)
        svg.text(panel.subtitle, x: left, y: y + 34, size: 11, colour: SVG.muted)
        for tick in across.ticks {
            svg.line(across.position(tick), top, across.position(tick), bottom)
            svg.text(
                across.label(tick), x: across.position(tick), y: bottom + 15, size: 10.5, anchor: .middle,
                colour: SVG.muted)
        }
        for tick in up.ticks {
            svg.line(left, up.position(tick), right, up.position(tick))
            svg.text(
                up.label(tick), x: left - 6, y: up.position(tick) + 3.5, size: 10.5, anchor: .end, colour: SVG.muted)
        }
        if points.isEmpty {
            svg.text(
                "nothing to compare", x: (left + right) / 2, y: (top + bottom) / 2, size: 11, anchor: .middle,
                colour: SVG.muted)
        }
        for (index, series) in panel.series.enumerated() {
            svg.dots(
                series.points.filter { $0.x.isFinite && $0.y.isFinite }.map {
                    (x: across.position($0.x), y: up.position($0.y))
                }, radius: points.count > 400 ? 1.9 : 2.6, colour: SVG.colour(index),
                opacity: points.count > 400 ? 0.55 : 0.75)
        }
    }
}

/// Names with their colours, broken into as many lines as they need.
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

    package func draw(in svg: inout SVG, x: Double, y: Double, colours: [String]? = nil) {
        for (line, row) in rows.enumerated() {
            var left = x
            let baseline = y + Double(line) * 17 + 10
            for item in row {
                svg.circle(
                    x: left + 5, y: baseline - 4, radius: 4, fill: colours?[item.index] ?? SVG.colour(item.index))
                svg.text(item.name, x: left + 14, y: baseline, size: 11)
                left += item.width
            }
        }
    }
}
