import Foundation
import JupyterKernel
import TGMagics
import Testing

@Suite struct ReportTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
    }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: directory.path + "/" + name))
    }

    private func write(_ name: String, _ options: String = "") throws -> String {
        try notebook.run("%report --target alpha --method auto --out \(directory.path)/\(name) \(options)")
        return String(decoding: try bytes(name), as: UTF8.self)
    }

    @Test func itAnswersWithReasonsTrustAndHowItWasMade() throws {
        let html = try write("r.html")
        for part in [
            "For alpha: which model to fine-tune?", "first, then", "in four of five cases", "mean correlation of",
            "What speaks for", "What would change the answer", "How far this can be trusted", "fnv1a:", "<td",
            "TransferGraph \(InterpreterInfo.version)", "seed", "What the words mean", "regret@k", "size: A4",
        ] { #expect(html.contains(part), "\(part)") }
        #expect(
            !html.contains("<script") && !html.contains("<img") && !html.contains("src=\"")
                && !html.contains("url(http"))
        let details = html.components(separatedBy: "<details").count
        #expect(details == html.components(separatedBy: "</details>").count && details > 3)
    }

    @Test func theEndingSaysTheFormat() throws {
        #expect(try write("r.md", "--no-evaluation").hasPrefix("# Which model to fine-tune for alpha"))
        #expect(try write("r.json", "--no-evaluation").contains("\"kind\":\"report\""))
        try notebook.run("%report --target alpha --method history --out \(directory.path)/r.pdf")
        let pdf = try bytes("r.pdf")
        #expect(pdf.starts(with: Array("%PDF-".utf8)) && pdf.count > 10_000)
        #expect(String(decoding: pdf, as: UTF8.self).contains("595"))
    }

    @Test(arguments: ["x.docx", "x.html.gz", "x.csv"]) func anEndingThatIsNotKnownIsRefusedBeforeTheWork(name: String)
        throws
    {
        let error = try notebook.error("%report --target alpha --out \(directory.path)/\(name)")
        #expect(error.name == "UsageError" && error.traceback.joined().contains(".html, .md, .json or .pdf"))
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/" + name))
    }

    @Test(arguments: ["html", "md", "json", "pdf"]) func twoRunsAreTheSameBytes(ending: String) throws {
        _ = try write("a.\(ending)")
        let first = try bytes("a.\(ending)")
        _ = try write("a.\(ending)")
        #expect(try bytes("a.\(ending)") == first)
    }

    @Test func withoutEvaluationNothingIsMeasuredAndThatIsSaid() throws {
        let html = try write("n.html", "--no-evaluation")
        #expect(!html.contains("How far this can be trusted"))
        #expect(html.contains("How far that can be trusted was not measured here."))
    }
}
