extension Axis {
    /// Draws the axis from left to right below a plot, its title under its numbers.
    package func drawAcross(in svg: inout SVG, top: Double, bottom: Double, title: String = "") {
        for tick in ticks {
            svg.gridLine(position(tick), top, position(tick), bottom)
            svg.text(
                label(tick), x: position(tick), y: bottom + 16, size: 10.5, anchor: .middle, colour: SVG.muted)
        }
        if !title.isEmpty {
            svg.text(title, x: (start + end) / 2, y: bottom + 34, size: 11.5, anchor: .middle, colour: SVG.muted)
        }
    }

    /// Draws the axis upwards left of a plot, its title along it.
    package func drawUp(in svg: inout SVG, left: Double, right: Double, title: String = "") {
        for tick in ticks {
            svg.gridLine(left, position(tick), right, position(tick))
            svg.text(
                label(tick), x: left - 6, y: position(tick) + 3.5, size: 10.5, anchor: .end, colour: SVG.muted)
        }
        if !title.isEmpty {
            let middle = (start + end) / 2
            svg.text(
                title, x: left - 44, y: middle, size: 11.5, anchor: .middle, colour: SVG.muted, rotated: -90)
        }
    }
}
