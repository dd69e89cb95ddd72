import Testing
import TransferGraphCore

/// What rows of one model and dataset are to each other, and what a table's columns make of them.
struct RowMeaningTests {
    /// A log of epochs is one run, and its last row the result.
    @Test func theLastEpochIsTheResult() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,epoch,val_accuracy\na,p,1,.5\na,p,2,.9\na,p,3,\nb,p,1,.6\nb,p,2,.8\nb,q,1,.7\n")
        #expect(try TableCase.result(zoo, "a", "p") == 0.9 && TableCase.result(zoo, "b", "p") == 0.8)
        #expect(try TableCase.result(zoo, "b", "q") == 0.7)
        #expect(zoo.runs.allSatisfy { $0 == 1 })
        #expect(TableCase.note(zoo, "earlier epochs")?.count == 2)
    }

    @Test func eachSeedHasItsLastEpoch() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,seed,epoch,acc\na,p,1,1,.5\na,p,1,2,.9\na,p,2,1,.4\na,p,2,2,.7\nb,p,1,2,.6\n")
        #expect(abs(try #require(try TableCase.result(zoo, "a", "p")) - 0.8) < 1e-12)
        #expect(zoo.runs == [2, 1])
    }

    /// Where every row has the same step there is nothing to choose.
    @Test func aColumnOfStepsThatTellsNothingApartIsKept() throws {
        let zoo = try TableCase.zoo("model,dataset,epoch,acc\na,p,3,.5\na,p,3,.7\nb,p,3,.6\n")
        #expect(try TableCase.result(zoo, "a", "p") == 0.6)
        #expect(TableCase.note(zoo, "earlier epochs") == nil)
    }

    /// A method on a backbone: one alone stands for several models.
    @Test func whatOnlyTogetherNamesAModelIsItsName() throws {
        let zoo = try TableCase.zoo(
            "Method,Backbone,Dataset,Acc\nLP,ViT,pets,90\nFT,ViT,pets,92\nLP,RN,pets,85\nFT,RN,pets,88\n")
        #expect(Set(zoo.models.map(\.name)) == ["ViT|LP", "ViT|FT", "RN|LP", "RN|FT"])
        #expect(try TableCase.result(zoo, "ViT|FT", "pets") == 92)
        #expect(TableCase.note(zoo, "together are the model") != nil)
        let plain = try TableCase.zoo("Model,Architecture,Dataset,Acc\na,ViT,p,.9\na,ViT,q,.8\nb,RN,p,.7\n")
        #expect(plain.models.map(\.name) == ["a", "b"])
    }

    @Test func tasksByNumberAreDatasets() throws {
        let zoo = try TableCase.zoo("task_id,model,score\n31,a,.9\n31,b,.8\n37,a,.7\n37,b,.6\n")
        #expect(zoo.datasets.map(\.name) == ["31", "37"] && zoo.models.map(\.name) == ["a", "b"])
    }

    /// Recall among the first is a metric, not a dataset; with a column of datasets the table is a long one.
    @Test(arguments: ["R@1,R@5", "P@1,P@5", "H@1,H@10", "acc@1,acc@5"])
    func sharesAmongTheFirstAreMetrics(_ columns: String) throws {
        let zoo = try TableCase.zoo("model,dataset,\(columns)\na,p,.9,.95\nb,p,.8,.96\n")
        #expect(zoo.datasets.map(\.name) == ["p"])
        #expect(try TableCase.metric(zoo, "p").higherIsBetter && TableCase.metric(zoo, "p").directionSource == .name)
    }

    /// Columns that nobody knows beside a model and a dataset are no datasets of a wide table.
    @Test func aTableWithAColumnOfDatasetsIsNotWide() {
        let error = #expect(throws: ZooError.self) {
            try TableCase.zoo("model,dataset,foo,bar\na,p,.9,.95\nb,p,.8,.96\n")
        }
        guard case .table(.content(.missingColumns(let missing, _, let line), _, _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(missing == ["score"] && line == "model=model,dataset=dataset,score=foo")
    }

    // MARK: Which way round

    /// A pandas frame has no name for its index: what its names are like tells, and a column's number says it.
    @Test(arguments: [
        (",vit-b,resnet50\nCIFAR-10,.9,.8\npets,.7,.6\nx,.6,.5\n", ["vit-b", "resnet50"], ["CIFAR-10", "pets", "x"]),
        (",CIFAR-10,pets\nvit-b,.9,.8\nresnet50,.7,.6\nx,.6,.5\n", ["vit-b", "resnet50", "x"], ["CIFAR-10", "pets"]),
    ])
    func namesTellWhichWayRoundATableIs(_ table: String, _ models: [String], _ datasets: [String]) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.map(\.name) == models && zoo.datasets.map(\.name) == datasets)
        #expect(
            TableCase.note(zoo, "by what names of models and datasets are like")?.what.contains("naming column 1")
                == true)
    }

    @Test func aColumnWithoutANameIsNamedByItsNumber() throws {
        let table = ",m1,m2\nd1,.9,.8\nd2,.7,.6\nd3,.6,.5\n"
        let plain = try TableCase.zoo(table)
        #expect(plain.models.map(\.name) == ["d1", "d2", "d3"])
        #expect(TableCase.note(plain, "naming column 1 as the datasets' says that it is the other way") != nil)
        var options = ReadingOptions()
        options.columns = ["dataset": "1"]
        let turned = try TableCase.zoo(table, options: options)
        #expect(turned.models.map(\.name) == ["m1", "m2"] && turned.datasets.map(\.name) == ["d1", "d2", "d3"])
    }

    // MARK: Directions that contradict

    @Test func directionsThatContradictAreNamed() throws {
        let mixed = try TableCase.zoo("model,dataset,score,higher_is_better\na,p,5,yes\nb,p,6,no\nc,p,7,no\n")
        #expect(try TableCase.metric(mixed, "p").higherIsBetter == false)
        #expect(TableCase.note(mixed, "say both directions")?.examples == ["p: 1 results say higher, 2 lower"])
        let other = try TableCase.zoo("model,dataset,metric,score,higher_is_better\na,p,wer,5,yes\nb,p,wer,6,yes\n")
        #expect(try TableCase.metric(other, "p").higherIsBetter)
        #expect(TableCase.note(other, "say both directions")?.examples == ["p: wer, and higher is better"])
        let agreed = try TableCase.zoo("model,dataset,metric,score,higher_is_better\na,p,wer,5,no\nb,p,wer,6,no\n")
        #expect(TableCase.note(agreed, "say both directions") == nil)
    }
}
