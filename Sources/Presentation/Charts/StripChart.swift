import JupyterKernel

/// Many values under each of several names, as a strip of dots with the box of their quartiles.
package struct StripChart: Chart {
    package struct Strip: Sendable {
        package let name: String
        package let points: [(value: Double, name: String)]
        /// The text to the right of the strip.
        package let label: String

        package init(name: String, points: [(value: Double, name: String)], label: String) {
            self.name = name
            self.points = points.filter(\.value.isFinite)
            self.label = label
        }

        /// The quartiles, linearly interpolated as in NumPy; `nil` for fewer than four values.
        package var quartiles: (first: Double, median: Double, third: Double)? {
            let values = points.map(\.value).sorted()
            guard values.count >= 4 else { return nil }
            func at(_ share: Double) -> Double {
                let place = share * Double(values.count - 1)
                let low = Int(place)
                let high = min(low + 1, values.count - 1)
                return values[low] + (place - Double(low)) * (values[high] - values[low])
            }
            return (at(0.25), at(0.5), at(0.75))
        }
    }

    package let title: String
    package let subtitle: String
    package let xLabel: String
    package let strips: [Strip]

    package init(title: String, subtitle: String, xLabel: String, strips: [Strip]) {
        self.title = title
        self.subtitle = subtitle
        self.xLabel = xLabel
        self.strips = strips
    }

    package var drawing: Drawing {
        let width = SVG.width(title: title, subtitle: subtitle, atLeast: 760)
        let (names, left) = SVG.nameColumn(strips.map(\.name), size: 11, width: 260)
        let labels = min(strips.map { SVG.width(of: $0.label, size: 10.5) }.max() ?? 0, 150)
        let right = width - labels - 28
        let top = 62.0
        let step = 24.0
        let bottom = top + Double(strips.count) * step
        var svg = SVG(width: width, height: bottom + 48)
        svg.heading(title, subtitle)
        let across = Axis(strips.flatMap { $0.points.map(\.value) }, from: left, to: right, tickCount: 6)
        across.drawAcross(in: &svg, top: top - 2, bottom: bottom, title: xLabel)
        for (index, strip) in strips.enumerated() {
            let y = top + Double(index) * step + step / 2
            svg.text(names[index], x: left - 8, y: y + 4, size: 11, anchor: .end)
            svg.text(strip.label, x: right + 10, y: y + 4, size: 10.5, colour: SVG.muted)
            // The same dots have the same jitter however often they are drawn.
            svg.dots(
                strip.points.enumerated().map { place, point in
                    (x: across.position(point.value), y: y + Double((place * 5) % 7 - 3) * 1.6)
                }, radius: 1.7, colour: SVG.colour(0))
            if let quartiles = strip.quartiles {
                let (low, high) = (across.position(quartiles.first), across.position(quartiles.third))
                svg.frame(x: low, y: y - 8, width: high - low, height: 16, colour: SVG.colour(2))
                let middle = across.position(quartiles.median)
                svg.line(middle, y - 8, middle, y + 8, colour: SVG.colour(2), width: 2.4)
            }
        }
        return svg.drawing(
            label: "\(title). \(subtitle). \(strips.count) rows of dots, each with its quartiles",
            text: "[strips: \(title.singleLine())]")
    }

    package var vegaLite: JSON {
        let values = strips.flatMap { strip in
            strip.points.map { point -> JSON in
                ["row": .string(strip.name), "name": .string(point.name), "value": .number(point.value)]
            }
        }
        let x = VegaLite.field("value", .quantitative, title: xLabel, startsAtZero: false)
        let y = VegaLite.field("row", .nominal, title: "", sorted: false)
        return VegaLite.specification(
            title: title, subtitle: subtitle, values: values,
            [
                ("width", 460), ("height", ["step": 22]),
                (
                    "layer",
                    [
                        [
                            "mark": ["type": "boxplot", "extent": "min-max", "color": .string(SVG.colour(2))],
                            "encoding": ["x": x, "y": y],
                        ],
                        [
                            "mark": ["type": "point", "filled": true, "size": 14],
                            "encoding": [
                                "x": x, "y": y,
                                "tooltip": VegaLite.tooltip([
                                    ("name", .nominal), ("row", .nominal), ("value", .quantitative),
                                ]),
                            ],
                        ],
                    ]
                ),
            ])
    }
}
