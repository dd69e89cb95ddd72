import Foundation
import Testing
import TransferGraphCore

/// Objects in objects: which level holds what is told by the names, whichever order the levels stand in.
@Suite struct JSONLevelTests {
    private func zoo(_ text: String, options: ReadingOptions = ReadingOptions()) throws -> Zoo {
        let directory = try TemporaryZoo(["r.json": text])
        return try Zoo.load(paths: [directory.path + "/r.json"], options: options)
    }

    /// The names of its models, and those of its datasets.
    private func names(_ zoo: Zoo) -> [Set<String>] {
        [Set(zoo.models.map(\.name)), Set(zoo.datasets.map(\.name))]
    }

    @Test(arguments: [
        #"{"resnet50": {"pets": {"accuracy": 0.9, "ece": 0.05}, "cars": {"accuracy": 0.85, "ece": 0.06}}, "vit": {"pets": {"accuracy": 0.93, "ece": 0.03}, "cars": {"accuracy": 0.88, "ece": 0.04}}}"#,
        #"{"pets": {"resnet50": {"accuracy": 0.9, "ece": 0.05}, "vit": {"accuracy": 0.93, "ece": 0.03}}, "cars": {"resnet50": {"accuracy": 0.85, "ece": 0.06}, "vit": {"accuracy": 0.88, "ece": 0.04}}}"#,
        #"{"accuracy": {"resnet50": {"pets": 0.9, "cars": 0.85}, "vit": {"pets": 0.93, "cars": 0.88}}, "ece": {"resnet50": {"pets": 0.05, "cars": 0.06}, "vit": {"pets": 0.03, "cars": 0.04}}}"#,
        #"{"results": {"resnet50": {"pets": {"accuracy": 0.9}, "cars": {"accuracy": 0.85}}, "vit": {"pets": {"accuracy": 0.93}, "cars": {"accuracy": 0.88}}}, "config": {"lr": 0.1}}"#,
    ])
    func threeLevelsAreReadInAnyOrder(_ text: String) throws {
        let zoo = try zoo(text)
        #expect(names(zoo) == [["resnet50", "vit"], ["pets", "cars"]])
        #expect(try TableCase.result(zoo, "vit", "cars") == 0.88 && TableCase.result(zoo, "resnet50", "pets") == 0.9)
        #expect(try TableCase.metric(zoo, "cars").name == "accuracy")
        #expect(TableCase.note(zoo, "objects in objects") != nil)
    }

    @Test func settingsBesideATableOfTwoLevelsAreNoEvaluation() throws {
        let zoo = try zoo(
            #"{"results": {"bert-base": {"imdb": 0.92, "emotion": 0.91}, "roberta-base": {"imdb": 0.94, "emotion": 0.93}}, "config": {"lr": 1e-05}}"#
        )
        #expect(names(zoo) == [["bert-base", "roberta-base"], ["imdb", "emotion"]])
    }

    @Test func seedsAreRunsAndNoDatasets() throws {
        let zoo = try zoo(
            #"{"bert-base": {"seed0": {"imdb": 0.92, "emotion": 0.91}, "seed1": {"imdb": 0.94, "emotion": 0.93}}, "roberta-base": {"seed0": {"imdb": 0.94, "emotion": 0.93}, "seed1": {"imdb": 0.95, "emotion": 0.92}}}"#
        )
        #expect(names(zoo) == [["bert-base", "roberta-base"], ["imdb", "emotion"]])
        #expect(abs(try #require(try TableCase.result(zoo, "bert-base", "emotion")) - 0.92) < 1e-12)
    }

    @Test func ofAFourthLevelOfSplitsTheTestIsTaken() throws {
        let zoo = try zoo(
            #"{"bert-base": {"imdb": {"dev": {"acc": 0.93}, "test": {"acc": 0.92}}, "emotion": {"dev": {"acc": 0.925}, "test": {"acc": 0.9}}}, "roberta-base": {"imdb": {"dev": {"acc": 0.945}, "test": {"acc": 0.94}}, "emotion": {"dev": {"acc": 0.94}, "test": {"acc": 0.91}}}}"#
        )
        #expect(names(zoo) == [["bert-base", "roberta-base"], ["imdb", "emotion"]])
        #expect(try TableCase.result(zoo, "roberta-base", "imdb") == 0.94)
    }

    @Test func levelsThatNoNameTellsApartAreRefusedWithTheLineToType() throws {
        let text = #"{"a1": {"x": {"acc": 0.9}, "y": {"acc": 0.8}}, "b1": {"x": {"acc": 0.7}, "y": {"acc": 0.6}}}"#
        do {
            _ = try zoo(text)
            Issue.record("levels were guessed")
        } catch ZooError.table(.content(.missingColumns(_, let known, let line), _, _)) {
            #expect(known == ["a1, b1 (level_1)", "x, y (level_2)", "acc (metric)"])
            #expect(line == "model=level_1,dataset=level_2")
        }
        var options = ReadingOptions()
        options.columns = ["model": "level_2", "dataset": "level_1"]
        let turned = try zoo(text, options: options)
        #expect(names(turned) == [["x", "y"], ["a1", "b1"]])
        #expect(try TableCase.result(turned, "y", "a1") == 0.8)
    }

    @Test(arguments: ["acc", "f1"])
    func anObjectForEachDatasetKeepsEveryName(_ metric: String) throws {
        let zoo = try zoo(
            """
            [{"model": "a", "pets": {"\(metric)": 0.9, "loss": 0.3}, "cars": {"\(metric)": 0.8, "loss": 0.5}},
             {"model": "b", "pets": {"\(metric)": 0.93, "loss": 0.2}, "cars": {"\(metric)": 0.85, "loss": 0.4}}]
            """)
        #expect(names(zoo) == [["a", "b"], ["pets", "cars"]])
        #expect(try TableCase.result(zoo, "a", "pets") == 0.9 && TableCase.result(zoo, "b", "cars") == 0.85)
        #expect(try TableCase.metric(zoo, "pets").name == metric)
    }
}
