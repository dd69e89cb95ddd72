import JupyterKernel
import Presentation
import TGMagics
import Testing

@Suite struct TableTests {
    private let table = Table(
        columns: [.init("model"), .number("result", .decimals(3)), .number("size", .count)],
        rows: [
            [.text("a"), .number(0.12345678901234567), .integer(50_000)],
            [.text("名前"), .number(.nan), .missing],
        ], total: 12, emphasised: [0], notes: ["A note."])

    private func plain(_ table: Table) -> String { table.display.data["text/plain"]?.string ?? "" }
    private func html(_ table: Table) -> String { table.display.data["text/html"]?.string ?? "" }

    @Test func plainTextIsAlignedByWhatATerminalShows() {
        #expect(
            plain(table) == """
                model     result    size
                ─────  ─────────  ──────
                a          0.123  50,000
                名前   undefined       –
                … and 10 more (12 in all).
                A note.
                """)
    }

    @Test func programsGetEveryDigitAndTheTotal() {
        let json = table.display.data["application/vnd.transfergraph+json"]
        #expect(json?["kind"] == "table")
        #expect(json?["columns"] == ["model", "result", "size"])
        #expect(json?["rows"] == [["a", .number(0.12345678901234567), 50_000], ["名前", nil, nil]])
        #expect(json?["total"] == 12)
    }

    @Test func aMinusStaysWithItsNumber() {
        for width in 4...20 {
            let lines = "mean 0.1 [-0.734, -0.2] of so-called".wrapped(to: width)
            #expect(lines.allSatisfy { $0 != "[-" && !$0.hasSuffix(" -") && !$0.hasSuffix("[-") }, "\(lines)")
        }
        #expect("so-called".wrapped(to: 4) == ["so-", "call", "ed"])
    }

    @Test func aSetBreaksBehindItsElements() {
        let set = Table(columns: [.init("languages")], rows: [[.text("nob;nno;<sme>&")]])
        #expect(html(set).contains("nob;<wbr>nno;<wbr>&lt;sme&gt;&amp;</td>"))
    }

    @Test func aColumnOfLongNamesBreaksBehindTheirJoints() {
        let names = Table(columns: [.init("dataset")], rows: [[.text("smallnorb_label_azimuth/x")], [.text("a_b")]])
        #expect(html(names).contains(">smallnorb_<wbr>label_<wbr>azimuth/<wbr>x</td>"))
        #expect(html(names).contains(">a_<wbr>b</td>"))
        #expect(html(Table(columns: [.init("dataset")], rows: [[.text("a_b")]])).contains(">a_b</td>"))
    }

    @Test func htmlReadsWithoutStyleSheets() {
        #expect(html(table).contains("<td align=\"right\" style=\"text-align:right\"><b>0.123</b></td>"))
        #expect(html(table).contains("… and 10 more (12 in all)."))
        #expect(!html(table).contains("<style") && !html(table).contains("class="))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "a&amp;b", "\"><img src=x onerror=alert(1)>", "'", "a\u{1B}[31mred\u{7}",
        "two\nlines",
        "\u{202E}reversed",
    ])
    func namesAreTextEverywhere(_ name: String) {
        let table = Table(
            title: name, columns: [.init(name)], rows: [[.text(name)]], notes: [name])
        let html = html(table)
        let allowed = [
            "p", "/p", "b", "/b", "table", "/table", "thead", "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th",
            "td", "wbr", "/td", "div", "/div",
        ]
        let tags = html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).map { part in
            String(part.prefix { $0 != ">" && $0 != " " })
        }
        #expect(tags.allSatisfy(allowed.contains))
        for text in [html, plain(table)] {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
        }
        #expect(plain(table).split(separator: "\n").count == 5)
    }

    @Test(arguments: [
        (NumberFormat.figures, 0.913812, "0.9138"), (.figures, 26.3349, "26.33"), (.figures, 78_123.4, "78123"),
        (.figures, 0.00001234, "1.23e-05"), (.figures, 0, "0"), (.figures, -3.14159, "-3.142"),
        (.figures, 123_456_789, "1.23e+08"),
        (.decimals(3), -0.0001, "0.000"), (.decimals(2), 1.005, "1.00"), (.count, 1_234_567, "1,234,567"),
        (.count, -1000, "-1,000"), (.count, 0.5, "0.5000"), (.compact, 85_800_194, "85.8 M"),
        (.compact, 999_999, "1.0 M"), (.compact, 28, "28.00"),
        (.compact, 124_400_000_000, "124 G"), (.figures, .infinity, "∞"), (.figures, .nan, "undefined"),
    ])
    func numbersAreWrittenForPeople(_ format: NumberFormat, _ value: Double, _ expected: String) {
        #expect(format.text(value) == expected)
    }
}
