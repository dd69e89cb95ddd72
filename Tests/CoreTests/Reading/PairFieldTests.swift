import Testing
import TransferGraphCore

/// Fields of two numbers, as GLUE's tables have them.
@Suite struct PairFieldTests {
    @Test func aHeaderOfTwoMetricsMakesTwoOfOneDataset() throws {
        let zoo = try TableCase.zoo(
            "model,MRPC (F1/acc),QQP F1/Acc.,MNLI (m/mm),CoLA\nbert,88.9/84.8,71.2/89.2,84.6/83.4,52.1\nelmo,84.9/78.0,64.8/84.7,76.4/76.1,36\ngpt,82.3/75.7,-,82.1/81.4,45.4\n"
        )
        #expect(Set(zoo.datasets.map(\.name)) == ["MRPC", "QQP", "MNLI-m", "MNLI-mm", "CoLA"])
        #expect(try TableCase.result(zoo, "bert", "MRPC") == 88.9)
        #expect(try TableCase.result(zoo, "elmo", "MNLI-mm") == 76.1)
        #expect(try TableCase.result(zoo, "gpt", "QQP") == nil)
        #expect(TableCase.note(zoo, "fields of two numbers")?.count == 3)
        var options = ReadingOptions()
        options.metric = "accuracy"
        let other = try TableCase.zoo(
            "model,MRPC (F1/acc),CoLA\nbert,88.9/84.8,52.1\nelmo,84.9/78.0,36\n", options: options)
        #expect(try TableCase.result(other, "bert", "MRPC") == 84.8)
    }

    @Test func rowsOfDatasetsAndLongTablesAreReadSo() throws {
        let across = try TableCase.zoo(
            "Task,bert,elmo,gpt\nMRPC (F1/acc),88.9/84.8,84.9/78.0,82.3/75.7\nCoLA,52.1,36,45.4\nSST-2,93.5,90.4,91.3\n"
        )
        #expect(across.datasets.map(\.name) == ["MRPC", "CoLA", "SST-2"])
        #expect(try TableCase.result(across, "elmo", "MRPC") == 84.9)
        let long = try TableCase.zoo(
            "model,dataset,acc/f1\nbert,mrpc,84.8/88.9\nbert,qnli,90.5/90.4\ngpt,mrpc,75.7/82.3\ngpt,qnli,87.4/87.1\n")
        #expect(try TableCase.result(long, "bert", "mrpc") == 88.9)
        #expect(try TableCase.result(long, "bert", "qnli") == 90.5)
        let splits = try TableCase.zoo("model,pets (val/test),cars\na,90/88,80\nb,91/87,81\n")
        #expect(try TableCase.result(splits, "a", "pets") == 88)
    }

    /// Where no name says what the two are, `45/50` may as well be 45 of 50.
    @Test func twoNumbersWithoutNamesAreLeftOutWithALine() throws {
        let zoo = try TableCase.zoo("model,MRPC,CoLA\nbert,88.9/84.8,52.1\nelmo,84.9/78.0,36\n")
        #expect(zoo.datasets.map(\.name) == ["CoLA"])
        let note = try #require(TableCase.note(zoo, "columns that are no results"))
        #expect(note.examples.contains { $0.contains("88.9/84.8") && $0.contains("'MRPC (F1/accuracy)'") })
        let error = #expect(throws: ZooError.self) {
            try TableCase.zoo("model,dataset,score\nbert,mrpc,84.8/88.9\ngpt,mrpc,75.7/82.3\n")
        }
        guard case .table(.content(.notResults(_, let instead), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(instead.contains("'score (F1/accuracy)'"))
    }

    /// A number alone among pairs says not which of the two it is; sizes and speeds are no results.
    @Test func otherFieldsStayWhatTheyWere() throws {
        let mixed = try TableCase.zoo("model,MRPC (F1/acc),CoLA\na,88.9/84.8,52\nb,84,36\nc,82/75,45\n")
        #expect(mixed.datasets.map(\.name) == ["CoLA"])
        let sizes = try TableCase.zoo("model,Resolution (train/test),pets,cars\na,224/384,90,80\nb,192/224,91,81\n")
        #expect(sizes.datasets.map(\.name) == ["pets", "cars"])
        let named = try TableCase.zoo("model,glue/cola,glue/mrpc\na,90,80\nb,91,81\n")
        #expect(named.datasets.map(\.name) == ["glue/cola", "glue/mrpc"])
    }
}
