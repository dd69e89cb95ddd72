import Foundation
import Kernel
import TGMagics
import Testing

/// Scores and the user's own dataset, from files.
@Suite struct ScoreTests {
    let notebook = TestNotebook()
    private static let oracles = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/oracles").standardizedFileURL.path
    private static var hasOracles: Bool {
        FileManager.default.fileExists(atPath: oracles + "/transferability_scores.csv")
    }

    @Test(.enabled(if: hasOracles, "the oracles of ../shared are not here"))
    func scoresHaveTheNamesAndFiguresOfTheOracles() throws {
        let files = "--features \(Self.oracles)/wine_wide_features.npy --labels \(Self.oracles)/wine_wide_labels.npy"
        let json = try notebook.json("%score logme h-score --threads 1 \(files)")
        #expect(json["kind"] == "scores")
        let lines = try String(contentsOfFile: Self.oracles + "/transferability_scores.csv", encoding: .utf8)
            .split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
        for name in ["LogME", "H-score"] {
            let expected = try #require(lines.first { $0[0] == "wine_wide" && $0[1] == name }.flatMap { Double($0[2]) })
            guard case .number(let value)? = json["values"]?[name] else {
                Issue.record("no value for \(name)")
                return
            }
            #expect(abs(value - expected) <= 1e-8 * abs(expected))
        }
    }

    @Test func aMisspeltScoreIsHelpedAndAMissingFileNamed() throws {
        #expect(try notebook.error("%score logmee --features a.npy --labels b.npy").name == "UnknownScore")
        let error = try notebook.error("%score logme --features /nowhere/a.npy --labels /nowhere/b.npy")
        #expect(error.traceback.joined().contains("/nowhere/a.npy"))
    }

    @Test func aDatasetOfTheUsersOwnIsATargetAtOnce() throws {
        let directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory)) --as small")
        try notebook.run("%dataset add mine --near alpha=0.5 --near beta=2 --size 100 --classes 4")
        let json = try notebook.json("%recommend mine --method history")
        #expect(json["target"] == "mine" && json["models"]?.array?.count == 5)
        #expect(try notebook.error("%dataset add mine --size 3").name == "NameTaken")
        #expect(try notebook.error("%dataset add other --near nowhere=1").name == "UnknownDataset")
        #expect(try notebook.error("%dataset add other --near alpha").name == "UsageError")
    }
}
