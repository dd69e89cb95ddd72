import Testing
import TransferGraphCore

/// What the predictors of the `tg:` methods see is what `--features` says.
struct FeatureSetTests {
    @Test(arguments: ["lr", "rf", "xgb"])
    func withoutEmbeddingsTheLearnerMakesNoDifference(_ predictor: String) throws {
        let files = MadeZoo.files()
        #expect(try csv(files, "tg:\(predictor):n2v", .basic) == csv(files, "tg:\(predictor):sage", .basic))
        #expect(try csv(files, "tg:\(predictor):n2v", .all) != csv(files, "tg:\(predictor):sage", .all))
    }

    @Test(arguments: ["lr", "rf", "xgb"])
    func withEmbeddingsAloneMetadataMakesNoDifference(_ predictor: String) throws {
        let files = MadeZoo.files()
        var others = files
        // Size, architecture and family of the models, size and classes of the datasets: no edge of the graph.
        others["models.csv"] =
            "model,dataset,accuracy\n" + (0..<24).map { "m\($0),d\($0 % 6),0.\(5 + $0 % 5)\n" }.joined()
        others["datasets.csv"] = "dataset,size,classes\n" + (0..<6).map { "d\($0),\(7 - $0),\(9 - $0)\n" }.joined()
        let method = "tg:\(predictor):n2v"
        #expect(try csv(files, method, .embedding) == csv(others, method, .embedding))
        #expect(try csv(files, method, .all) != csv(others, method, .all))
        #expect(try csv(files, method, .basic) != csv(others, method, .basic))
    }

    @Test(arguments: FeatureSet.allCases)
    func scoresAreSeenOnlyWhenAskedFor(_ set: FeatureSet) throws {
        let files = MadeZoo.files()
        var others = files
        others["scores.csv"] =
            "model,dataset,method,value\n"
            + (0..<24).flatMap { model in (0..<6).map { "m\(model),d\($0),LogME,\(model * 7 % 24 + $0)\n" } }.joined()
        // The graph takes scores as edges only where they are asked for.
        for asked in [false, true] {
            let predictions = try [files, others].map { try csv($0, "tg:xgb:n2v", set, scores: asked) }
            #expect((predictions[0] == predictions[1]) == !asked)
        }
    }

    /// The method's exported predictions, without the column of actual results.
    private func csv(
        _ files: [String: String], _ method: String, _ set: FeatureSet, scores: Bool = false
    ) throws -> String {
        let directory = try TemporaryZoo(files)
        var evaluator = Evaluator(methods: [method])
        let zoo = try Zoo.load(path: directory.path)
        evaluator.targets = [1, 4]
        evaluator.settings.dimension = 8
        evaluator.settings.embeddingsPerTarget = 1
        evaluator.settings.features = set
        evaluator.settings.scoresAsFeatures = scores
        let rows = try evaluator.evaluate(zoo).csv().split(separator: "\n").dropFirst()
        let cells = rows.map { $0.split(separator: ",").dropFirst().prefix(3) }
        return cells.map { $0.joined(separator: ",") }.joined(separator: "\n")
    }
}
