import Foundation
import Testing
import TransferGraphCore

/// Which direction is better is known per dataset, and results are turned once.
struct DirectionTests {
    private static let errors = "model,dataset,score\na,d,0.1\nb,d,0.3\nc,d,0.2\n"

    @Test func withoutAnyWordHigherIsBetterAndSaidToBeAssumed() throws {
        let zoo = try TableCase.zoo(Self.errors)
        #expect(try TableCase.metric(zoo, "d").higherIsBetter)
        #expect(try TableCase.metric(zoo, "d").directionSource == .assumed)
    }

    @Test func theOptionTurnsEveryDataset() throws {
        var options = ReadingOptions()
        options.higherIsBetter = false
        let zoo = try TableCase.zoo(Self.errors, options: options)
        #expect(try TableCase.metric(zoo, "d").directionSource == .option)
        #expect(zoo.results.values == [-0.1, -0.3, -0.2])
        #expect(try TableCase.result(zoo, "b", "d") == 0.3)
    }

    @Test func aMetricColumnTellsByTheNamesInIt() throws {
        let zoo = try TableCase.zoo("model,dataset,score,metric\na,d,12,rmse\nb,d,3,rmse\na,e,0.5,auc\nb,e,0.6,auc\n")
        #expect(try !TableCase.metric(zoo, "d").higherIsBetter)
        #expect(try TableCase.metric(zoo, "d").directionSource == .name)
        #expect(try TableCase.metric(zoo, "d").name == "rmse")
        #expect(try TableCase.metric(zoo, "e").higherIsBetter)
        // 12 is the worse one inside.
        #expect(try zoo.results[model: zoo.model(named: "a"), dataset: zoo.dataset(named: "d")] == -12)
    }

    @Test(arguments: ["False", "false", "0", "no"])
    func aColumnHigherIsBetterCountsBeforeTheName(no: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score,metric,higher_is_better\na,d,12,quality,\(no)\nb,d,3,quality,\(no)\n")
        #expect(try !TableCase.metric(zoo, "d").higherIsBetter)
        #expect(try TableCase.metric(zoo, "d").directionSource == .file)
    }

    @Test func theTableOfDatasetsTells() throws {
        let zoo = try TableCase.zoo(
            Self.errors + "a,e,1\nb,e,2\n",
            ["datasets.csv": "dataset,metric,higher_is_better\nd,test error,\ne,quality,false\n"])
        #expect(try !TableCase.metric(zoo, "d").higherIsBetter)
        #expect(try TableCase.metric(zoo, "d").name == "test error")
        #expect(try !TableCase.metric(zoo, "e").higherIsBetter)
    }

    @Test func aHeaderThatIsAMetricTells() throws {
        let zoo = try TableCase.zoo("Model,Dataset,WER\na,d,0.1\nb,d,0.3\n")
        #expect(try !TableCase.metric(zoo, "d").higherIsBetter)
        #expect(try TableCase.metric(zoo, "d").name == "WER")
    }

    @Test func anOptionAgainstTheFilesIsSaid() throws {
        var options = ReadingOptions()
        options.higherIsBetter = true
        let zoo = try TableCase.zoo("model,dataset,score,metric\na,d,12,rmse\nb,d,3,rmse\n", options: options)
        #expect(try TableCase.metric(zoo, "d").higherIsBetter)
        #expect(TableCase.note(zoo, "against what their files")?.count == 1)
    }

    @Test func aResultOnADatasetWhereLowerIsBetterIsTakenInItsOwnDirection() throws {
        var options = ReadingOptions()
        options.higherIsBetter = false
        var measured = Measurement(of: Model(name: "z"))
        measured.results = ["d": 0.05]
        let zoo = try TableCase.zoo(Self.errors, options: options).adding(measured)
        #expect(try TableCase.result(zoo, "z", "d") == 0.05)
        #expect(try zoo.results[model: zoo.model(named: "z"), dataset: 0] == -0.05)
    }

    /// The best by history on errors is the model with the smallest ones: what is right for accuracies is right for one
    /// minus them.
    @Test func errorsAreRankedAsTheAccuraciesThatTheyAre() throws {
        var generator = SeededGenerator(seed: 3)
        var accuracies = "model,dataset,score\n"
        var errors = accuracies
        for model in 0..<12 {
            for dataset in 0..<4 {
                let value = Double(generator.index(below: 1000)) / 1000
                accuracies += "m\(model),d\(dataset),\(value)\n"
                errors += "m\(model),d\(dataset),\(1 - value)\n"
            }
        }
        var options = ReadingOptions()
        options.higherIsBetter = false
        let right = try TableCase.zoo(accuracies)
        let turned = try TableCase.zoo(errors, options: options)
        for target in 0..<4 {
            let a = right.holdingOut(target).normalised
            let b = turned.holdingOut(target).normalised
            #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-9 })
        }
    }

    /// Both columns of an export point the dataset's own way, so that their correlation is the table's.
    @Test func anExportKeepsTheDatasetsOwnDirectionInBothColumns() throws {
        var options = ReadingOptions()
        options.higherIsBetter = false
        let zoo = try TableCase.zoo(Self.errors, options: options)
        let prediction = Prediction(method: "made", target: 0, values: [0.9, 0.1, nil])
        let csv = PredictionExport.csv([prediction], zoo: zoo)
        #expect(csv == "method,target,model,predicted,actual\nmade,d,a,-0.9,0.1\nmade,d,b,-0.1,0.3\nmade,d,c,,0.2\n")
    }
}
