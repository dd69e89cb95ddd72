import JupyterKernel

/// One quantity against another, such as predicted against actual: one panel per method, one colour and shape per
/// target.
package struct ScatterChart: Chart {
    package struct Point: Sendable {
        package let x: Double
        package let y: Double
        /// Its label, if it lies far off, and its tooltip.
        package let name: String

        package init(x: Double, y: Double, name: String = "") {
            self.x = x
            self.y = y
            self.name = name
        }

        var isFinite: Bool { x.isFinite && y.isFinite }
    }
    package struct Series: Sendable {
        package let name: String
        package let points: [Point]

        package init(name: String, points: [Point]) {
            self.name = name
            self.points = points
        }
    }
    package struct Panel: Sendable {
        package let title: String
        package let subtitle: String
        package let series: [Series]

        package init(title: String, subtitle: String, series: [Series]) {
            self.title = title
            self.subtitle = subtitle
            self.series = series
        }
    }
    /// The line on which the two agree.
    package struct Agreement: Sendable {
        package let from: Point
        package let to: Point

        package init(from: Point, to: Point) {
            self.from = from
            self.to = to
        }

        /// Both in the same units.
        package static let identity = Agreement(from: Point(x: 0, y: 0), to: Point(x: 1, y: 1))

        func y(at x: Double) -> Double { from.y + (x - from.x) / (to.x - from.x) * (to.y - from.y) }
    }

    package let title: String
    package let xLabel: String
    package let yLabel: String
    package let panels: [Panel]
    package let agreement: Agreement?

    package init(title: String, xLabel: String, yLabel: String, panels: [Panel], agreement: Agreement? = nil) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.panels = panels
        self.agreement = agreement
    }

    private static let margin = 18.0
    private static let plotHeight = 190.0
    /// How many points of a panel are labelled: those farthest from the line of agreement.
    private static let named = 3
    /// With more points than these, labels would cover too many.
    private static let sparse = 400

    /// With more names than kinds of dots, a legend says nothing.
    private var hasLegend: Bool { (2...24).contains(panels.first?.series.count ?? 0) }

    package var drawing: Drawing {
        let columns = min(max(panels.count, 1), 3)
        let rows = (max(panels.count, 1) + columns - 1) / columns
        let width = columns == 1 ? 480.0 : columns == 2 ? 640 : 840
        let names = panels.first?.series.map(\.name) ?? []
        let legend = hasLegend ? LegendLayout(names: names, width: width - 2 * Self.margin) : nil
        let top = 44.0 + (legend?.height ?? 0)
        let cellWidth = (width - 2 * Self.margin) / Double(columns)
        let cellHeight = Self.plotHeight + 98
        var svg = SVG(width: width, height: top + Double(rows) * cellHeight + 12)
        svg.heading(title)
        legend?.draw(in: &svg, x: Self.margin, y: 44)
        for (index, panel) in panels.enumerated() {
            let x = Self.margin + Double(index % columns) * cellWidth
            let y = top + Double(index / columns) * cellHeight
            draw(panel, in: &svg, x: x, y: y, width: cellWidth - 8)
        }
        let words = panels.map { "\($0.title): \($0.subtitle)" }.joined(separator: "; ")
        return svg.drawing(
            label: "\(title). Across: \(xLabel); up: \(yLabel). \(words)",
            text: "[scatter: \(title.singleLine()). \(words.singleLine())]")
    }

    private func draw(_ panel: Panel, in svg: inout SVG, x: Double, y: Double, width: Double) {
        let left = x + 52
        let right = x + width - 6
        let top = y + 44
        let bottom = top + Self.plotHeight
        let points = panel.series.flatMap(\.points).filter(\.isFinite)
        let across = Axis(points.map(\.x), from: left, to: right)
        let up = Axis(points.map(\.y), from: bottom, to: top)
        svg.text(
            SVG.fitting(panel.title, size: 13, width: right - left), x: left, y: y + 18, size: 13, bold: true)
        svg.text(panel.subtitle, x: left, y: y + 34, size: 11, colour: SVG.muted)
        across.drawAcross(in: &svg, top: top, bottom: bottom, title: xLabel)
        up.drawUp(in: &svg, left: left, right: right, title: yLabel)
        if points.isEmpty {
            svg.text(
                "nothing to compare", x: (left + right) / 2, y: (top + bottom) / 2, size: 11, anchor: .middle,
                colour: SVG.muted)
            return
        }
        if let line = agreementLine(across, up) {
            svg.line(
                across.position(line.from.x), up.position(line.from.y), across.position(line.to.x),
                up.position(line.to.y), colour: SVG.muted, width: 1.2, dashed: true)
        }
        let isDense = points.count > Self.sparse
        for (number, series) in panel.series.enumerated() {
            // Colours that no legend explains would be a riddle.
            let index = hasLegend ? number : 0
            let places = series.points.filter(\.isFinite).map { (x: across.position($0.x), y: up.position($0.y)) }
            svg.dots(
                isDense ? Self.whole(places) : places, radius: isDense ? 1.7 : 2.6, colour: SVG.colour(index),
                mark: SVG.Mark(index))
        }
        if isDense { return }
        // A name stands where no dot does, or not at all.
        var labels = LabelPlacer(within: left...right)
        for point in points { labels.reserve((across.position(point.x), up.position(point.y)), radius: 2.6) }
        var missing = Self.named
        let outliers = outliers(points)
        let names = SVG.labels(outliers.map(\.name), size: 10, width: 146)
        for (point, text) in zip(outliers, names) where missing > 0 {
            let (x, y) = (across.position(point.x), up.position(point.y))
            if let spot = labels.place(text, size: 10, x: x, y: y, isRequired: false, mayStandAslant: true) {
                svg.text(text, x: spot.x, y: spot.y, size: 10, anchor: spot.anchor)
                missing -= 1
            }
        }
    }

    /// The places in whole pixels, each once: duplicates are invisible but would be stored with every picture.
    private static func whole(_ places: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        struct Pixel: Hashable {
            let x: Double
            let y: Double
        }
        var seen: Set<Pixel> = []
        return places.map { ($0.x.rounded(), $0.y.rounded()) }.filter { seen.insert(Pixel(x: $0.0, y: $0.1)).inserted }
    }

    /// The part of the line of agreement that lies within the axes; `nil` if none does.
    private func agreementLine(_ across: Axis, _ up: Axis) -> (from: Point, to: Point)? {
        guard let agreement, agreement.from.x != agreement.to.x, agreement.from.y != agreement.to.y else { return nil }
        func x(at y: Double) -> Double {
            agreement.from.x + (y - agreement.from.y) / (agreement.to.y - agreement.from.y)
                * (agreement.to.x - agreement.from.x)
        }
        let crossings = [x(at: up.domain.lowerBound), x(at: up.domain.upperBound)].sorted()
        let low = max(across.domain.lowerBound, crossings[0])
        let high = min(across.domain.upperBound, crossings[1])
        guard low < high else { return nil }
        return (Point(x: low, y: agreement.y(at: low)), Point(x: high, y: agreement.y(at: high)))
    }

    /// The labelled points: farthest from the line of agreement, or from the least-squares line if there is none.
    private func outliers(_ points: [Point]) -> [Point] {
        let named = points.filter { !$0.name.isEmpty }
        guard named.count > 2 else { return [] }
        let line: (Double) -> Double
        if let agreement, agreement.from.x != agreement.to.x {
            line = { agreement.y(at: $0) }
        } else {
            let count = Double(points.count)
            let meanX = points.reduce(0) { $0 + $1.x } / count
            let meanY = points.reduce(0) { $0 + $1.y } / count
            let across = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
            let both = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
            let slope = across > 0 ? both / across : 0
            line = { meanY + slope * ($0 - meanX) }
        }
        let far = named.enumerated().map { (offset: $0, distance: abs($1.y - line($1.x))) }
            .sorted { ($0.distance, $1.offset) > ($1.distance, $0.offset) }
        return far.prefix(3 * Self.named).map { named[$0.offset] }
    }

    package var vegaLite: JSON {
        let values = panels.flatMap { panel in
            panel.series.flatMap { series in
                series.points.filter(\.isFinite).map { point -> JSON in
                    [
                        "panel": .string("\(panel.title): \(panel.subtitle)"), "series": .string(series.name),
                        "name": .string(point.name), "x": .number(point.x), "y": .number(point.y),
                    ]
                }
            }
        }
        let colour = VegaLite.field("series", .nominal, title: "")
        return VegaLite.specification(
            title: title, values: values,
            [
                ("facet", ["field": "panel", "type": "nominal", "title": .null, "sort": .null]), ("columns", 3),
                ("resolve", ["scale": ["x": "independent", "y": "independent"]]),
                (
                    "spec",
                    [
                        "width": 240, "height": 200,
                        "mark": ["type": "point", "filled": true, "tooltip": true],
                        "encoding": [
                            "x": VegaLite.field("x", .quantitative, title: xLabel, startsAtZero: false),
                            "y": VegaLite.field("y", .quantitative, title: yLabel, startsAtZero: false),
                            "color": colour, "shape": colour,
                            "tooltip": VegaLite.tooltip([
                                ("name", .nominal), ("series", .nominal), ("x", .quantitative), ("y", .quantitative),
                            ]),
                        ],
                    ]
                ),
            ])
    }
}
