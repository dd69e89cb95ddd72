import Foundation
import Testing
import TransferGraphCore

/// Tables of every shape are the same zoo.
struct ShapeTests {
    /// `%zoo load results.csv models.csv`: beside another path a table of the layout is what it is in a folder.
    @Test func tablesOfTheLayoutDescribeWhatIsBesideThem() throws {
        let results = try TemporaryZoo(["r.csv": "model,dataset,score\na,d,0.5\nb,d,0.6\n"])
        let facts = try TemporaryZoo([
            "models.csv": "model,params\na,1000000\nb,2000000\n", "datasets.csv": "dataset,metric\nd,wer\n",
            "lineage.csv": "model,parent\nb,a\n",
        ])
        let zoo = try Zoo.load(
            paths: [results.path + "/r.csv"]
                + ["models.csv", "datasets.csv", "lineage.csv"].map { facts.path + "/" + $0 })
        #expect(zoo.models.map(\.parameters) == [1_000_000, 2_000_000])
        #expect(zoo.datasets[0].metric.name == "wer" && !zoo.datasets[0].metric.higherIsBetter)
        #expect(zoo.lineage.count == 1 && zoo.results.count == 2)
        // Alone it is a table of results, whatever its name.
        let alone = try TemporaryZoo(["models.csv": "model,pets,cars\na,0.5,0.6\nb,0.7,0.8\n"])
        #expect(try Zoo.load(path: alone.path + "/models.csv").results.count == 4)
    }

    /// What says "error" in a wide table's header is an error: the smallest is the best.
    @Test func columnsThatSayErrorAreErrors() throws {
        let table =
            "model,pets error,asr WER,RMSE boston,cars acc,food\na,0.1,0.2,3.1,0.9,0.8\nb,0.3,0.1,2.0,0.8,0.7\nc,0.2,0.3,1.0,0.7,0.5\n"
        let zoo = try TableCase.zoo(table)
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, false, false, true, true])
        #expect(zoo.datasets.map(\.metric.directionSource) == [.name, .name, .name, .assumed, .assumed])
        #expect(TableCase.note(zoo, "hold errors")?.count == 3)
        // A datasets.csv that says otherwise is heard.
        let told = try TableCase.zoo(table, ["datasets.csv": "dataset,metric\npets error,accuracy\n"])
        #expect(try TableCase.metric(told, "pets error").higherIsBetter)
        #expect(told.results.column(try told.dataset(named: "pets error")).count == 3)
    }

    /// Several metrics of one dataset that is not named: they are no datasets.
    @Test func columnsOfMetricsAreNoDatasets() throws {
        #expect(throws: ZooError.self) {
            _ = try TableCase.zoo(
                "model,img_size,top1,top1_err,top5,top5_err,param_count,crop_pct\na,224,80,20,95,5,10.5,0.9\nb,224,81,19,96,4,11.5,0.95\n"
            )
        }
        #expect(throws: ZooError.self) { _ = try TableCase.zoo("model,accuracy,f1,epoch\na,0.8,0.7,3\nb,0.9,0.8,3\n") }
    }

    /// Weights & Biases and its kind: a run a row, settings and results under groups.
    @Test func anExportOfATrackerIsALongTable() throws {
        let zoo = try TableCase.zoo(
            "run_id,created,config.model,config.dataset,eval/accuracy,eval/loss,train/epoch\nr1,2024-01-01,vit,pets,0.9,0.3,3\nr2,2024-01-02,vit,cars,0.8,0.5,3\nr3,2024-01-03,rn50,pets,0.7,0.6,3\n"
        )
        #expect(zoo.models.map(\.name) == ["vit", "rn50"] && zoo.datasets.map(\.name) == ["pets", "cars"])
        #expect(try TableCase.metric(zoo, "pets").name == "eval/accuracy")
        #expect(try TableCase.result(zoo, "vit", "pets") == 0.9)
    }

    @Test func meansOfTwoColumnsFarAwayAndExtremesAreNoDatasets() throws {
        var generator = SeededGenerator(seed: 8)
        var text = "model,pets,cars,birds,food,animals,vehicles,best\n"
        for model in 0..<7 {
            let values = (0..<4).map { _ in (generator.uniform() * 1e4).rounded() / 1e4 }
            let means = [(values[0] + values[1]) / 2, (values[2] + values[3]) / 2]
            text += "m\(model)," + (values + means + [values.max() ?? 0]).map { "\($0)" }.joined(separator: ",") + "\n"
        }
        let zoo = try TableCase.zoo(text)
        #expect(zoo.datasets.map(\.name) == ["pets", "cars", "birds", "food"])
        #expect(TableCase.note(zoo, "columns that are no results")?.count == 3)
    }

    @Test func whatLooksLikeAWordForMissingOrACaptionIsSaid() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,0.5\nb,d,-1\nc,d,0.7\ne,d,0.6\n")
        #expect(TableCase.note(zoo, "-1 among results")?.examples == ["d: records.csv line 3"])
        let real = try TableCase.zoo("model,dataset,score\na,d,0.5\nb,d,-1\nc,d,-0.7\ne,d,0.6\n")
        #expect(TableCase.note(real, "-1 among results") == nil)
        let wide = try TableCase.zoo(
            "error rates of models\nmodel,pets,cars,food\na,0.1,0.2,0.3\nb,0.2,0.3,0.5\nc,0.2,0.1,0.3\n")
        #expect(wide.datasets.count == 3)
        #expect(
            TableCase.note(wide, "above a table's header")?.examples.first?.contains("error rates of models") == true)
    }

    /// A parent that nothing else knows is not its own nearest name.
    @Test func theNearestNameOfAnUnknownParentIsAModelOfTheZoo() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\nresnet-50,d,0.5\nvit,d,0.6\n", ["lineage.csv": "model,parent\nvit,resnet-51\n"])
        let note = try #require(TableCase.note(zoo, "rows of lineage"))
        #expect(note.examples == ["lineage.csv line 2: 'resnet-51', nearest is 'resnet-50'"])
    }
    private static let values: [[Double]] = [[0.53, 0.49, 0.68], [0.71, 0.72, 0.89], [0.69, 0.7, 0.86]]
    private static let models = ["vit-s", "vit-b", "rn18"]
    private static let datasets = ["birds", "cars", "pets"]

    private func check(_ zoo: Zoo) throws {
        #expect(zoo.results.count == 9)
        for (row, model) in Self.models.enumerated() {
            for (column, dataset) in Self.datasets.enumerated() {
                #expect(try TableCase.result(zoo, model, dataset) == Self.values[row][column], "\(model) on \(dataset)")
            }
        }
    }

    private static func long(_ separator: String) -> String {
        var lines = [["model", "dataset", "score"].joined(separator: separator)]
        for (row, model) in models.enumerated() {
            for (column, dataset) in datasets.enumerated() {
                lines.append([model, dataset, "\(values[row][column])"].joined(separator: separator))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func wide(_ corner: String, turned: Bool = false) -> [[String]] {
        let (rows, columns) = turned ? (datasets, models) : (models, datasets)
        return [[corner] + columns]
            + rows.enumerated().map { row, name in
                [name] + columns.indices.map { "\(turned ? values[$0][row] : values[row][$0])" }
            }
    }

    private static func csv(_ rows: [[String]]) -> String {
        rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func fieldsMayBeSeparatedByAnyOfThem(separator: String) throws {
        try check(TableCase.zoo(Self.long(separator)))
    }

    @Test func aSeparatorLineIsObeyed() throws {
        try check(TableCase.zoo("sep=;\r\n" + Self.long(";")))
    }

    @Test func aMarkdownTableIsRead() throws {
        let rows = Self.wide("model")
        let lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }
        try check(TableCase.zoo(([lines[0], "|---|---:|---:|:--|"] + lines.dropFirst()).joined(separator: "\n")))
    }

    @Test func aRowAModelIsRecognisedAndSaid() throws {
        let zoo = try TableCase.zoo(Self.csv(Self.wide("model")))
        try check(zoo)
        #expect(TableCase.note(zoo, "a row for each of 3 models, a column for each of 3 datasets") != nil)
    }

    @Test func aRowADatasetIsRecognisedAndSaid() throws {
        let zoo = try TableCase.zoo(Self.csv(Self.wide("task", turned: true)))
        try check(zoo)
        #expect(TableCase.note(zoo, "a row for each of 3 datasets, a column for each of 3 models") != nil)
    }

    @Test func whereTheHeaderDoesNotTellOtherTablesDo() throws {
        let models = "model,family\n" + Self.models.map { "\($0),x\n" }.joined()
        try check(TableCase.zoo(Self.csv(Self.wide("", turned: true)), ["models.csv": models]))
        let zoo = try TableCase.zoo(Self.csv(Self.wide("")))
        try check(zoo)
        #expect(TableCase.note(zoo, "rows taken for models") != nil)
    }

    @Test func anIndexOfPandasIsNoColumn() throws {
        var rows = Self.wide("model")
        for index in rows.indices { rows[index].insert(index == 0 ? "" : "\(index - 1)", at: 0) }
        let zoo = try TableCase.zoo(Self.csv(rows))
        try check(zoo)
        #expect(
            zoo.report.items.first { $0.what == "columns that are no results" }?.examples == [
                "records.csv: column 1: an index"
            ])
    }

    @Test func meansOfOthersAreNoDatasets() throws {
        var rows = Self.wide("Provider")
        rows[0] += ["Average", "all three"]
        for row in 1..<rows.count {
            let mean = Self.values[row - 1].reduce(0, +) / 3
            rows[row] += ["0.5", String(format: "%.3f", mean)]
        }
        let zoo = try TableCase.zoo(Self.csv(rows))
        try check(zoo)
        #expect(zoo.datasets.map(\.name) == Self.datasets)
        #expect(
            TableCase.note(zoo, "columns that are no results")?.examples
                == [
                    "records.csv: 'Average': a mean, by its name", "records.csv: 'all three': the mean of the 3 others",
                ])
    }

    @Test func aColumnThatOnlyLooksLikeAMeanInOneRowIsADataset() throws {
        let zoo = try TableCase.zoo("model,a,b,c,d\nx,0.1,0.2,0.3,0.2\ny,0.5,0.6,0.1,0.3\nz,0.2,0.9,0.4,0.1\n")
        #expect(zoo.datasets.count == 4)
    }

    @Test func columnsOfAWideTableThatSaySomethingOfTheModelAreMetadata() throws {
        var rows = Self.wide("Model")
        rows[0] += ["#Params", "License", "Rank"]
        for row in 1..<rows.count { rows[row] += ["\(row)1M", "mit", "\(row)"] }
        let zoo = try TableCase.zoo(Self.csv(rows))
        try check(zoo)
        #expect(zoo.models.map(\.parameters) == [11e6, 21e6, 31e6])
        #expect(zoo.modelMetadata.value(1, "license") == .category("mit"))
    }

    @Test func threeRowsOfHeaderAreRead() throws {
        let text = """
            ,Natural,,,Structured,,
            ,birds,cars,Mean,pets,dsprites,Mean
            Model,,,,,,
            vit-s,0.53,0.49,0.51,0.68,0.1,0.39
            vit-b,0.71,0.72,0.715,0.89,0.2,0.545
            rn18,0.69,0.7,0.695,0.86,0.3,0.58

            """
        let zoo = try TableCase.zoo(text)
        #expect(zoo.datasets.map(\.name) == ["birds", "cars", "pets", "dsprites"])
        #expect(try TableCase.result(zoo, "vit-b", "pets") == 0.89)
        #expect(zoo.datasetMetadata.value(0, "group") == .category("Natural"))
        #expect(zoo.datasetMetadata.value(2, "group") == .category("Structured"))
    }

    @Test func aHeaderWithMetricsBelowDatasetsNamesEachColumn() throws {
        let text = """
            dataset,pets,pets,voice,voice
            metric,accuracy,f1,wer,cer
            model,,,,
            a,0.9,0.8,0.1,0.05
            b,0.7,0.6,0.3,0.15
            c,0.8,0.5,0.2,0.1

            """
        let zoo = try TableCase.zoo(text)
        #expect(zoo.datasets.map(\.name) == ["pets", "voice"])
        #expect(try TableCase.result(zoo, "a", "pets") == 0.9)
        #expect(try TableCase.result(zoo, "b", "voice") == 0.3)
        #expect(try !TableCase.metric(zoo, "voice").higherIsBetter)
    }

    @Test(arguments: [
        "Model,Dataset,Accuracy", "MODEL_NAME,Task,acc", "checkpoint,benchmark,top1", "model, dataset, score",
        "framework,task,result", "Architecture,Target Dataset,Oracle",
    ])
    func headersMayBeSpeltAsPeopleDo(header: String) throws {
        try check(TableCase.zoo(Self.long(",").replacing("model,dataset,score", with: header)))
    }

    @Test func columnsThatAreNamedAreTaken() throws {
        var options = ReadingOptions()
        options.columns = ["model": "Net", "dataset": "Where", "score": "How well"]
        try check(
            TableCase.zoo(Self.long(",").replacing("model,dataset,score", with: "Net,Where,How well"), options: options)
        )
        options.columns = ["model": "Nat"]
        #expect(
            throws: ZooError.table(
                .content(.unknownColumn("Nat", known: ["Net", "Where"]), file: "records.csv", line: 1))
        ) {
            try TableCase.zoo("Net,Where\na,b\n", options: options)
        }
    }

    @Test func anArchitectureAndItsSourceAreAModelTogetherWhereOneAloneIsNot() throws {
        let zoo = try TableCase.zoo(
            "Architecture,Source Dataset,Target Dataset,Oracle\nrn18,imagenet,pets,0.5\nrn18,places,pets,0.6\nvit,places,pets,0.7\n"
        )
        #expect(zoo.models.map(\.name) == ["rn18|imagenet", "rn18|places", "vit|places"])
    }

    @Test func jsonLinesAndArraysAreRead() throws {
        var objects: [String] = []
        for (row, model) in Self.models.enumerated() {
            for (column, dataset) in Self.datasets.enumerated() {
                objects.append(
                    "{\"model\": \"\(model)\", \"dataset\": \"\(dataset)\", \"score\": \(Self.values[row][column])}")
            }
        }
        try check(read(Data(objects.joined(separator: "\n").utf8), "records.jsonl"))
        try check(read(Data("[\n\(objects.joined(separator: ",\n"))\n]".utf8), "records.json"))
        let gaps = try read(
            Data(
                "{\"model\": \"a\", \"dataset\": \"d\", \"score\": NaN}\n{\"dataset\": \"d\", \"model\": \"b\", \"score\": 0.5, \"tags\": [\"x\", \"y\"]}"
                    .utf8),
            "records.jsonl")
        #expect(gaps.results.count == 1)
        #expect(gaps.resultMetadata?.value(0, "tags") == .set(["x", "y"]))
        #expect(throws: ZooError.self) { try read(Data("{\"model\": ".utf8), "records.jsonl") }
    }

    private func read(_ data: Data, _ name: String) throws -> Zoo {
        let directory = try TemporaryZoo()
        try data.write(to: directory.url.appendingPathComponent(name))
        return try Zoo.load(path: directory.path)
    }

    @Test func packedTablesAreReadWhateverTheyAreCalled() throws {
        let gzip = try #require(Data(base64Encoded: Self.gzip))
        for name in ["records.csv.gz", "records.csv"] { try check(read(gzip, name)) }
        let zstd = try #require(Data(base64Encoded: Self.zstd))
        for name in ["records.csv.zst", "records.csv"] { try check(read(zstd, name)) }
        #expect(throws: ZooError.table(.content(.cutOff, file: "records.csv", line: nil))) {
            try read(gzip.prefix(gzip.count / 2), "records.csv")
        }
        #expect(throws: ZooError.table(.content(.cutOff, file: "records.csv", line: nil))) {
            try read(zstd.prefix(zstd.count / 2), "records.csv")
        }
        var damaged = gzip
        for index in 12..<30 { damaged[index] = damaged[index] ^ 0x5A }
        #expect(throws: ZooError.self) { try read(damaged, "records.csv") }
    }

    @Test func whatIsNoTextIsRefusedByWhatItIs() throws {
        #expect(throws: ZooError.table(.content(.notATable(.parquet), file: "records.parquet", line: nil))) {
            try read(Data("PAR1....".utf8), "records.parquet")
        }
        #expect(throws: ZooError.table(.content(.notATable(.spreadsheet), file: "records.xlsx", line: nil))) {
            try read(Data([0x50, 0x4B, 3, 4, 0]), "records.xlsx")
        }
    }

    @Test func anyNameOfTheResultsWillDo() throws {
        for name in ["Records.csv", "records.CSV", "RESULTS.TSV", "my_results.csv"] {
            try check(read(Data(Self.long(name.hasSuffix("TSV") ? "\t" : ",").utf8), name))
        }
        let directory = try TemporaryZoo(["mine.csv": Self.long(","), "models.csv": "model,family\nvit-s,vit\n"])
        let alone = try Zoo.load(path: directory.path + "/mine.csv")
        try check(alone)
        #expect(alone.name == "mine" && alone.models[0].family == nil)
        #expect(try Zoo.load(path: directory.path).models[0].family == "vit")
        try directory.write(Self.long(","), to: "other.csv")
        #expect(throws: ZooError.noRecords(path: directory.path, zoos: [], tables: ["mine.csv", "other.csv"])) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func severalPathsMakeOneZoo() throws {
        let one = try TemporaryZoo([
            "a.csv": "model,dataset,score\nx,d,0.5\n", "b.csv": "model,dataset,wer\nx,e,0.1\ny,e,0.2\n",
        ])
        let zoo = try Zoo.load(paths: [one.path + "/a.csv", one.path + "/b.csv"])
        #expect(zoo.models.map(\.name) == ["x", "y"])
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [true, false])
        #expect(zoo.results.count == 3)
    }

    @Test func aSquareMatrixOfDistancesIsRead() throws {
        let zoo = try TableCase.zoo(
            Self.long(","), ["similarity.csv": ",birds,cars,pets\nbirds,0,0.1,0.2\ncars,0.1,0,0.3\npets,0.2,0.3,0\n"])
        #expect(zoo.distances?[0, 1] == 0.1 && zoo.distances?[1, 2] == 0.3 && zoo.distances?[2, 0] == 0.2)
        #expect(TableCase.note(zoo, "distances") == nil)
        let alike = try TableCase.zoo(
            Self.long(","), ["similarity.csv": ",birds,cars,pets\nbirds,1,0.9,0.8\ncars,0.9,1,0.7\npets,0.8,0.7,1\n"])
        #expect(abs((alike.distances?[0, 1] ?? 0) - 0.1) < 1e-12)
        #expect(TableCase.note(alike, "one minus the similarity") != nil)
    }

    @Test func severalMetricsInALongTableAreOneResultADataset() throws {
        let zoo = try TableCase.zoo("model,dataset,loss,accuracy,f1\na,d,0.3,0.9,0.8\nb,d,0.2,0.7,0.75\n")
        #expect(try TableCase.result(zoo, "a", "d") == 0.9)
        #expect(zoo.results.count == 2)
        #expect(TableCase.note(zoo, "several metrics")?.examples == ["d: accuracy, not loss, f1"])
        var options = ReadingOptions()
        options.metric = "F1"
        let other = try TableCase.zoo(
            "model,dataset,loss,accuracy,f1\na,d,0.3,0.9,0.8\nb,d,0.2,0.7,0.75\n", options: options)
        #expect(try TableCase.result(other, "a", "d") == 0.8)
    }

    private static let gzip =
        "H4sIAAAAAAACAz3LSQ6AIBBE0T1naY04MByHoRckKqYhnt+oDctXqX/kiDtEV13BCiVkQnGnOhTwiWKBadwWHoKj16tlX1hfK/PZ90BLHjjQM5sDYwWd0vS/Yrf7r3ZW4gGHktUCowAAAA=="
    private static let zstd =
        "KLUv/SSjJQMA9ANtb2RlbCxkYXRhc2V0LHNjb3JlCnZpdC1zLGJpcmRzLDAuNTNjYXI0OXBldDY4YjcxYjcyYjg5CnJuMTg2NgoPAFARCGqAVARm5jtVMUAXXATEwG1UlQCHgR0g8Uw7SNl8As88ks0="
}
