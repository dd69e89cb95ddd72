import Foundation
import JupyterKernel

/// Writes a drawing as SVG. Names are escaped, coordinates have one decimal.
///
/// A drawing has no background of its own: JupyterLab shows it as an image, which cannot see whether the page is light
/// or dark. Each colour of a mark or letter therefore has a luminance between 0.117 and 0.3, and so a contrast of at
/// least 3:1 with white and with #111 (WCAG 2.2, 1.4.11); a test checks it.
package struct SVG {
    package let width: Double
    package let height: Double
    private var body = ""
    /// The layer below everything else, with ``holes`` cut out.
    private var ground = ""
    private var holes = ""

    package static let ink = "#6f7885"
    package static let muted = "#7f8894"
    private static let fittingStyle = "style=\"max-width:100%;height:auto\""
    /// For grid lines, which are not marks.
    package static let grid = "#8a929c"
    private static let font = "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif"

    /// Six distinguishable colours, also for dichromats: the smallest distance is 30 in CIELAB as seen with normal
    /// sight, protanopia and deuteranopia (Machado et al. 2009), within the luminances that both backgrounds allow.
    package static let palette = ["#2d78e1", "#d27800", "#a54b2d", "#699687", "#5a3cff", "#5a6996"]
    /// For what should be seen first: the target, the node in the middle.
    package static let accent = "#d9480f"

    package static func colour(_ index: Int) -> String { palette[index % palette.count] }

    /// The shapes of dots, so that dots of one colour differ in shape: 24 kinds before one repeats.
    package enum Mark: Int, CaseIterable, Sendable {
        case circle
        case square
        case diamond
        case triangle

        package init(_ index: Int) {
            self = Self.allCases[(index + index / 12) % Self.allCases.count]
        }
    }

    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    package enum Anchor: String {
        case start
        case middle
        case end
    }

    package mutating func text(
        _ text: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start, bold: Bool = false,
        colour: String = SVG.ink, rotated: Double? = nil, hasEqualWidths: Bool = false
    ) {
        body += "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(colour)\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if bold { body += " font-weight=\"600\"" }
        if hasEqualWidths { body += " xml:space=\"preserve\" font-family=\"'DejaVu Sans Mono',monospace\"" }
        if let rotated { body += " transform=\"rotate(\(n(rotated)) \(n(x)) \(n(y)))\"" }
        body += ">\(text.singleLine().htmlEscaped)</text>\n"
    }

    /// A drawing's title, truncated if wider than the drawing, and subtitle.
    package mutating func heading(_ title: String, _ subtitle: String = "") {
        text(Self.fitting(title, size: 15.5, width: width - 36), x: 18, y: 28, size: 15, bold: true)
        if !subtitle.isEmpty { text(subtitle, x: 18, y: 46, size: 11.5, colour: Self.muted) }
    }

    /// Names to the left of a chart's rows, ending at `left - 8`, cut if wider than `width`.
    package static func nameColumn(_ names: [String], size: Double, width: Double) -> (names: [String], left: Double) {
        let fitting = Self.labels(names, size: size, width: width)
        return (fitting, 18 + min(fitting.map { Self.width(of: $0, size: size) }.max() ?? 0, width) + 10)
    }

    package mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, colour: String, width: Double = 1, dashed: Bool = false
    ) {
        body += "<path d=\"M\(n(x1)) \(n(y1))L\(n(x2)) \(n(y2))\" stroke=\"\(colour)\" stroke-width=\"\(n(width))\""
        if dashed { body += " stroke-dasharray=\"4 4\"" }
        body += "/>\n"
    }

    /// A grid line.
    package mutating func gridLine(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        body +=
            "<path class=\"grid\" d=\"M\(n(x1)) \(n(y1))L\(n(x2)) \(n(y2))\" stroke=\"\(Self.grid)\" stroke-opacity=\"0.3\"/>\n"
    }

    /// Many lines of one style below everything else.
    package mutating func groundLines(
        _ segments: some Sequence<(Double, Double, Double, Double)>, colour: String, width: Double
    ) {
        for path in Self.chunks(segments.map { "M\(n($0)) \(n($1))L\(n($2)) \(n($3))" }) {
            ground += "<path d=\"\(path)\" stroke=\"\(colour)\" stroke-width=\"\(n2(width))\" fill=\"none\"/>\n"
        }
    }

    /// Cuts a rectangle out of the bottom layer, so that letters there can be read.
    package mutating func leaveOutGround(x: Double, y: Double, width: Double, height: Double) {
        holes += "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"#000\"/>"
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

    /// A pale area bounded by points, with a thin edge.
    package mutating func area(_ points: [(x: Double, y: Double)], colour: String) {
        guard let first = points.first else { return }
        let path = "M\(n(first.x)) \(n(first.y))" + points.dropFirst().map { "L\(n($0.x)) \(n($0.y))" }.joined()
        body +=
            "<path class=\"wash\" d=\"\(path)Z\" fill=\"\(colour)\" fill-opacity=\"0.15\" stroke=\"\(colour)\" stroke-width=\"0.7\"/>\n"
    }

    /// Many dots of one kind in few elements: a round one is a line of zero length with round ends, a tenth of a
    /// circle's text.
    package mutating func dots(
        _ points: some Sequence<(x: Double, y: Double)>, radius: Double, colour: String, mark: Mark = .circle
    ) {
        let r = radius
        let paths = points.map { Self.form(mark, $0.x, $0.y, r) }
        let look =
            switch mark {
            case .circle: "stroke=\"\(colour)\" stroke-width=\"\(n(r * 2))\" stroke-linecap=\"round\""
            case .square: "stroke=\"\(colour)\" stroke-width=\"\(n(r * 1.8))\" stroke-linecap=\"square\""
            case .diamond, .triangle: "fill=\"\(colour)\""
            }
        body += Self.chunks(paths).map { "<path d=\"\($0)\" \(look)/>\n" }.joined()
    }

    /// Paths joined, but not too many in one: drawing time grows faster than a path's length.
    private static func chunks(_ paths: [String]) -> [String] {
        stride(from: 0, to: paths.count, by: 48).map { paths[$0..<min($0 + 48, paths.count)].joined() }
    }

    /// One dot, with a tooltip.
    package mutating func circle(
        x: Double, y: Double, radius: Double, fill: String, title: String? = nil, mark: Mark = .circle
    ) {
        let r = radius
        switch mark {
        case .circle: body += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(r))\" fill=\"\(fill)\""
        case .square:
            body +=
                "<rect x=\"\(n(x - r * 0.9))\" y=\"\(n(y - r * 0.9))\" width=\"\(n(r * 1.8))\" height=\"\(n(r * 1.8))\" fill=\"\(fill)\""
        case .diamond, .triangle: body += "<path d=\"\(Self.form(mark, x, y, r))\" fill=\"\(fill)\""
        }
        let element = mark == .circle ? "circle" : mark == .square ? "rect" : "path"
        body += title.map { "><title>\($0.singleLine().htmlEscaped)</title></\(element)>\n" } ?? "/>\n"
    }

    /// The path of a dot around a point.
    private static func form(_ mark: Mark, _ x: Double, _ y: Double, _ r: Double) -> String {
        func n(_ value: Double) -> String { decimal(value, 10) }
        return switch mark {
        case .circle, .square: "M\(n(x)) \(n(y))h0"
        case .diamond:
            "M\(n(x)) \(n(y - r * 1.35))l\(n(r * 1.2)) \(n(r * 1.35))l\(n(-r * 1.2)) \(n(r * 1.35))l\(n(-r * 1.2)) \(n(-r * 1.35))z"
        case .triangle: "M\(n(x)) \(n(y - r * 1.3))l\(n(r * 1.25)) \(n(r * 2.2))h\(n(-r * 2.5))z"
        }
    }

    package mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String, title: String? = nil
    ) {
        body += "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"\(fill)\""
        body += title.map { "><title>\($0.singleLine().htmlEscaped)</title></rect>\n" } ?? "/>\n"
    }

    /// Many squares of one colour in few elements, each by its upper left corner.
    package mutating func squares(_ squares: [(x: Double, y: Double, side: Double)], colour: String) {
        let paths = squares.map { "M\(n($0.x)) \(n($0.y))h\(n2($0.side))v\(n2($0.side))h\(n2(-$0.side))z" }
        for path in Self.chunks(paths) { body += "<path d=\"\(path)\" fill=\"\(colour)\"/>\n" }
    }

    /// Another drawing within this one.
    package mutating func place(_ drawing: Drawing, x: Double, y: Double, scale: Double) {
        let size = "width=\"\(n(drawing.width))\" height=\"\(n(drawing.height))\""
        let new =
            "x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n2(drawing.width * scale))\" height=\"\(n2(drawing.height * scale))\""
        guard let place = drawing.svg.firstRange(of: size) else { return }
        // The size that fits a page would be taken for the size here.
        body +=
            drawing.svg.replacingCharacters(in: place, with: new).replacing(
                Self.fittingStyle, with: "", maxReplacements: 1)
            + "\n"
    }

    /// A rectangle's edge.
    package mutating func frame(
        x: Double, y: Double, width: Double, height: Double, colour: String, strokeWidth: Double = 1.2
    ) {
        body +=
            "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(n(strokeWidth))\"/>\n"
    }

    /// The whole drawing; `label` describes it for screen readers, and `text` is its plain-text form.
    package func drawing(label: String, text: String) -> Drawing {
        Drawing(svg: document(label: label), text: text, width: width, height: height)
    }

    private func document(label: String) -> String {
        var all = ""
        if !ground.isEmpty {
            if holes.isEmpty {
                all = "<g>\(ground)</g>\n"
            } else {
                // Several drawings in one page must not share mask names.
                let name = "m" + String(Self.hash(ground + holes), radix: 36)
                let size = "x=\"0\" y=\"0\" width=\"\(n(width))\" height=\"\(n(height))\""
                all =
                    "<mask id=\"\(name)\" maskUnits=\"userSpaceOnUse\" \(size)><rect \(size) fill=\"#fff\"/>\(holes)</mask>\n<g mask=\"url(#\(name))\">\(ground)</g>\n"
            }
        }
        let words = label.singleLine().htmlEscaped
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(height))" viewBox="0 0 \(n(width)) \(n(height))" \
            role="img" aria-label="\(words)" \(Self.fittingStyle) font-family="\(Self.font)">
            <title>\(words)</title>
            \(all)\(body)</svg>
            """
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// `text` on one line, truncated with an ellipsis if wider than `width`.
    package static func fitting(_ text: String, size: Double, width: Double) -> String {
        let line = text.singleLine()
        if self.width(of: line, size: size) <= width { return line }
        return line.singleLine(limit: characters(size: size, width: width))
    }

    /// The names, each on one line and truncated if wider than `width`; cut in the middle instead where names that differ
    /// would look the same.
    package static func labels(_ names: [String], size: Double, width: Double) -> [String] {
        let truncated = names.map { fitting($0, size: size, width: width) }
        if Set(truncated).count == Set(names).count { return truncated }
        let kept = characters(size: size, width: width) - 1
        return names.map { name in
            let line = name.singleLine()
            if self.width(of: line, size: size) <= width { return line }
            return "\(line.prefix((kept + 1) / 2))…\(line.suffix(kept / 2))"
        }
    }

    /// How many characters are about as wide as `width`; 2 at least.
    private static func characters(size: Double, width: Double) -> Int { max(Int(width / (size * 0.56)), 2) }

    /// The width a drawing needs for its title and subtitle.
    package static func width(title: String, subtitle: String, atLeast least: Double) -> Double {
        max(least, 36 + max(width(of: title, size: 15.5), width(of: subtitle, size: 11.5))).rounded(.up)
    }

    /// The approximate width of `text`, in units of the drawing.
    package static func width(of text: String, size: Double) -> Double {
        Double(text.displayWidth) * size * 0.56
    }

    private func n(_ value: Double) -> String { Self.decimal(value, 10) }
    private func n2(_ value: Double) -> String { Self.decimal(value, 100) }

    /// `value` rounded to a fraction of `scale`, without trailing zeros; 0 if it is not finite.
    private static func decimal(_ value: Double, _ scale: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
