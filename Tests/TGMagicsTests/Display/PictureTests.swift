import Foundation
import JupyterKernel
import Presentation
import TGMagics
import Testing

/// What every drawing has, whatever it shows.
@Suite struct PictureTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
    }

    /// Cells that together draw each kind of drawing.
    static let cells = [
        "%chart results", "%chart distances", "%graph show", "%graph build --target beta\n%graph show",
        "%graph show --around alpha", "%recommend alpha", "%predict --target beta --method history",
        "%evaluate --method auto --method logme --calibration", "%evaluate --method logme --history-ratio 1,0.5",
        "%embed node2vec --dimension 4",
    ]

    private func drawings(of cell: String) throws -> [DisplayData] {
        let context = RecordingContext()
        let value = try notebook.run(cell, in: context)
        let all = context.recorded.displays.map(\.data) + (value.map { [$0] } ?? [])
        let drawings = all.filter { $0.data["image/svg+xml"] != nil }
        #expect(!drawings.isEmpty, "\(cell)")
        return drawings
    }

    @Test(arguments: cells) func aDrawingIsAPictureOfTwiceThePixelsToo(cell: String) throws {
        for drawing in try drawings(of: cell) {
            let svg = try #require(drawing.data["image/svg+xml"]?.string)
            let size = try #require(svg.firstMatch(of: /width="([0-9.]+)" height="([0-9.]+)"/))
            let (width, height) = (try #require(Double(size.1)), try #require(Double(size.2)))
            let base64 = try #require(drawing.data["image/png"]?.string)
            let png = [UInt8](try #require(Data(base64Encoded: base64)))
            #expect(Array(png.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            func number(at place: Int) -> Int { png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
            #expect(number(at: 16) == Int((width * 2).rounded()) && number(at: 20) == Int((height * 2).rounded()))
            let metadata = try #require(drawing.metadata["image/png"])
            #expect(metadata["width"] == .integer(Int(width.rounded())))
            #expect(metadata["height"] == .integer(Int(height.rounded())))
            let alternative = try #require(metadata["alt"]?.string)
            #expect(alternative.count > 10 && alternative == drawing.metadata["image/svg+xml"]?["alt"]?.string)
            #expect(png.count < 400_000)
        }
    }

    /// WCAG 2.2's contrast with a light page and with a dark one, of everything that is drawn but grids.
    @Test(arguments: cells) func everyMarkAndLetterShowsOnLightAndOnDark(cell: String) throws {
        for drawing in try drawings(of: cell) {
            let svg = try #require(drawing.data["image/svg+xml"]?.string)
            let visible = svg.replacing(/<mask.*<\/mask>/, with: "")
            var marks = 0
            for element in visible.matches(of: /<(text|path|rect|circle)[^>]*>/).map(\.output.0)
            where !element.contains("class=\"grid\"") {
                // A pale area counts by its edge.
                let isWash = element.contains("class=\"wash\"")
                if isWash { #expect(element.contains("stroke=\"#")) } else { #expect(!element.contains("opacity")) }
                for paint in element.matches(of: /(fill|stroke)="(#[0-9a-f]+)"/) {
                    marks += 1
                    let luminance = try Self.luminance(paint.output.2)
                    let onWhite = 1.05 / (luminance + 0.05)
                    let onDark = (luminance + 0.05) / (try Self.luminance("#111111") + 0.05)
                    #expect(onWhite >= 3 && onDark >= 3, "\(paint.output.0) in \(cell)")
                }
            }
            #expect(marks > 5)
            // Nothing lies behind it all.
            #expect(!visible.contains("#fff"))
        }
    }

    private static func luminance(_ colour: some StringProtocol) throws -> Double {
        let number = try #require(Int(colour.dropFirst(), radix: 16))
        #expect(colour.count == 7)
        let channels = [16, 8, 0].map { shift -> Double in
            let value = Double(number >> shift & 255) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    @Test(arguments: cells) func aDrawingFitsThePageAndSaysWhatItShows(cell: String) throws {
        for drawing in try drawings(of: cell) {
            let svg = try #require(drawing.data["image/svg+xml"]?.string)
            #expect(svg.contains("style=\"max-width:100%;height:auto\"") && svg.contains("viewBox"))
            #expect(try #require(svg.firstMatch(of: /<title>([^<]*)<\/title>/)).1.count > 10)
            let size = try #require(svg.firstMatch(of: /width="([0-9.]+)"/))
            let width = try #require(Double(size.1))
            for text in svg.matches(of: /<text x="([0-9.-]+)" [^>]*>([^<]*)</)
            where !text.output.0.contains("rotate") {
                let words = text.output.2.replacing(/&[a-z#0-9]+;/, with: "x")
                let length = SVG.width(of: String(words), size: 9)
                let x = try #require(Double(text.output.1))
                let anchor = text.output.0
                let (left, right) =
                    anchor.contains("\"end\"")
                    ? (x - length, x)
                    : anchor.contains("\"middle\"") ? (x - length / 2, x + length / 2) : (x, x + length)
                #expect(left >= -1 && right <= width + 1, "\(text.output.0)")
            }
        }
    }

    @Test func theSameDrawingIsTheSameBytes() throws {
        let first = try drawings(of: "%graph show")
        #expect(try drawings(of: "%graph show") == first)
    }

    @Test func interactiveGoesAlongOnlyWhereAskedFor() throws {
        let type = "application/vnd.vegalite.v5+json"
        for cell in [
            "%chart results", "%chart distances", "%evaluate --method logme", "%predict --target beta --method logme",
            "%recommend beta",
        ] {
            #expect(try drawings(of: cell).allSatisfy { $0.data[type] == nil })
            for drawing in try drawings(of: "\(cell) --interactive") {
                let chart = try #require(drawing.data[type])
                #expect(chart["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json")
                #expect((chart["data"]?["values"]?.array?.count ?? 0) > 1)
                #expect(String(decoding: chart.serialized, as: UTF8.self).contains("\"tooltip\""))
            }
        }
    }
}
