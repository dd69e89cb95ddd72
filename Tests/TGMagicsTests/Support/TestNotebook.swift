import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import TGMagics
import Testing

/// A session to run cells in.
struct TestNotebook {
    let interpreter = CellInterpreter.transferGraph()

    /// Runs a cell that must succeed.
    @discardableResult
    func run(_ code: String, in context: RecordingContext = RecordingContext()) throws -> DisplayData? {
        switch interpreter.execute(Cell(code: code, silent: false, executionCount: 1), in: context) {
        case .success(let value): return value
        case .failure(let error):
            Issue.record("\(error.traceback.joined(separator: "\n"))")
            throw error
        }
    }

    /// Runs a cell that must fail.
    func error(_ code: String, in context: RecordingContext = RecordingContext()) throws -> ExecutionError {
        switch interpreter.execute(Cell(code: code, silent: false, executionCount: 1), in: context) {
        case .failure(let error): return error
        case .success: throw UnexpectedSuccess(code: code)
        }
    }

    /// The value's plain text.
    func text(_ code: String) throws -> String { try run(code)?.data["text/plain"]?.string ?? "" }

    /// The value's numbers.
    func json(_ code: String) throws -> JSON {
        try #require(try run(code)?.data["application/vnd.transfergraph+json"])
    }

    struct UnexpectedSuccess: Error { let code: String }
}

/// Small zoos in the tidy format.
enum TestZoo {
    /// Names that would do harm where they are not escaped.
    static let hostileModel = "<script>alert(1)</script>"
    static let hostileDataset = "a&b \"quoted\" <img src=x onerror=alert(2)>"

    /// A zoo of 12 models and 4 datasets with results that follow a hidden quality; one model and one dataset have
    /// hostile names.
    static func write(to directory: TemporaryDirectory) throws -> String {
        let models = (0..<11).map { "model-\($0)" } + [hostileModel]
        let datasets = ["alpha", "beta", "gamma", hostileDataset]
        func quoted(_ name: String) -> String { "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        var records = "model,dataset,score\n"
        var scores = "model,dataset,method,value\n"
        var description = "model,family,parameters\n"
        for (m, model) in models.enumerated() {
            description += "\(quoted(model)),\(m % 2 == 0 ? "vit" : "resnet"),\((m + 1) * 1_000_000)\n"
            for (d, dataset) in datasets.enumerated() {
                let wobble = Double((m * 7 + d * 5) % 11) / 40
                records += "\(quoted(model)),\(quoted(dataset)),\(0.3 + Double(m) / 24 + wobble)\n"
                scores += "\(quoted(model)),\(quoted(dataset)),logme,\(0.1 * Double(m) + wobble)\n"
            }
        }
        var similarity = "dataset_a,dataset_b,distance\n"
        for a in datasets.indices {
            for b in 0..<a { similarity += "\(quoted(datasets[a])),\(quoted(datasets[b])),\(a - b)\n" }
        }
        try directory.write(records, to: "records.csv")
        try directory.write(scores, to: "scores.csv")
        try directory.write(description, to: "models.csv")
        try directory.write(similarity, to: "similarity.csv")
        return directory.path
    }
}
