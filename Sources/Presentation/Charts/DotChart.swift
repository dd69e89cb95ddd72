import JupyterKernel

/// Named values as dots along one scale, with the interval each may lie in.
package struct DotChart: Chart {
    package struct Item: Sendable {
        package let name: String
        package let value: Double
        package let interval: ClosedRange<Double>?
        package let label: String

        package init(name: String, value: Double, interval: ClosedRange<Double>?, label: String) {
            self.name = name
            self.value = value
            self.interval = interval
            self.label = label
        }
    }

    package let title: String
    package let subtitle: String
    package let items: [Item]
    /// Reference values that all others are compared with, such as 0, each with its name.
    package let marks: [(value: Double, name: String)]
    /// What the scale measures, with its unit.
    package let axisTitle: String

    package init(
        title: String, subtitle: String, items: [Item], marks: [(value: Double, name: String)] = [],
        axisTitle: String
    ) {
        self.axisTitle = axisTitle
        self.title = title
        self.subtitle = subtitle
        self.items = items
        self.marks = marks
    }

    package var drawing: Drawing {
        let width = SVG.width(title: title, subtitle: subtitle, atLeast: 720)
        let (names, left) = SVG.nameColumn(items.map(\.name), size: 11.5, width: 300)
        let top = 62.0
        let step = 22.0
        let bottom = top + Double(items.count) * step
        let isMarked = !marks.isEmpty
        var svg = SVG(width: width, height: bottom + (isMarked ? 66 : 50))
        svg.heading(title, subtitle)
        let values =
            items.flatMap { [$0.value, $0.interval?.lowerBound, $0.interval?.upperBound].compactMap(\.self) }
            + marks.map(\.value)
        let across = Axis(values, from: left, to: width - 78, tickCount: 6)
        across.drawAcross(in: &svg, top: top - 2, bottom: bottom)
        svg.text(
            axisTitle, x: (left + width - 78) / 2, y: bottom + (isMarked ? 52 : 36), size: 11.5, anchor: .middle,
            colour: SVG.muted)
        for mark in marks where mark.value.isFinite {
            let x = across.position(mark.value)
            svg.line(x, top - 2, x, bottom, colour: SVG.muted, width: 1.2, dashed: true)
            svg.text(mark.name, x: x, y: bottom + 34, size: 10.5, anchor: .middle, colour: SVG.muted)
        }
        for (index, item) in items.enumerated() {
            let y = top + Double(index) * step + 10.5
            let colour = SVG.colour(0)
            if let interval = item.interval {
                let low = across.position(interval.lowerBound)
                let high = across.position(interval.upperBound)
                svg.line(low, y, high, y, colour: colour, width: 1.6)
                svg.line(low, y - 3.5, low, y + 3.5, colour: colour, width: 1.6)
                svg.line(high, y - 3.5, high, y + 3.5, colour: colour, width: 1.6)
            }
            if item.value.isFinite {
                svg.circle(x: across.position(item.value), y: y, radius: 4.5, fill: colour, title: item.name)
            }
            svg.text(names[index], x: left - 8, y: y + 4, size: 11.5, anchor: .end)
            svg.text(item.label, x: width - 70, y: y + 4, size: 11.5, colour: SVG.muted)
        }
        return svg.drawing(
            label:
                "\(title). \(subtitle). Across: \(axisTitle). \(items.map { "\($0.name) \($0.label)" }.joined(separator: ", "))",
            text:
                "[dots: \(title.singleLine()): \(items.map { "\($0.name.singleLine()) \($0.label)" }.joined(separator: ", "))]"
        )
    }

    package var vegaLite: JSON {
        let values = items.map { item -> JSON in
            [
                "name": .string(item.name), "value": item.value.isFinite ? .number(item.value) : .null,
                "low": item.interval.map { .number($0.lowerBound) } ?? .null,
                "high": item.interval.map { .number($0.upperBound) } ?? .null,
            ]
        }
        let tooltip = VegaLite.tooltip([
            ("name", .nominal), ("value", .quantitative), ("low", .quantitative), ("high", .quantitative),
        ])
        let y = VegaLite.field("name", .nominal, title: "", sorted: false)
        return VegaLite.specification(
            title: title, subtitle: subtitle, values: values,
            [
                ("width", 460), ("height", ["step": 22]),
                (
                    "layer",
                    [
                        [
                            "mark": "rule",
                            "encoding": [
                                "y": y,
                                "x": VegaLite.field("low", .quantitative, title: axisTitle, startsAtZero: false),
                                "x2": ["field": "high"],
                            ],
                        ],
                        [
                            "mark": ["type": "point", "filled": true, "size": 70],
                            "encoding": [
                                "y": y,
                                "x": VegaLite.field("value", .quantitative, title: axisTitle, startsAtZero: false),
                                "tooltip": tooltip,
                            ],
                        ],
                    ]
                ),
            ])
    }
}
