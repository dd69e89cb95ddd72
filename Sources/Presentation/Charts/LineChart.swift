/// Values over steps, a line each: a training loss, a curve over history ratios.
package struct LineChart {
    package struct Series {
        package let name: String
        package let points: [(x: Double, y: Double)]
        /// How far the values may be off, as an area behind the line.
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
    package let xLabel: String
    package let yLabel: String
    package let series: [Series]

    package init(title: String, xLabel: String, yLabel: String, series: [Series]) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
    }

    package var drawing: Drawing {
        let width = 520.0
        let legend = series.count > 1 ? LegendLayout(names: series.map(\.name), width: width - 40) : nil
        let top = 60.0 + (legend?.height ?? 0)
        let bottom = top + 190
        var svg = SVG(width: width, height: bottom + 46)
        svg.text(title, x: 18, y: 28, size: 15, bold: true)
        legend?.draw(in: &svg, x: 18, y: 42)
        let points = series.flatMap(\.points)
        let across = Axis(points.map(\.x), from: 62, to: width - 20, tickCount: 6)
        let edges = series.flatMap(\.band).flatMap { [$0.low, $0.high] }
        let up = Axis(points.map(\.y) + edges, from: bottom, to: top)
        for tick in across.ticks {
            svg.line(across.position(tick), top, across.position(tick), bottom)
            svg.text(
                across.label(tick), x: across.position(tick), y: bottom + 16, size: 10.5, anchor: .middle,
                colour: SVG.muted)
        }
        for tick in up.ticks {
            svg.line(62, up.position(tick), width - 20, up.position(tick))
            svg.text(up.label(tick), x: 55, y: up.position(tick) + 3.5, size: 10.5, anchor: .end, colour: SVG.muted)
        }
        svg.text(xLabel, x: (62 + width - 20) / 2, y: bottom + 34, size: 11.5, anchor: .middle, colour: SVG.muted)
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
            svg.polyline(places, colour: SVG.colour(index), dashed: line.isDashed)
            if places.count <= 40, !line.isDashed { svg.dots(places, radius: 2.8, colour: SVG.colour(index)) }
        }
        return Drawing(svg: svg.document(label: title), text: "[lines: \(title.singleLine())]")
    }
}
