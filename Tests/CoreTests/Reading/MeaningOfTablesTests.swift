import Testing
import TransferGraphCore

/// What a table says of its results beside them: in a metric's name, in a row, in its file's name, in a title.
struct MeaningOfTablesTests {
    private func zoo(_ file: String, _ text: String) throws -> Zoo {
        let folder = try HubFolder([file: text])
        return try Zoo.load(paths: [folder.url.appendingPathComponent(file).path])
    }

    // MARK: Percents

    @Test(arguments: [
        "model,dataset,metric,score\na,x,Error Rate (%),12.3\nb,x,Error Rate (%),0.9\nc,x,Error Rate (%),0.7\n",
        "model,dataset,metric,score\na,x,% WER,12.3\nb,x,% WER,0.9\nc,x,% WER,0.7\n",
        "model,dataset,metric,score\na,x,Accuracy (%),12.3\nb,x,Accuracy (%),0.9\nc,x,Accuracy (%),0.7\n",
        "model,dataset,wer,unit\na,x,12.3,%\nb,x,0.9,%\nc,x,0.7,%\n",
    ])
    func aMetricInPercentSaysSoForAllItsResults(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(try TableCase.result(zoo, "a", "x") == 12.3 && TableCase.result(zoo, "b", "x") == 0.9)
        #expect(TableCase.note(zoo, "results in fractions beside percents") == nil)
    }

    @Test func aPercentOfOneMetricIsNoneOfAnother() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,metric,score\na,x,Error Rate (%),12.3\nb,x,Error Rate (%),0.9\na,y,Accuracy,0.9\nb,y,Accuracy,0.93\n"
        )
        #expect(try TableCase.result(zoo, "b", "x") == 0.9 && TableCase.result(zoo, "b", "y") == 0.93)
    }

    // MARK: Names of files, and titles

    @Test(arguments: [
        ("mae_vs_dino.csv", "model,dataset,score\nMAE-B,x,83.6\nDINO-B,x,82.8\nMAE-B,y,75.4\nDINO-B,y,72.6\n"),
        ("mae.csv", "model,dataset,score\nMAE-B,x,83.6\nDINO-B,x,82.8\nMAE-B,y,75.4\nDINO-B,y,72.6\n"),
        ("error_analysis.csv", "model,dataset,score\na,x,93\nb,x,91\na,y,85\nb,y,83\n"),
        ("loss_prediction_results.csv", "model,churn,house\na,0.8,0.9\nb,0.9,0.8\nc,0.7,0.85\n"),
        ("ablation_no_error_loss.csv", "model,dataset,score\na,x,93\nb,x,91\na,y,85\nb,y,83\n"),
        ("error_analysis_accuracy.csv", "model,x,y\na,0.8,0.9\nb,0.9,0.8\nc,0.7,0.85\n"),
        ("table.csv", "Fine-tuning results of MAE checkpoints,,\nModel,x,y\na,90,80\nb,91,82\nc,93,85\n"),
        ("table.csv", "Accuracy of models trained with MSE loss,,\nModel,x,y\na,90,80\nb,91,82\nc,93,85\n"),
    ])
    func aWordInPassingTurnsNoDirection(_ file: String, _ text: String) throws {
        let zoo = try zoo(file, text)
        #expect(zoo.datasets.count == 2 && zoo.datasets.allSatisfy { $0.metric.higherIsBetter })
    }

    @Test(arguments: ["wer.csv", "results_wer.csv", "rmse_results.csv", "speech_wer.csv", "all_test_error_rate.csv"])
    func aFileCalledByAnErrorHoldsErrors(_ file: String) throws {
        let zoo = try zoo(file, "model,dataset,score\na,x,.31\na,y,.5\nb,x,.2\nb,y,.4\n")
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, false])
    }

    // MARK: Rows

    @Test(arguments: [
        "model,pets,ted,house\na,0.9,0.12,3.1\nb,0.8,0.10,2.9\nc,0.7,0.2,4\nmetric,acc,wer,rmse\n",
        "model,pets,ted,house\ndirection,max,min,min\na,0.9,0.12,3.1\nb,0.8,0.10,2.9\nc,0.7,0.2,4\n",
        "model,pets,ted,house\na,0.9,0.12,3.1\nb,0.8,0.10,2.9\nc,0.7,0.2,4\nhigher_is_better,true,false,false\n",
    ])
    func aRowSaysWhatTheColumnsHold(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.map(\.name) == ["a", "b", "c"])
        #expect(try TableCase.metric(zoo, "pets").higherIsBetter)
        #expect(try !TableCase.metric(zoo, "ted").higherIsBetter && !TableCase.metric(zoo, "house").higherIsBetter)
        #expect(TableCase.note(zoo, "rows that say what the columns' results are")?.count == 1)
    }

    // MARK: Other shapes

    @Test(arguments: [
        "+-------+------+------+\n| model | pets | cars |\n+=======+======+======+\n| a     | 90   | 80   |\n+-------+------+------+\n| b     | 91   | 82   |\n+-------+------+------+\n",
        "+-------+------+------+\n| model | pets | cars |\n+-------+------+------+\n| a     | 90   | 80   |\n| b     | 91   | 82   |\n+-------+------+------+\n",
        "{\"a\": {\"pets\": [89, 91], \"cars\": [79, 81]}, \"b\": {\"pets\": [90, 92], \"cars\": [81, 83]}}",
    ])
    func drawnTablesAndListsOfRunsAreRead(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.map(\.name) == ["a", "b"] && Set(zoo.datasets.map(\.name)) == ["pets", "cars"])
        #expect(try TableCase.result(zoo, "b", "cars") == 82)
    }

    @Test func theLastLineOfALogThatIsCutOffIsCounted() throws {
        let lines = "{\"model\":\"a\",\"dataset\":\"x\",\"acc\":0.9}\n{\"model\":\"b\",\"dataset\":\"x\",\"acc\":0.8}\n"
        let zoo = try zoo("log.jsonl", lines + "{\"model\":\"c\",\"dataset\":\"x")
        #expect(zoo.results.count == 2)
        #expect(TableCase.note(zoo, "last lines that are cut off")?.count == 1)
        #expect(throws: ZooError.self) { _ = try self.zoo("log.jsonl", "{\"model\":\"c\",\"dataset\n" + lines) }
    }

    /// What is no table of results says what it is, or which of its columns is meant.
    @Test(arguments: [
        (
            "|Tasks|Version|Filter|n-shot|Metric| |Value| |Stderr|\n|---|--|---|--|---|---|--|---|--|\n|arc|1|none|0|acc|↑|0.43|±|0.01|\n|hella|1|none|0|acc|↑|0.57|±|0.01|\n",
            "names its model"
        ),
        ("Method,Set5,Set14\nA,36.66/0.9542,32.42/0.9063\nB,38.11/0.9602,33.92/0.9195\n", "two numbers"),
        ("model_name,n_params,license\na,25M,mit\nb,22M,mit\n", "what is known of models"),
        (
            "model,eval_pets_accuracy,eval_pets_loss,eval_cars_accuracy,eval_mystery\na,.9,.3,.8,.5\nb,.91,.28,.82,.4\n",
            "split"
        ),
    ])
    func aRefusalSaysWhatTheTableIs(_ table: String, _ part: String) {
        let error = #expect(throws: ZooError.self) { _ = try TableCase.zoo(table) }
        guard case .table(.content(.notResults(let what, _), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(what.contains(part))
    }

    @Test func theColumnThatCanBeTheResultsIsNamed() {
        let error = #expect(throws: ZooError.self) {
            _ = try TableCase.zoo(
                "model,dataset,mystery (95% CI)\na,x,0.841 (0.83-0.85)\na,y,0.79 (0.78-0.80)\nb,x,0.83 (0.82-0.84)\n")
        }
        guard case .table(.content(.missingColumns(_, _, let line), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(line == "model=model,dataset=dataset,score=mystery")
    }
}
