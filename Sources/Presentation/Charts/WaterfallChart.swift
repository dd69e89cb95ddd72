import JupyterKernel

/// How parts add up to a whole: each bar begins where the one before it ended.
package struct WaterfallChart: Chart {
    package struct Step: Sendable {
        package let name: String
        package let change: Double

        package init(name: String, change: Double) {
            self.name = name
            self.change = change
        }
    }

    package let title: String
    package let subtitle: String
    package let steps: [Step]
    /// The sum's name.
    package let sumName: String

    package init(title: String, subtitle: String, steps: [Step], sumName: String) {
        self.title = title
        self.subtitle = subtitle
        self.steps = steps
        self.sumName = sumName
    }

    /// Where each bar begins and ends, the sum last.
    package var bars: [(name: String, from: Double, to: Double)] {
        var bars: [(name: String, from: Double, to: Double)] = []
        var sum = 0.0
        for step in steps {
            bars.append((step.name, sum, sum + step.change))
            sum += step.change
        }
        return bars + [(sumName, 0, sum)]
    }

    package var drawing: Drawing {
        let bars = bars
        let (names, left) = SVG.nameColumn(bars.map(\.name), size: 11, width: 560)
        let width = max(SVG.width(title: title, subtitle: subtitle, atLeast: 760), left + 380)
        let top = 62.0
        let step = 22.0
        let bottom = top + Double(bars.count) * step
        var svg = SVG(width: width, height: bottom + 34)
        svg.heading(title, subtitle)
        let across = Axis(bars.flatMap { [$0.from, $0.to] } + [0], from: left, to: width - 84)
        across.drawAcross(in: &svg, top: top - 2, bottom: bottom)
        for (index, bar) in bars.enumerated() {
            let y = top + Double(index) * step
            let isSum = index == bars.count - 1
            let change = bar.to - bar.from
            let (from, to) = (across.position(bar.from), across.position(bar.to))
            svg.rectangle(
                x: min(from, to), y: y + 4, width: max(abs(to - from), 1), height: 13,
                fill: isSum ? SVG.ink : SVG.colour(change < 0 ? 1 : 0))
            if index + 1 < bars.count {
                let end = isSum ? from : to
                svg.line(end, y + 17, end, y + 26, colour: SVG.muted)
            }
            svg.text(names[index], x: left - 8, y: y + 14.5, size: 11, anchor: .end, bold: isSum)
            let number = NumberFormat.decimals(3).text(change)
            svg.text(
                isSum || change < 0 ? number : "+\(number)", x: width - 76, y: y + 14.5, size: 11, bold: isSum,
                colour: isSum ? SVG.ink : SVG.muted)
        }
        return svg.drawing(
            label:
                "\(title). \(subtitle). \(steps.map { "\($0.name) \(NumberFormat.decimals(3).text($0.change))" }.joined(separator: "; "))",
            text: "[waterfall: \(title.singleLine())]")
    }

    package var vegaLite: JSON {
        let bars = bars
        let values = bars.enumerated().map { index, bar -> JSON in
            [
                "name": .string(bar.name), "from": .number(bar.from), "to": .number(bar.to),
                "change": .number(bar.to - bar.from),
                "kind": index == bars.count - 1 ? "sum" : bar.to < bar.from ? "lowers" : "raises",
            ]
        }
        return VegaLite.specification(
            title: title, subtitle: subtitle, values: values,
            [
                ("width", 420), ("height", ["step": 22]), ("mark", "bar"),
                (
                    "encoding",
                    [
                        "y": VegaLite.field("name", .nominal, title: "", sorted: false),
                        "x": VegaLite.field("from", .quantitative, title: ""), "x2": ["field": "to"],
                        "color": [
                            "field": "kind", "type": "nominal", "title": "",
                            "scale": [
                                "domain": ["raises", "lowers", "sum"],
                                "range": [.string(SVG.colour(0)), .string(SVG.colour(1)), .string(SVG.ink)],
                            ],
                        ],
                        "tooltip": VegaLite.tooltip([("name", .nominal), ("change", .quantitative)]),
                    ]
                ),
            ])
    }
}
