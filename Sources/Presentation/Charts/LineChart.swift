import JupyterKernel

/// Values over steps, one line each: a training loss, a curve over history ratios.
package struct LineChart: Chart {
    package struct Series: Sendable {
        package let name: String
        package let points: [(x: Double, y: Double)]
        /// The uncertainty of the values, as an area behind the line.
        package var band: [(x: Double, low: Double, high: Double)] = []
        package var isDashed = false

        package init(
            name: String, points: [(x: Double, y: Double)], band: [(x: Double, low: Double, high: Double)] = [],
            isDashed: Bool = false
        ) {
            self.name = name
            self.points = points
            self.band = band
            self.isDashed = isDashed
        }
    }

    package let title: String
    package let subtitle: String
    package let xLabel: String
    package let yLabel: String
    package let series: [Series]

    package init(title: String, subtitle: String = "", xLabel: String, yLabel: String, series: [Series]) {
        self.title = title
        self.subtitle = subtitle
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
    }

    package var drawing: Drawing {
        let width = SVG.width(title: title, subtitle: subtitle, atLeast: 520)
        let legend = series.count > 1 ? LegendLayout(names: series.map(\.name), width: width - 40) : nil
        let top = (subtitle.isEmpty ? 60.0 : 78) + (legend?.height ?? 0)
        let bottom = top + 190
        var svg = SVG(width: width, height: bottom + 46)
        svg.heading(title, subtitle)
        legend?.draw(in: &svg, x: 18, y: subtitle.isEmpty ? 42 : 58)
        let points = series.flatMap(\.points)
        let across = Axis(points.map(\.x), from: 62, to: width - 20, tickCount: 6)
        let edges = series.flatMap(\.band).flatMap { [$0.low, $0.high] }
        let up = Axis(points.map(\.y) + edges, from: bottom, to: top)
        across.drawAcross(in: &svg, top: top, bottom: bottom, title: xLabel)
        up.drawUp(in: &svg, left: 62, right: width - 20)
        svg.text(yLabel, x: 62, y: top - 8, size: 11.5, colour: SVG.muted)
        for (index, line) in series.enumerated() where line.band.count > 1 {
            let upper = line.band.map { (x: across.position($0.x), y: up.position($0.high)) }
            let lower = line.band.reversed().map { (x: across.position($0.x), y: up.position($0.low)) }
            svg.area(upper + lower, colour: SVG.colour(index))
        }
        for (index, line) in series.enumerated() {
            let places = line.points.filter { $0.x.isFinite && $0.y.isFinite }.map {
                (x: across.position($0.x), y: up.position($0.y))
            }
            svg.polyline(places, colour: SVG.colour(index), dashed: line.isDashed || index >= SVG.palette.count)
            if places.count <= 40, !line.isDashed {
                svg.dots(places, radius: 2.8, colour: SVG.colour(index), mark: SVG.Mark(index))
            }
        }
        return svg.drawing(
            label: "\(title). Across: \(xLabel); up: \(yLabel). Lines: \(series.map(\.name).joined(separator: ", "))",
            text: "[lines: \(title.singleLine())]")
    }

    package var vegaLite: JSON {
        let values = series.flatMap { line in
            line.points.enumerated().filter { $0.element.x.isFinite && $0.element.y.isFinite }.map {
                index, point -> JSON in
                let band = line.band.first { $0.x == point.x }
                return [
                    "series": .string(line.name), "x": .number(point.x), "y": .number(point.y),
                    "low": band.map { .number($0.low) } ?? .null, "high": band.map { .number($0.high) } ?? .null,
                ]
            }
        }
        let x = VegaLite.field("x", .quantitative, title: xLabel, startsAtZero: false)
        let colour = VegaLite.field("series", .nominal, title: "")
        return VegaLite.specification(
            title: title, subtitle: subtitle, values: values,
            [
                ("width", 420), ("height", 220),
                (
                    "layer",
                    [
                        [
                            "mark": ["type": "area", "opacity": 0.15],
                            "encoding": [
                                "x": x, "y": VegaLite.field("low", .quantitative, startsAtZero: false),
                                "y2": ["field": "high"], "color": colour,
                            ],
                        ],
                        [
                            "mark": ["type": "line", "point": true],
                            "encoding": [
                                "x": x,
                                "y": VegaLite.field("y", .quantitative, title: yLabel, startsAtZero: false),
                                "color": colour,
                                "tooltip": VegaLite.tooltip([
                                    ("series", .nominal), ("x", .quantitative), ("y", .quantitative),
                                    ("low", .quantitative), ("high", .quantitative),
                                ]),
                            ],
                        ],
                    ]
                ),
            ])
    }
}
