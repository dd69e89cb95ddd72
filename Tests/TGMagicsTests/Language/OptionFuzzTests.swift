import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import TGMagics
import Testing

/// Seeded noise for what magics are asked to do: their options, with values nobody would give them.
/// `TRANSFERGRAPH_FUZZ_SECONDS` sets how long it runs.
@Suite struct OptionFuzzTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["TRANSFERGRAPH_FUZZ_SECONDS"].flatMap { Double($0) } ?? 1

    /// Lines that work as they are; options are put behind them.
    private static let lines = [
        "zoo load ZOO", "zoo use ZOO", "zoo list", "zoo info", "models", "datasets", "records", "scores", "methods",
        "graph build", "graph info", "graph show", "graph export FILE.csv", "embed node2vec --dimension 4 --walks 1",
        "embed node2vec+ --dimension 4 --walks 1 --length 5 --no-quality", "embed graphsage --dimension 4",
        "embed gat --dimension 4", "predict --target alpha --method history",
        "predict --target alpha --method tg:lr:n2v --dimension 4 --embeddings 1", "predict --target alpha",
        "evaluate --method history --target alpha", "evaluate --method logme", "recommend alpha --method history",
        "dataset add new", "score all --features FEATURES --labels LABELS", "compare z FILE.csv", "who", "lsmagic",
        "help", "history", "echo", "echo --stderr", "time", "time models", "run", "clear", "reset", "report --out FILE",
        "z = evaluate --method history --target alpha", "export z FILE.csv", "export z FILE.json", "export z /dev/full",
        "%sql\nselect * from records",
    ]

    private static let values = [
        "-1", "0", "1", "2", "-5", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "18446744073709551616", "4294967296", "2147483648", "1e308", "-1e308", "1e400",
        "1e-320",
        "nan", "-nan", "inf", "-inf", "0.5", "-0.0", "0x10", "1_000", "١٢", "1,1", "1,nan", "0,0.5", ",", "", " ", "é",
        "\u{202E}evil", "\u{0}", "-", "--", "'", "\"", "$z", "${", "#", "%s%n%@", "<script>", "\\", "=", "a=b=c",
        "alpha=-1", "alpha=1e308", "beta=nan", "=1", "alpha", "beta", "model-1", "results,scores", "lineage",
        "tg:lr:n2v+", "auto", "logme", "tidy", "lora", "basic", "node2vec", "zoo", "select", "/", "/dev/null",
        "/dev/full", "/proc/self/mem", "..", "~", "~nobody-there/x", String(repeating: "x", count: 10_000),
        String(repeating: "e\u{301}", count: 300), String(repeating: "1", count: 400), "ZOO", "FILE", "FEATURES",
        "LABELS",
    ]
    /// Where an option writes, a value may name no file of the directory that the tests run in.
    private static let places = [
        "", "/", "/dev/full", "/dev/null", "/nowhere/at/all", "FILE", "ZOO", "FILE/x", "FILE.csv",
    ]

    /// A cell ends, with a value or with an error that has a name of its own: the process lives.
    @Test func whateverAMagicIsAskedItEnds() throws {
        let directory = try TemporaryDirectory()
        let zoo = try TestZoo.write(to: directory)
        let rows = (0..<12).map { row in (0..<3).map { Double((row * 5 + $0 * 3) % 7) } }
        try NumPyFile.write(rows, to: directory.path + "/features.npy")
        try NumPyFile.write(rows.indices.map { Int64($0 % 3) }, to: directory.path + "/labels.npy")
        let standing = [
            "ZOO": zoo, "FILE": directory.path + "/out", "FEATURES": directory.path + "/features.npy",
            "LABELS": directory.path + "/labels.npy",
        ]
        func filled(_ text: String) -> String {
            standing.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
        }
        var state: UInt64 = 0xF022
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let deadline = Date().addingTimeInterval(Self.seconds)
        var notebook = TestNotebook()
        while Date() < deadline {
            if below(50) == 0 { notebook = TestNotebook() }
            if notebook.interpreter.session.state.zoo == nil {
                try notebook.run("%zoo load \(Word.quoting(zoo))\nz = %evaluate --method history --target alpha")
            }
            var lines = Self.lines[below(Self.lines.count)].split(separator: "\n").map(String.init)
            let words = lines[0].split(separator: " ").map(String.init).filter { $0 != "z" && $0 != "=" }
            var declaration = notebook.interpreter.registry.declaration(of: String(words[0].drop { $0 == "%" }))
            if words.count > 1, let subcommand = declaration?.subcommand(named: words[1]) { declaration = subcommand }
            let options = declaration?.options ?? []
            var line = filled(lines[0])
            for _ in 0..<below(4) {
                let option = options.isEmpty ? nil : options[below(options.count)]
                let spelling = option?.spellings.first { $0.hasPrefix("--") } ?? "--"
                let writes = ["--export", "--out"].contains(spelling)
                let choices = writes ? Self.places : Self.values
                let value = Word.quoting(filled(choices[below(choices.count)]))
                switch below(8) {
                case 0 where !writes: line += " " + value
                case 1, 2, 3: line += " \(spelling)=\(value)"
                case 4 where option?.kind == .flag: line += " " + spelling
                default: line += " \(spelling) \(value)"
                }
            }
            lines[0] = line.hasPrefix("z =") ? line : "%" + line
            let code = lines.joined(separator: "\n")
            let cell = Cell(code: code, silent: false, executionCount: 1)
            let outcome = notebook.interpreter.execute(cell, in: HurriedContext(for: .milliseconds(100)))
            if case .failure(let error) = outcome {
                #expect(error.name != "InternalError", "\(code.prefix(2_000).debugDescription): \(error.value)")
                #expect(!error.value.isEmpty && error.value.count < 9_000, "\(code.prefix(2_000).debugDescription)")
            }
        }
    }
}
