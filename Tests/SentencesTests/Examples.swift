import Foundation
import TransferGraphCore
import ZooForge

/// An example of each case of each error. The switch of `example(after:)` has no default, so that a case that is added
/// does not compile before it has an example here.
protocol Exemplary: Error {
    static func example(after last: Self?) -> Self?
}

extension Exemplary {
    static var examples: [Self] {
        Array(
            sequence(state: Self?.none) { last in
                last = example(after: last)
                return last
            })
    }
}

extension FileError: Exemplary {
    static func example(after last: FileError?) -> FileError? {
        switch last {
        case nil: .notFound(path: "folder/x.csv")
        case .notFound: .notReadable(path: "folder/x.csv")
        case .notReadable: .notRegular(path: "folder/x.csv")
        case .notRegular: .empty(path: "folder/x.csv")
        case .empty: .notOpened(path: "folder/x.csv", code: EACCES)
        case .notOpened: .notMapped(path: "folder/x.csv", code: ENOMEM)
        case .notMapped: nil
        }
    }
}

extension TableError.Problem: Exemplary {
    static func example(after last: TableError.Problem?) -> TableError.Problem? {
        switch last {
        case nil: .empty
        case .empty: .noRows
        case .noRows: .repeatedColumn("score")
        case .repeatedColumn:
            .missingColumns(
                ["model", "score"], known: ["net", "dataset", "points"],
                line: "--columns model=net,dataset=dataset,score=points")
        case .missingColumns: .unknownColumn("Scor", known: ["Model", "Score"])
        case .unknownColumn: .unknownRole("accuracy", known: ["model", "dataset", "score"])
        case .unknownRole: .notANumber("good", column: "score")
        case .notANumber: .mostlyText("good", column: "score", texts: 5, of: 6)
        case .mostlyText: .ambiguousComma("1,234", column: "score", decimal: 1.234, thousands: 1234)
        case .ambiguousComma: .overlongRows(fields: 4, columns: 3, count: 40, decimalComma: true)
        case .overlongRows: .notATable(.parquet)
        case .notATable: .notADelimitedTable(.latex)
        case .notADelimitedTable: .notResults("trials of a study", instead: "Write a row for each model.")
        case .notResults: .repeatedRow("resnet", column: "model", line: 2, apart: "kind")
        case .repeatedRow: .noHeader("0.93")
        case .noHeader: .secondTable("model, birds")
        case .secondTable: .damagedCompression
        case .damagedCompression: .cutOff
        case .cutOff: .tooLarge(2 << 30)
        case .tooLarge: .json("there is something that is no object")
        case .json: .unclosedQuotation
        case .unclosedQuotation: .utf16
        case .utf16: .notUTF8
        case .notUTF8: .zeroByte
        case .zeroByte: nil
        }
    }
}

extension TableError: Exemplary {
    static func example(after last: TableError?) -> TableError? {
        switch last {
        case nil: .file(.notFound(path: "folder/x.csv"))
        case .file: .content(.empty, file: "x.csv", line: nil)
        case .content(let problem, _, _):
            Problem.example(after: problem).map { .content($0, file: "x.csv", line: 7) }
        }
    }
}

extension NumPyError.Problem: Exemplary {
    static func example(after last: NumPyError.Problem?) -> NumPyError.Problem? {
        switch last {
        case nil: .notNumPy
        case .notNumPy: .version(major: 9, minor: 0)
        case .version: .cutOffHead
        case .cutOffHead: .longHead(bytes: 1 << 30)
        case .longHead: .unreadableHead
        case .unreadableHead: .records
        case .records: .missingShape
        case .missingShape: .type("<c16")
        case .type: .length(shape: [2, 3], type: "<f4", bytes: 20)
        case .length: .notAMatrix(dimensions: 3)
        case .notAMatrix: .notFloats(type: "<i8")
        case .notFloats: .noElements(rows: 0, columns: 3)
        case .noElements: .notOneColumn(shape: [2, 3])
        case .notOneColumn: .continuousLabels
        case .continuousLabels: .labelNotFinite(.nan, row: 3)
        case .labelNotFinite: .damagedArchive
        case .damagedArchive: .encryptedArchive
        case .encryptedArchive: .packing(12)
        case .packing: .severalArrays(["a", "b"])
        case .severalArrays: .noSuchArray("c", known: ["a", "b"])
        case .noSuchArray: nil
        }
    }
}

extension NumPyError: Exemplary {
    static func example(after last: NumPyError?) -> NumPyError? {
        switch last {
        case nil: .file(.empty(path: "folder/x.npy"))
        case .file: .content(.notNumPy, path: "folder/x.npy")
        case .content(let problem, _): Problem.example(after: problem).map { .content($0, path: "folder/x.npy") }
        }
    }
}

extension ZooError: Exemplary {
    static func example(after last: ZooError?) -> ZooError? {
        switch last {
        case nil: .notFound(path: "zoos/wods", folder: "zoos", neighbours: ["words", "other"])
        case .notFound: .notRecognised(path: "photos", files: ["a.png", "b.png"])
        case .notRecognised: .noRecords(path: "zoos", zoos: ["words"], tables: [])
        case .noRecords: .nothing(.timm, path: "photos")
        case .nothing: .onlySpeeds(path: "speeds")
        case .onlySpeeds: .noReader(.modellens)
        case .noReader: .notWritten(path: "zoos/mine", reason: "there is no room")
        case .notWritten: .laterFormat(version: 2, known: 1, path: "columns.csv")
        case .laterFormat: .noResults(source: "zoos/words", format: .timm, leftOut: [])
        case .noResults: .notInstalled(name: "words")
        case .notInstalled: .table(.file(.notFound(path: "zoos/words/records.csv")))
        case .table: .embeddings(.file(.empty(path: "zoos/words/embeddings.npy")))
        case .embeddings: .embeddingNamesMissing(path: "zoos/words/embeddings.txt")
        case .embeddingNamesMissing: .embeddingNamesNotUTF8(path: "zoos/words/embeddings.txt")
        case .embeddingNamesNotUTF8: .embeddingNamesCount(path: "zoos/words/embeddings.txt", rows: 3, names: 2)
        case .embeddingNamesCount: .textName(path: "zoos/words/text.txt", line: 3)
        case .textName: nil
        }
    }
}

extension FeatureError: Exemplary {
    static func example(after last: FeatureError?) -> FeatureError? {
        switch last {
        case nil: .noFeatures(rows: 0, columns: 3)
        case .noFeatures: .labelCount(5, rows: 6)
        case .labelCount: .oneClass(label: 3, count: 6)
        case .oneClass: .notFinite(.nan, in: .features, row: 4, column: 2)
        case .notFinite: .tooLarge(1e200, in: .sourceProbabilities, row: 4, column: 2)
        case .tooLarge: .probabilityRows(5, rows: 6)
        case .probabilityRows: .notADistribution(row: 3, sum: 2.5)
        case .notADistribution: nil
        }
    }
}

extension ScoreError: Exemplary {
    static func example(after last: ScoreError?) -> ScoreError? {
        switch last {
        case nil: .missingSourceProbabilities(.leep)
        case .missingSourceProbabilities: .needsClasses(.leep)
        case .needsClasses: .undefined(.parc, Cause.allCases[0])
        case .undefined(_, let cause):
            Cause.allCases.firstIndex(of: cause).flatMap { index in
                index + 1 < Cause.allCases.count
                    ? .undefined(.parc, Cause.allCases[index + 1])
                    : .numerical(.notConverged(routine: "dsyevd", status: 3))
            }
        case .numerical: nil
        }
    }
}

extension NumericalError: Exemplary {
    static func example(after last: NumericalError?) -> NumericalError? {
        switch last {
        case nil: .notConverged(routine: "dsyevd", status: 1)
        case .notConverged: .tooLittleMemory(limit: 300, needed: 240)
        case .tooLittleMemory: .outOfMemory(routine: "dsyevd")
        case .outOfMemory: .notPositiveDefinite(Symmetric.allCases[0])
        case .notPositiveDefinite(let matrix):
            Symmetric.allCases.firstIndex(of: matrix).flatMap { index in
                index + 1 < Symmetric.allCases.count
                    ? .notPositiveDefinite(Symmetric.allCases[index + 1]) : .xgboost(message: "it is out of memory")
            }
        case .xgboost: nil
        }
    }
}

extension EmbeddingError: Exemplary {
    static func example(after last: EmbeddingError?) -> EmbeddingError? {
        switch last {
        case nil: .count(.walkLength, 1, allowed: 2...10_000)
        case .count: .walkBias(.p, 0, allowed: 1e-6...1e6)
        case .walkBias: .learningRate(0, most: 10)
        case .learningRate: .unevenHeads(dimension: 128, heads: 3)
        case .unevenHeads: .incompleteRows(numbers: 3, nodes: 2)
        case .incompleteRows: .diverged(learningRate: 5)
        case .diverged: .notFinite
        case .notFinite: nil
        }
    }
}

extension EvaluationError: Exemplary {
    static func example(after last: EvaluationError?) -> EvaluationError? {
        switch last {
        case nil: .noTargets(zoo: "words")
        case .noTargets: .tooFewResults(dataset: "iberian", count: 1)
        case .tooFewResults: nil
        }
    }
}

extension ReferenceError: Exemplary {
    static func example(after last: ReferenceError?) -> ReferenceError? {
        switch last {
        case nil: .table(.content(.utf16, file: "figures.csv", line: 1))
        case .table: .predictions(file: "figures.csv")
        case .predictions: .beyondRange(1.7, column: "spearman", range: -1...1, file: "figures.csv", line: 3)
        case .beyondRange: .noMeasure(file: "figures.csv")
        case .noMeasure: nil
        }
    }
}

extension ForgeError: Exemplary {
    static func example(after last: ForgeError?) -> ForgeError? {
        switch last {
        case nil: .noWordLists
        case .noWordLists: .wordListMissing(language: "Swedish", package: "hunspell-sv", path: "usr/sv.dic")
        case .wordListMissing: .wordListEncoding(language: "Swedish", encoding: "UTF-8", path: "usr/sv.dic")
        case .wordListEncoding: .unknownWordList("svv")
        case .unknownWordList: .unknownTask("iberia")
        case .unknownTask: .unknownArchitecture("rnn-3")
        case .unknownArchitecture: .unknownModel("my-nordik", known: ["my-nordic", "scratch"])
        case .unknownModel: .taskTooSmall(task: "nordic", class: "sv", words: 4)
        case .taskTooSmall: .parentNotPlanned(model: "child")
        case .parentNotPlanned: .notWritable(.zoo, path: "out", reason: "the disk is full")
        case .notWritable(.zoo, _, _): .notWritable(.sourceTable, path: "out", reason: "the disk is full")
        case .notWritable(.sourceTable, _, _): .notWritable(.model, path: "out", reason: "the disk is full")
        case .notWritable(.model, _, _): .zooFileMissing(file: "noise.csv", directory: "out")
        case .zooFileMissing: nil
        }
    }
}

extension OwnResultError: Exemplary {
    static func example(after last: OwnResultError?) -> OwnResultError? {
        let metric = DatasetMetric(name: "accuracy", scale: .fraction)
        return switch last {
        case nil: .notANumber(.nan)
        case .notANumber: .outOfRange(91, range: 0...1, metric: metric, dataset: "mine")
        case .outOfRange: .smallPercent(0.871, dataset: "mine")
        case .smallPercent: .strayPercent(50, dataset: "mine")
        case .strayPercent: .alreadyThere(model: "m", dataset: "mine", value: 0.5, isOwn: true)
        case .alreadyThere: .otherMetric("wer", known: "accuracy", dataset: "mine")
        case .otherMetric: .otherDirection("wer", higherIsBetter: true, dataset: "mine")
        case .otherDirection: .notThere(model: "m", dataset: "mine")
        case .notThere: .notOwn(model: "m", dataset: "pets", value: 0.5)
        case .notOwn: nil
        }
    }
}
