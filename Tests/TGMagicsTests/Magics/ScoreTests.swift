import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

/// Scores and the user's own dataset, from files.
@Suite struct ScoreTests {
    let notebook = TestNotebook()
    private static let oracles = SharedFiles.oracles.path
    private static var hasOracles: Bool { SharedFiles.hasOracles }

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
        #expect(try notebook.text("%dataset add mine --size 3").contains("Replaced the dataset 'mine'"))
        #expect(try notebook.error("%dataset add alpha --size 3").name == "NameTaken")
        #expect(try notebook.error("%dataset add other --near nowhere=1").name == "UnknownDataset")
        #expect(try notebook.error("%dataset add other --near alpha").name == "UsageError")
    }

    /// Features and labels from files: a mean feature as its embedding, size and classes counted, and a target at once.
    @Test(.enabled(if: hasOracles, "the oracles of ../shared are not here"))
    func aDatasetOfTheUsersOwnIsMadeFromItsFeatures() throws {
        let directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory)) --as small")
        let files = "\(Self.oracles)/digits_hidden"
        try notebook.run(
            "%dataset add digits --features \(files)_features.npy --labels \(files)_labels.npy --near alpha=0.5")
        let rows = try #require(try notebook.json("%datasets --match digits")["rows"]?.array)
        #expect(rows.count == 1 && rows[0].array?[0] == "digits")
        let facts = try notebook.json(
            """
            %%sql
            select cast(size as integer), cast(classes as integer) from datasets where dataset = 'digits'
            """)
        #expect(facts["rows"] == [[897, 10]])
        #expect(try notebook.json("%zoo info")["datasets"] == 5)
        for method in ["history", "auto", "tg:lr:n2v", "tg:xgb:sage"] {
            let options = method.hasPrefix("tg:") ? "--embeddings 1 --dimension 4" : ""
            let json = try notebook.json("%recommend digits \(options) --method \(method)")
            #expect(json["target"] == "digits" && json["models"]?.array?.count == 5, "\(method)")
        }
        // Of another dimension, it cannot be compared with the first.
        let error = try notebook.error("%dataset add wine --features \(Self.oracles)/wine_wide_features.npy")
        #expect(error.name == "DimensionMismatch")
        let wrong = try notebook.error(
            "%dataset add other --features \(Self.oracles)/digits_hidden_features.npy --labels \(Self.oracles)/wine_wide_labels.npy"
        )
        #expect(wrong.name == "ShapeMismatch")
        #expect(try notebook.json("%zoo info")["datasets"] == 5)
    }

    /// From (1, 2, 4) to (2, 5, 1): √19, 1 − 16/√630, 1 + 24/√3276; and for Task2Vec's vectors of Fisher information,
    /// 1 minus the cosine of (1/3, 2/7, 4/5) and (2/3, 5/7, 1/5).
    @Test(arguments: [
        ("euclidean", 4.358898944), ("cosine", 0.362544742), ("correlation", 1.419313935),
        ("normalized-cosine", 0.355782923),
    ])
    func everyDistanceIsTakenFromTheGivenVector(distance: String, expected: Double) throws {
        let directory = try TemporaryDirectory()
        let path = try TestZoo.write(to: directory)
        try NumPyFile.write([[1, 2, 4], [3, 1, 2]], to: path + "/embeddings.npy")
        try directory.write("alpha\nbeta\n", to: "embeddings.txt")
        try NumPyFile.write([[2, 5, 1]], to: path + "/fisher.npy")
        try notebook.run("%zoo load \(path) --as small")
        try notebook.run("%dataset add mine --embedding \(path)/fisher.npy --distance \(distance)")
        let told = try notebook.json(
            "%%sql\nselect distance from similarity where 'mine' in (dataset_a, dataset_b) and 'alpha' in (dataset_a, dataset_b)"
        )
        guard case .array(let cells)? = told["rows"]?.array?.first, case .number(let value)? = cells.first else {
            Issue.record("no distance")
            return
        }
        #expect(abs(value - expected) < 1e-6)
        for method in ["history:similarity", "auto", "tg:lr:gat"] {
            let options = method.hasPrefix("tg:") ? "--embeddings 1 --dimension 4" : ""
            let json = try notebook.json("%predict --target mine \(options) --method \(method)")
            #expect(json["target"] == "mine", "\(method)")
        }
    }

    /// The distance to a dataset with an embedding is that of the mean features.
    @Test func aZoosEmbeddingsGiveTheNewDatasetsDistances() throws {
        let directory = try TemporaryDirectory()
        let path = try TestZoo.write(to: directory)
        try NumPyFile.write([[0, 0, 0], [3, 4, 0]], to: path + "/embeddings.npy")
        try directory.write("alpha\nbeta\n", to: "embeddings.txt")
        try NumPyFile.write([[2, 3, 0], [4, 5, 0]], to: path + "/mine.npy")
        try notebook.run("%zoo load \(path) --as small\n%dataset add mine --features \(path)/mine.npy")
        let json = try notebook.json(
            "%%sql\nselect dataset_a, dataset_b, distance from similarity where dataset_a = 'mine' or dataset_b = 'mine'"
        )
        // The mean is (3, 4, 0): 5 from alpha, 0 from beta, and nothing is known of the rest.
        let distances = try #require(json["rows"]?.array).compactMap { row -> (Set<String>, JSON)? in
            guard let cells = row.array, let a = cells[0].string, let b = cells[1].string, a != b else { return nil }
            return ([a, b], cells[2])
        }
        #expect(distances.contains { $0.0 == ["mine", "alpha"] && $0.1 == .number(5) })
        #expect(distances.contains { $0.0 == ["mine", "beta"] && $0.1 == .number(0) })
        #expect(!distances.contains { $0.0 == ["mine", "gamma"] })
        #expect(try notebook.json("%recommend mine --method history:similarity")["target"] == "mine")
        // A vector of its own: orthogonal to alpha's zero vector is undefined, along beta's is no distance at all.
        try NumPyFile.write([[6, 8, 0]], to: path + "/vector.npy")
        try notebook.run("%dataset add other --embedding \(path)/vector.npy --distance cosine")
        let angle = try notebook.json(
            "%%sql\nselect distance from similarity where 'other' in (dataset_a, dataset_b) and 'beta' in (dataset_a, dataset_b)"
        )
        guard case .array(let cells)? = angle["rows"]?.array?.first, case .number(let told)? = cells.first else {
            Issue.record("no distance")
            return
        }
        #expect(abs(told) < 1e-12)
        #expect(try notebook.error("%dataset add more --embedding \(path)/mine.npy").name == "ShapeMismatch")
    }

    /// Two models on the same 40 samples, the first telling the classes apart better.
    private func twoModels(in path: String) throws {
        func rows(_ gap: Double) -> [[Double]] {
            (0..<40).map { row -> [Double] in
                let shift: Double = row % 2 == 0 ? gap : -gap
                return (0..<3).map { column -> Double in
                    let wave: Double = sin(Double(row * 7 + column * 3))
                    return shift + wave + Double(column)
                }
            }
        }
        try NumPyFile.write(rows(2), to: path + "/good.npy")
        try NumPyFile.write(rows(0.1), to: path + "/bad.npy")
        try NumPyFile.write((0..<40).map { Int64($0 % 2) }, to: path + "/labels.npy")
        try NumPyFile.write((0..<40).map { [0.5 + 0.1 * Double($0)] }, to: path + "/numbers.npy")
    }

    /// Each features file has a row of its own, with the values that it has alone.
    @Test func severalModelsAreScoredInOneTable() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try twoModels(in: path)
        let all = try notebook.json(
            "%score all --features \(path)/good.npy --features \(path)/bad.npy --labels \(path)/labels.npy")
        let models = try #require(all["models"]?.array)
        #expect(models.map { $0["model"]?.string } == [path + "/good.npy", path + "/bad.npy"])
        for (model, file) in zip(models, ["good", "bad"]) {
            let alone = try notebook.json("%score all --features \(path)/\(file).npy --labels \(path)/labels.npy")
            #expect(model["values"] == alone["values"], "\(file)")
        }
        try notebook.run(
            "best = %score logme --features \(path)/bad.npy --features \(path)/good.npy --labels \(path)/labels.npy")
        let context = RecordingContext()
        try notebook.run("%echo $best", in: context)
        #expect(context.stdout.contains("good.npy"))
        #expect(
            try notebook.error("%score all --features \(path)/good.npy --model a --model b --labels \(path)/labels.npy")
                .name
                == "UsageError")
    }

    @Test func scoresGoIntoTheZooForOnesOwnDataset() throws {
        let directory = try TemporaryDirectory()
        let path = try TestZoo.write(to: directory)
        try twoModels(in: path)
        try notebook.run("%zoo load \(path) --as small\n%dataset add mine --size 40")
        let line =
            "%score logme h-score --features \(path)/good.npy --model model-2 --features \(path)/bad.npy --model model-5 --labels \(path)/labels.npy"
        #expect(try notebook.error(line + " --dataset mine").name == "UsageError")
        #expect(try notebook.error(line + " --into zoo").name == "UsageError")
        #expect(try notebook.error(line + " --dataset nowhere --into zoo").name == "UnknownDataset")
        #expect(
            try notebook.error(line.replacing("model-5", with: "model-55") + " --dataset mine --into zoo").name
                == "UnknownModel")
        let json = try notebook.json(line + " --dataset mine --into zoo")
        let rows = try notebook.json("%scores --dataset mine")["rows"]?.array
        #expect(rows?.count == 4)
        // The zoo's own LogME goes on, under the name it has there.
        #expect(
            try notebook.json("%methods")["rows"]?.array?.count { $0.array?[0].string?.contains("logme") == true } == 1)
        let recommended = try notebook.json("%recommend mine --method h-score --top 2")
        #expect(recommended["models"]?.array?.first?["model"] == "model-2")
        #expect(json["into"] == "small")
        // Again: replaced, not doubled.
        try notebook.run(line + " --dataset mine --into zoo")
        #expect(try notebook.json("%scores --dataset mine")["rows"]?.array?.count == 4)
    }

    @Test func onlyLogMEHasAFormForLabelsThatAreNotWhole() throws {
        let directory = try TemporaryDirectory()
        try twoModels(in: directory.path)
        let both = try notebook.json(
            "%score logme h-score --features \(directory.path)/good.npy --labels \(directory.path)/numbers.npy")
        #expect(both["notes"]?["H-score"] == "H-score is of classes, and the labels are numbers that are not whole.")
        let json = try notebook.json(
            "%score logme --features \(directory.path)/good.npy --labels \(directory.path)/numbers.npy")
        guard case .number? = json["values"]?["LogME"] else {
            Issue.record("no value")
            return
        }
    }

    /// A folder as `%features extract` writes it.
    @Test func aFolderOfFeaturesIsScored() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try twoModels(in: path)
        func manifest(_ features: String) -> String {
            """
            {"format": "transfergraph-features", "version": 1,
             "data": {"samples": 40, "classes": 2, "labels": "labels.npy"},
             "models": [{"model": "a", "status": "done", "features": "\(features)", "probabilities": null},
                        {"model": "b", "status": "failed", "error": "no such model"}]}
            """
        }
        try directory.write(manifest("good.npy"), to: "manifest.json")
        let json = try notebook.json("%score logme --from \(path)")
        #expect(json["models"]?.array?.count == 1)
        #expect(try notebook.text("%score logme --from \(path)").contains("no such model"))
        #expect(try notebook.error("%score logme --from \(path) --model c").name == "UnknownModel")
        #expect(try notebook.error("%score logme --from \(path) --model b").name == "NoFeatures")
        try directory.write(manifest("../elsewhere.npy"), to: "manifest.json")
        #expect(try notebook.error("%score logme --from \(path)").name == "ManifestError")
        #expect(try notebook.error("%score logme --from /nowhere").name == "FileNotFound")
    }

    @Test func aFileOfModelsIsReadOrRefused() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("\u{FEFF}onnx:a.onnx\r\n# a comment\r\n timm:b\r\n", to: "models.txt")
        #expect(try FeaturesExtractMagic.list([file, "hf:c"]) == ["onnx:a.onnx", "timm:b", "hf:c"])
        try "onnx:a.onnx".write(toFile: file, atomically: false, encoding: .utf16LittleEndian)
        let error = #expect(throws: UserError.self) { try FeaturesExtractMagic.list([file]) }
        #expect(error?.name == "FileNotReadable")
    }

    @Test func aPythonThatIsNotThereIsNamed() throws {
        let error = try notebook.error("%features extract --models a --data b --out c --python /nowhere/python")
        #expect(error.name == "PythonNotFound")
    }
}
