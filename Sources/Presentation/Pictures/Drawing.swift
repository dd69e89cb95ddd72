import Foundation
import JupyterKernel
import Support

/// A drawing with a description in words.
public struct Drawing: Sendable {
    package let svg: String
    /// The plain-text form.
    package let text: String
    package let width: Double
    package let height: Double

    package init(svg: String, text: String, width: Double, height: Double) {
        self.svg = svg
        self.text = text
        self.width = width
        self.height = height
    }

    /// The drawing in a display; `nil` if it has none.
    package init?(_ display: DisplayData) {
        guard let svg = display.data["image/svg+xml"]?.string,
            let size = try? /<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"/.firstMatch(in: svg),
            let width = Double(size.output.1), let height = Double(size.output.2)
        else { return nil }
        let text = display.data["text/plain"]?.string ?? ""
        self.init(svg: svg, text: text, width: width, height: height)
    }

    /// SVG and PNG, with the words as alternative text of both. JupyterLab shows no SVG of an untrusted notebook, and
    /// LaTeX, slides and code hosts support none: they take the PNG.
    package var display: DisplayData {
        let alternative = JSON.string(text.singleLine())
        var display = DisplayData(
            data: ["image/svg+xml": .string(svg), "text/plain": .string(text)],
            metadata: ["image/svg+xml": ["alt": alternative]])
        if let png = try? png {
            display.data["image/png"] = .string(Data(png).base64EncodedString())
            display.metadata["image/png"] = [
                "width": .integer(Int(width.rounded())), "height": .integer(Int(height.rounded())),
                "alt": alternative,
            ]
        }
        return display
    }

    /// The drawing as a PNG, two pixels per unit.
    ///
    /// - Throws: `UserError` if the machine has no library for it.
    package var png: [UInt8] {
        get throws(UserError) { try PictureLibrary.shared.pixels(of: self, scale: 2).png }
    }

    /// The drawing as a PDF of one page.
    ///
    /// - Throws: `UserError` if the machine has no library for it.
    package var pdf: [UInt8] {
        get throws(UserError) {
            try PictureLibrary.shared.pdf(of: [self], title: text.singleLine(), date: "")
        }
    }
}
