import Foundation
import JupyterKernel

/// Writes a drawing as SVG text. Names become text that is nothing but text, coordinates have one decimal, and a card
/// of the drawing's own lies behind it, so that it reads the same on light and dark pages.
package struct SVG {
    package let width: Double
    private(set) var height: Double
    private var body = ""

    package static let ink = "#1f2933"
    package static let muted = "#5f6b7a"
    package static let faint = "#d5dbe3"
    package static let card = "#ffffff"
    private static let font = "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif"

    /// Ten colours that keep apart on white, also for most who see few of them (the Observable 10 palette).
    package static let palette = [
        "#4269d0", "#efb118", "#ff725c", "#3ca951", "#a463f2", "#6cc5b0", "#ff8ab7", "#9c6b4e", "#97bbf5", "#9498a0",
    ]

    package static func colour(_ index: Int) -> String { palette[index % palette.count] }

    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// Makes the drawing taller.
    package mutating func grow(to height: Double) { self.height = max(self.height, height) }

    package enum Anchor: String {
        case start
        case middle
        case end
    }

    package mutating func text(
        _ text: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start, bold: Bool = false,
        colour: String = SVG.ink, rotated: Double? = nil, halo: Bool = false
    ) {
        body += "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(colour)\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if bold { body += " font-weight=\"600\"" }
        if let rotated { body += " transform=\"rotate(\(n(rotated)) \(n(x)) \(n(y)))\"" }
        if halo { body += " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"" }
        body += ">\(text.singleLine().htmlEscaped)</text>\n"
    }

    package mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, colour: String = SVG.faint, width: Double = 1,
        dashed: Bool = false, opacity: Double = 1
    ) {
        body += "<path d=\"M\(n(x1)) \(n(y1))L\(n(x2)) \(n(y2))\" stroke=\"\(colour)\" stroke-width=\"\(n(width))\""
        if dashed { body += " stroke-dasharray=\"4 4\"" }
        if opacity < 1 { body += " stroke-opacity=\"\(n2(opacity))\"" }
        body += "/>\n"
    }

    /// Many lines of one kind, in one element.
    package mutating func lines(
        _ segments: some Sequence<(Double, Double, Double, Double)>, colour: String, width: Double, opacity: Double
    ) {
        let path = segments.map { "M\(n($0)) \(n($1))L\(n($2)) \(n($3))" }.joined()
        if path.isEmpty { return }
        body +=
            "<path d=\"\(path)\" stroke=\"\(colour)\" stroke-width=\"\(n2(width))\" stroke-opacity=\"\(n2(opacity))\" fill=\"none\"/>\n"
    }

    /// A line through points.
    package mutating func polyline(
        _ points: [(x: Double, y: Double)], colour: String, width: Double = 2, dashed: Bool = false
    ) {
        guard let first = points.first else { return }
        let path = "M\(n(first.x)) \(n(first.y))" + points.dropFirst().map { "L\(n($0.x)) \(n($0.y))" }.joined()
        body +=
            "<path d=\"\(path)\" stroke=\"\(colour)\" stroke-width=\"\(n(width))\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"\(dashed ? " stroke-dasharray=\"4 4\"" : "")/>\n"
    }

    /// A pale area within points.
    package mutating func area(_ points: [(x: Double, y: Double)], colour: String) {
        guard let first = points.first else { return }
        let path = "M\(n(first.x)) \(n(first.y))" + points.dropFirst().map { "L\(n($0.x)) \(n($0.y))" }.joined()
        body += "<path d=\"\(path)Z\" fill=\"\(colour)\" fill-opacity=\"0.15\"/>\n"
    }

    /// Many dots of one kind, in one element: each is a line of no length with round ends, a tenth of a circle's text.
    package mutating func dots(
        _ points: some Sequence<(x: Double, y: Double)>, radius: Double, colour: String, opacity: Double = 1
    ) {
        let path = points.map { "M\(n($0.x)) \(n($0.y))h0" }.joined()
        if path.isEmpty { return }
        body +=
            "<path d=\"\(path)\" stroke=\"\(colour)\" stroke-width=\"\(n(radius * 2))\" stroke-linecap=\"round\" stroke-opacity=\"\(n2(opacity))\"/>\n"
    }

    package mutating func circle(
        x: Double, y: Double, radius: Double, fill: String, stroke: String? = nil, title: String? = nil
    ) {
        body += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" fill=\"\(fill)\""
        if let stroke { body += " stroke=\"\(stroke)\" stroke-width=\"1.2\"" }
        body += title.map { "><title>\($0.singleLine().htmlEscaped)</title></circle>\n" } ?? "/>\n"
    }

    package mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String, radius: Double = 0, opacity: Double = 1
    ) {
        body += "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"\(fill)\""
        if radius > 0 { body += " rx=\"\(n(radius))\"" }
        if opacity < 1 { body += " fill-opacity=\"\(n2(opacity))\"" }
        body += "/>\n"
    }

    /// The whole drawing; `label` says in words what it shows, for readers that do not see it.
    package func document(label: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(height))" viewBox="0 0 \(n(width)) \(n(height))" \
        role="img" aria-label="\(label.singleLine().htmlEscaped)" font-family="\(Self.font)">
        <rect x="0.5" y="0.5" width="\(n(width - 1))" height="\(n(height - 1))" rx="8" fill="\(Self.card)" stroke="\(Self.faint)"/>
        \(body)</svg>
        """
    }

    /// About how wide `text` is drawn, in units of the drawing.
    package static func width(of text: String, size: Double) -> Double {
        Double(text.displayWidth) * size * 0.56
    }

    private func n(_ value: Double) -> String { Self.decimal(value, 10) }
    private func n2(_ value: Double) -> String { Self.decimal(value, 100) }

    /// `value` rounded to a fraction of `scale`, without a superfluous zero; what is not finite is 0.
    private static func decimal(_ value: Double, _ scale: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

/// A drawing with what it says in words.
package struct Drawing: Sendable {
    package let svg: String
    /// What a reader without pictures is shown.
    package let text: String

    package init(svg: String, text: String) {
        self.svg = svg
        self.text = text
    }

    package var display: DisplayData {
        DisplayData(data: ["image/svg+xml": .string(svg), "text/plain": .string(text)])
    }
}
