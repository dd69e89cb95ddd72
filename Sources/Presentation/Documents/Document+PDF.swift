import Support

extension Document {
    /// The document on A4.
    ///
    /// - Throws: `UserError` if the machine has no library for it.
    package var pdf: [UInt8] {
        get throws(UserError) {
            var pages = Pages(footer: title.singleLine(limit: 80))
            pages.text(title, size: 17, bold: true)
            pages.space(6)
            for part in parts { pages.add(part) }
            return try PictureLibrary.shared.pdf(of: pages.finished, title: title.singleLine(), date: date)
        }
    }

    /// Pages that are filled from top to bottom, in points.
    private struct Pages {
        private static let (width, height, margin) = (595.0, 842.0, 42.0)
        private static let ink = "#1f2933"
        private static let mono = 7.6
        private var done: [SVG] = []
        private var page = SVG(width: width, height: height)
        private var y = margin
        private let footer: String

        init(footer: String) { self.footer = footer }

        private var room: Double { Self.height - Self.margin - 14 - y }
        private static var column: Double { width - 2 * margin }

        mutating func space(_ height: Double) { y += height }

        private mutating func turn() {
            done.append(page)
            page = SVG(width: Self.width, height: Self.height)
            y = Self.margin
        }

        private mutating func need(_ height: Double) { if room < height, y > Self.margin { turn() } }

        mutating func text(_ text: String, size: Double, bold: Bool = false, indent: Double = 0) {
            let perLine = Int((Self.column - indent) / (size * (bold ? 0.62 : 0.56)))
            for line in text.singleLine().wrapped(to: max(perLine, 10)) {
                need(size * 1.4)
                y += size * 1.4
                page.text(line, x: Self.margin + indent, y: y, size: size, bold: bold, colour: Self.ink)
            }
        }

        /// Monospaced letters take three fifths of their size.
        private static var monoColumns: Int { Int(column / (mono * 0.603)) }

        private mutating func equalWidths(_ text: String) {
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                for piece in String(line).wrapped(to: Self.monoColumns) {
                    need(Self.mono * 1.3)
                    y += Self.mono * 1.3
                    page.text(piece, x: Self.margin, y: y, size: Self.mono, colour: Self.ink, hasEqualWidths: true)
                }
            }
        }

        /// A table's lines; the names of its columns stand again at the top of each page.
        private mutating func equalWidths(_ table: Table) {
            let lines = table.plainText(width: Self.monoColumns).split(
                separator: "\n", omittingEmptySubsequences: false)
            let notes = (table.restNote == nil ? 0 : 1) + table.notes.count
            var (block, head): ([Substring], [Substring]) = ([], [])
            for (number, line) in lines.enumerated() {
                if line.isEmpty { (block, head) = ([], []) }
                if head.isEmpty {
                    block.append(line)
                    if line.contains("─"), line.allSatisfy({ "─ ".contains($0) }) {
                        head = block
                        // A head is not left alone at the end of a page.
                        need(Self.mono * 1.3 * Double(head.count + 2))
                        for line in head { equalWidths(String(line)) }
                    }
                    continue
                }
                if room < Self.mono * 1.3, number < lines.count - notes {
                    turn()
                    for line in head { equalWidths(String(line)) }
                }
                equalWidths(String(line))
            }
            if head.isEmpty { for line in block { equalWidths(String(line)) } }
        }

        mutating func add(_ part: Part) {
            switch part {
            case .heading(let heading):
                // Not alone at the end of a page.
                need(60)
                space(12)
                text(heading, size: 13, bold: true)
                space(3)
            case .paragraph(let words):
                text(words, size: 9.5)
                space(4)
            case .list(let items):
                for item in items { text("– \(item)", size: 9.5, indent: 8) }
                space(4)
            case .code(let texts):
                for text in texts {
                    equalWidths(text.visibleControls)
                    space(5)
                }
            case .table(let table):
                equalWidths(table)
                space(8)
            case .drawing(let drawing):
                let full = Self.height - 2 * Self.margin - 20
                let scale = min(1, Self.column / drawing.width, full / drawing.height)
                need(drawing.height * scale + 6)
                page.place(drawing, x: Self.margin, y: y + 6, scale: scale)
                y += drawing.height * scale + 10
            case .folded(let title, let parts):
                need(40)
                space(6)
                text(title, size: 11, bold: true)
                for part in parts { add(part) }
            }
        }

        var finished: [Drawing] {
            let all = done + [page]
            return all.enumerated().map { number, page in
                var page = page
                page.text(
                    "\(footer) · \(number + 1) of \(all.count)", x: Self.width / 2, y: Self.height - 24, size: 7.5,
                    anchor: .middle, colour: SVG.muted)
                return page.drawing(label: "page \(number + 1)", text: "page \(number + 1)")
            }
        }
    }
}
