/// Named values as horizontal bars, with the interval each may lie in.
package struct BarChart {
    package struct Bar {
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
    package let bars: [Bar]

    package init(title: String, subtitle: String, bars: [Bar]) {
        self.title = title
        self.subtitle = subtitle
        self.bars = bars
    }

    package var drawing: Drawing {
        let width = 720.0
        let names = bars.map { $0.name.singleLine(limit: 48) }
        let left = 18 + min(names.map { SVG.width(of: $0, size: 11.5) }.max() ?? 0, 300) + 10
        let top = 62.0
        let step = 22.0
        let bottom = top + Double(bars.count) * step
        var svg = SVG(width: width, height: bottom + 34)
        svg.text(title, x: 18, y: 28, size: 15, bold: true)
        svg.text(subtitle, x: 18, y: 46, size: 11.5, colour: SVG.muted)
        var values = bars.flatMap { [$0.value, $0.interval?.lowerBound, $0.interval?.upperBound].compactMap(\.self) }
        let spread = (values.max() ?? 1) - (values.min() ?? 0)
        // Bars begin at 0 unless all values lie far from it and close together.
        if (values.min() ?? 0) >= 0, (values.min() ?? 0) < 4 * spread || spread == 0 { values.append(0) }
        let across = Axis(values, from: left, to: width - 78, isTight: values.contains(0))
        let base = across.position(min(max(0, across.domain.lowerBound), across.domain.upperBound))
        for tick in across.ticks {
            svg.line(across.position(tick), top - 2, across.position(tick), bottom)
            svg.text(
                across.label(tick), x: across.position(tick), y: bottom + 16, size: 10.5, anchor: .middle,
                colour: SVG.muted)
        }
        for (index, bar) in bars.enumerated() {
            let y = top + Double(index) * step
            let end = across.position(bar.value)
            svg.rectangle(
                x: min(base, end), y: y + 4, width: abs(end - base), height: 13, fill: SVG.colour(0), radius: 2,
                opacity: 0.85)
            if let interval = bar.interval {
                let low = across.position(interval.lowerBound)
                let high = across.position(interval.upperBound)
                svg.line(low, y + 10.5, high, y + 10.5, colour: SVG.ink, width: 1.4)
                svg.line(low, y + 7, low, y + 14, colour: SVG.ink, width: 1.4)
                svg.line(high, y + 7, high, y + 14, colour: SVG.ink, width: 1.4)
            }
            svg.text(names[index], x: left - 8, y: y + 14.5, size: 11.5, anchor: .end)
            svg.text(bar.label, x: width - 70, y: y + 14.5, size: 11.5, colour: SVG.muted)
        }
        return Drawing(svg: svg.document(label: "\(title). \(subtitle)"), text: "[bars: \(title.singleLine())]")
    }
}
