import Testing
import TransferGraphCore

/// Columns of a trainer's evaluations on several datasets.
@Suite struct EvaluationColumnTests {
    @Test func aSplitADatasetAndAMetric() throws {
        let zoo = try TableCase.zoo(
            "model,eval_imdb_accuracy,eval_imdb_loss,eval_imdb_samples_per_second,eval_sst2_accuracy,eval_sst2_loss,eval_squad_exact_match,eval_loss,eval_runtime\nbert,.9,.3,100,.92,.2,80,.25,12\nroberta,.93,.28,90,.94,.19,82,.22,13\n"
        )
        #expect(zoo.datasets.map(\.name) == ["imdb", "sst2", "squad"])
        #expect(try TableCase.metric(zoo, "imdb").name == "accuracy")
        #expect(try TableCase.result(zoo, "roberta", "squad") == 82)
        #expect(TableCase.note(zoo, "columns named by a dataset and its metric")?.count == 5)
        #expect(TableCase.note(zoo, "columns that are no results")?.count == 3)
    }

    @Test func splitsOfOneDatasetAreSplits() throws {
        let zoo = try TableCase.zoo(
            "model,dev_clean_wer,test_clean_wer,dev_other_wer,test_other_wer\na,2.1,2.2,5.1,5.3\nb,1.8,1.9,4.3,4.4\n")
        #expect(zoo.datasets.map(\.name) == ["clean", "other"])
        #expect(try TableCase.result(zoo, "a", "other") == 5.3)
        #expect(try TableCase.metric(zoo, "clean").higherIsBetter == false)
    }

    /// One that names no dataset and is no metric either makes the others doubtful, and so do means over classes and runs.
    @Test(arguments: [
        "model,eval_pets_accuracy,eval_cars_accuracy,eval_mystery\na,.9,.8,.5\nb,.91,.82,.4\n",
        "model,eval_PER_f1,eval_LOC_f1,eval_overall_f1\na,.9,.8,.85\nb,.91,.82,.86\n",
        "model,test_acc_seed1,test_acc_seed2\na,.9,.8\nb,.91,.82\n",
        "model,eval_layer_1_acc,eval_layer_2_acc\na,.9,.8\nb,.91,.82\n",
        "model,eval_accuracy,eval_macro_f1\na,.9,.8\nb,.91,.82\n",
    ])
    func otherColumnsAreNotTakenApart(_ table: String) {
        #expect(throws: ZooError.self) { _ = try TableCase.zoo(table) }
    }
}
