import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

/// A zoo's names come from strangers. Wherever one is shown it is text: no markup in a page, no control in a terminal.
@Suite struct HostileNamesTests {
    private static let names = [
        "<script>alert(1)</script>", "a&b \"q\" 'r' <img src=x onerror=alert(2)>", "two\nlines", "tab\tbed",
        "red\u{1B}[31m\u{7}bell", "over\rwritten", "pipe|`tick`|**bold**", "[x](javascript:alert(3))",
        "]]><svg onload=alert(4)>", "evil\u{202E}gnp.exe", "{{zoo}}{{{graph}}}", "$z ${z} \\n %echo #", "c1\u{9B}31m",
    ]

    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        func field(_ text: String) -> String { "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        var records = "model,dataset,score\n"
        var scores = "model,dataset,method,value\n"
        var models = "model,family,parameters\n"
        var similarity = "dataset_a,dataset_b,distance\n"
        for (m, model) in Self.names.enumerated() {
            models += "\(field(model)),\(field(model)),\((m + 1) * 1_000_000)\n"
            for (d, dataset) in Self.names.enumerated() {
                let value = Double((m * 7 + d * 5) % 11) / 22 + Double(m) / 40
                records += "\(field(model)),\(field(dataset)),\(value)\n"
                scores += "\(field(model)),\(field(dataset)),logme,\(value * value)\n"
                if d < m { similarity += "\(field(model)),\(field(dataset)),\(m - d)\n" }
            }
        }
        try directory.write(records, to: "records.csv")
        try directory.write(scores, to: "scores.csv")
        try directory.write(models, to: "models.csv")
        try directory.write(similarity, to: "similarity.csv")
        try notebook.run("%zoo load \(directory.path) --as '<script>alert(5)</script>\u{1B}[5m'")
    }

    @Test func namesAreKeptAsTheyAreForPrograms() throws {
        let rows = try notebook.json("%models --all")["rows"]?.array
        #expect(Set(rows?.compactMap { $0.array?[0].string } ?? []) == Set(Self.names))
    }

    @Test(arguments: [
        "%zoo info", "%zoo list", "%models --all", "%datasets --all", "%records --all", "%scores --all", "%graph build",
        "%graph show", "%embed node2vec --dimension 4", "%evaluate --method history --method logme", "%who",
        "%%sql --all\nselect model, dataset as \"<script>&\u{1B}[31m\" from records limit 40",
        "%%sql\nselect '<script>' || char(27) || '[31m' || char(10) || model as m from models",
        "z = %models\n%who", "x = '\u{1B}[31m<script>'\n%who\nx",
    ])
    func displaysShowThemAsText(_ code: String) throws {
        let context = RecordingContext()
        let value = try notebook.run(code, in: context)
        check([value].compactMap(\.self), context, code)
    }

    @Test(arguments: names)
    func displaysOfOneShowItAsText(_ name: String) throws {
        let word = Word.quoting(name)
        for code in [
            "%predict --target \(word) --method history", "%predict --target \(word) --method logme --top 3",
            "%recommend \(word) --method history", "%evaluate --target \(word) --method history",
            "%graph build --target \(word)", "%graph show --around \(word)", "%records --model \(word)",
            "%records --dataset \(word) --model \(word)", "%scores --dataset \(word)", "x = \(quoted(name))\nx",
            "%dataset add \(Word.quoting("new " + name)) --near \(Word.quoting(name + "=0.5"))",
        ] {
            let context = RecordingContext()
            let value = try notebook.run(code, in: context)
            check([value].compactMap(\.self), context, code)
        }
        let context = RecordingContext()
        try notebook.run("x = \(quoted(name))\n%echo $x", in: context)
        check([], context, "%echo \(name)")
        for detail in 0...1 {
            let code = "%predict --target \(word)"
            let found = notebook.interpreter.inspect(code, at: code.unicodeScalars.count - 1, detail: detail)
            check([found].compactMap(\.self), RecordingContext(), "Shift-Tab on \(name)")
        }
    }

    /// What is typed wrong is told again in the error, and so are the names that come nearest.
    @Test(arguments: names)
    func errorsShowThemAsText(_ name: String) throws {
        let wrong = Word.quoting(name + "!")
        for code in [
            "%predict --target \(wrong)", "%recommend \(wrong)", "%records --model \(wrong)", "%zoo use \(wrong)",
            "%zoo load \(wrong)", "%graph show --around \(wrong)", "%predict --target \(wrong) --method \(wrong)",
            "%models --sort \(wrong)", "%echo ${x\(name)} $nothing \(wrong)", "%run \(wrong)", "%help \(wrong)",
            "%models \(wrong)", "%models --\(name)", "%%sql\nselect \(name) from \(name)", "\(wrong)",
            "%graph export \(wrong)", "%dataset add \(Word.quoting(name))",
            "%score all --features \(wrong) --labels \(wrong)",
        ] {
            let context = RecordingContext()
            let error: ExecutionError
            do { error = try notebook.error(code, in: context) } catch { continue }
            let ours = ["\u{1B}[1m", "\u{1B}[1;31m", "\u{1B}[36m", "\u{1B}[32m", "\u{1B}[0m"]
            for line in error.traceback + [error.value, error.name] {
                // The colours of the trace are ours; a name that held one would double it or leave another.
                let bare = ours.reduce(line) { $0.replacingOccurrences(of: $1, with: "") }
                #expect(
                    !bare.unicodeScalars.contains(where: isActive), "\(code.debugDescription): \(bare.debugDescription)"
                )
            }
            check([], context, code)
        }
    }

    @Test func completionsReadBackAsTheNames() throws {
        let code = "%predict --target "
        let items = notebook.interpreter.complete(code, at: code.unicodeScalars.count).items.map(\.text)
        #expect(items.count == Self.names.count)
        for item in items {
            guard case .statements(let statements) = try ParsedCell(code + item),
                case .command(let words) = statements.first?.action
            else { throw CocoaError(.coderInvalidValue) }
            #expect(statements.count == 1 && words.count == 3)
            #expect(words.last?.literal.map(Self.names.contains) == true, "\(item.debugDescription)")
        }
    }

    @Test func writtenFilesHoldThemAsText() throws {
        for file in ["g.svg", "g.graphml"] {
            try notebook.run("%graph export \(directory.path)/\(file)")
            let text = try String(contentsOfFile: "\(directory.path)/\(file)", encoding: .utf8)
            let elements = try #require(WellFormed.elements(of: text), "\(file)")
            #expect(elements.isDisjoint(with: ["script", "img"]), "\(file)")
            checkMarkup(text, file)
        }
        try notebook.run(
            "%report --out \(directory.path)/r.html --method history --target \(Word.quoting(Self.names[0]))")
        checkMarkup(try String(contentsOfFile: "\(directory.path)/r.html", encoding: .utf8), "report")
    }

    /// The name in double quotes: a text, also where a bare word would be a command.
    private func quoted(_ name: String) -> String {
        var text = "\""
        for scalar in name.unicodeScalars {
            if "\"\\$".unicodeScalars.contains(scalar) { text.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }

    // MARK: What text is

    private func check(_ values: [DisplayData], _ context: RecordingContext, _ code: String) {
        let recorded = context.recorded
        for data in values + recorded.displays.map(\.data) + recorded.updates.map(\.data) + recorded.pages {
            for (type, content) in data.data {
                guard let text = content.string else { continue }
                switch type {
                case "text/html", "image/svg+xml": checkMarkup(text, code)
                default: checkPlain(text, code)
                }
                if type == "image/svg+xml" { #expect(WellFormed.elements(of: text) != nil, "\(code)") }
            }
        }
        for text in recorded.text.values { checkPlain(text, code) }
    }

    private func checkMarkup(_ text: String, _ code: String) {
        let lower = text.lowercased()
        for mark in ["<script", "<img", "<svg onload", "onerror=alert(2)>", "\"q\""] {
            #expect(!lower.contains(mark), "\(code.debugDescription) gives \(mark)")
        }
        checkPlain(text, code)
    }

    private func checkPlain(_ text: String, _ code: String) {
        let active = text.unicodeScalars.filter(isActive)
        #expect(active.isEmpty, "\(code.debugDescription) gives \(String(active).debugDescription)")
    }

    /// Whether a terminal or a reader's eye is moved by the scalar.
    private func isActive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
