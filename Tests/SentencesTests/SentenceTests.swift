import Foundation
import Sentences
import Support
import Testing
import TransferGraphCore
import ZooForge

/// Every error of model selection and of the forge has words that a person can act on.
struct SentenceTests {
    private static let examples: [any Error] =
        FileError.examples + TableError.examples + NumPyError.examples + ZooError.examples + FeatureError.examples
        + ScoreError.examples + NumericalError.examples + EmbeddingError.examples + EvaluationError.examples
        + ReferenceError.examples + ForgeError.examples + OwnResultError.examples as [any Error]

    @Test func everyCaseHasASentence() throws {
        let zoo = try #require(try BuiltInZoo.load("words"))
        #expect(Self.examples.count >= 80)
        for example in Self.examples + Self.examples(of: zoo) {
            let error = try #require(UserError(explaining: example), "\(example)")
            #expect(error.name.wholeMatch(of: #/[A-Z][A-Za-z]+/#) != nil, "\(error)")
            #expect(error.message.hasSuffix("."), "\(error)")
            #expect(error.hint?.hasSuffix(".") != false, "\(error)")
        }
    }

    /// Every text and every count that an error carries is in its words; of lists of names only those that are near.
    @Test func everyDetailIsTold() throws {
        for example in Self.examples {
            let words = "\(try #require(UserError(explaining: example), "\(example)"))"
            for detail in Self.details(of: example) { #expect(words.contains(detail), "\(detail): \(words)") }
        }
    }

    /// Of arrays that other programs saved the line is shown that converts them.
    @Test(arguments: [
        (NumPyError.Problem.notNumPy, "folder/y.csv", "numpy.save('y.npy', numpy.genfromtxt('y.csv'"),
        (.notNumPy, "x.tsv", "delimiter='\\t'"), (.notNumPy, "x.pkl", "pickle.load(open('x.pkl', 'rb'))"),
        (.damagedArchive, "x.pt", "torch.load('x.pt', map_location='cpu')"),
    ])
    func arraysOfOtherProgramsAreConvertedByALine(_ problem: NumPyError.Problem, _ path: String, _ part: String) throws
    {
        let error = try #require(UserError(explaining: NumPyError.content(problem, path: path)))
        #expect(error.hint?.contains(part) == true && error.hint?.contains("numpy.save('") == true, "\(error)")
        #expect(
            try #require(UserError(explaining: NumPyError.content(problem, path: "x.npy"))).hint?.contains("python3")
                == false)
    }

    private static func details(of value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let number as Int: ["\(number)"]
        case is [String]: []
        default: Mirror(reflecting: value).children.flatMap { details(of: $0.value) }
        }
    }

    private static func examples(of zoo: Zoo) -> [any Error] {
        let names = sequence(state: UnknownName?.none) { last in
            last = example(after: last, in: zoo)
            return last
        }
        let datasets = sequence(state: NewDatasetError?.none) { last in
            last = example(after: last, in: zoo)
            return last
        }
        return Array(names) + Array(datasets)
    }

    private static func example(after last: UnknownName?, in zoo: Zoo) -> UnknownName? {
        switch last {
        case nil: .dataset("iberan", in: zoo)
        case .dataset: .model("cnn-48-europ", in: zoo)
        case .model: .node("iberan", in: zoo)
        case .node: .method("histroy", in: zoo)
        case .method: .score("Log MEE")
        case .score: nil
        }
    }

    private static func example(after last: NewDatasetError?, in zoo: Zoo) -> NewDatasetError? {
        switch last {
        case nil: .nameTaken("iberian", zoo: "words")
        case .nameTaken: .dimension(3, zoo: 64)
        case .dimension: .unknown(.model("nobody", in: zoo))
        case .unknown: .otherMetric("wer", known: "accuracy", dataset: "mine")
        case .otherMetric: .notOwn("iberian", zoo: "words")
        case .notOwn: .pretrainedOn("mine", models: 2)
        case .pretrainedOn: nil
        }
    }

    @Test func whatAndWhereAreNamed() throws {
        let cases: [(any Error, name: String, message: String, place: UserError.Place?, hint: String?)] = [
            (
                ZooError.table(.content(.notANumber("good", column: "score"), file: "records.csv", line: 5)),
                "ZooFormatError", "records.csv, line 5: the column 'score' holds 'good', which is not a number.",
                .init(file: "records.csv", line: 5), "Correct the field, or leave it empty where it is unknown."
            ),
            (
                TableError.content(
                    .missingColumns(["score"], known: ["model", "result"], line: nil), file: "records.csv", line: 1),
                "ZooFormatError", "records.csv has no column 'score'.", .init(file: "records.csv", line: 1),
                "Its columns are 'model', 'result'."
            ),
            (
                ZooError.notFound(path: "~/zoos/wods", folder: "/home/me/zoos", neighbours: ["words", "x"]),
                "FileNotFound", "There is no zoo at '~/zoos/wods': no such file or directory.",
                .init(file: "~/zoos/wods"), "In /home/me/zoos there is words."
            ),
            (
                ZooError.notFound(path: "wods", folder: ".", neighbours: []), "FileNotFound",
                "There is no zoo at 'wods': no such file or directory.", .init(file: "wods"),
                "Check the path; it is taken from the notebook's directory."
            ),
            (
                NumPyError.file(.notOpened(path: "f.npy", code: ENOENT)), "FileError",
                "The file cannot be opened: No such file or directory.", .init(file: "f.npy"),
                "Check the path; relative ones start at the notebook's folder."
            ),
            (
                FeatureError.notFinite(.nan, in: .sourceProbabilities, row: 4, column: 2), "FeatureError",
                "Row 4 of the source probabilities has a NaN in column 2 (both counted from 0).", nil,
                "Leave such samples out, or replace the values: numpy.nan_to_num(features)."
            ),
            (
                ScoreError.undefined(.lfcCosine, .equalSimilarities), "UndefinedScore",
                "The label-feature correlation is undefined: all samples are equally alike.", nil, nil
            ),
            (
                ScoreError.undefined(.logME, .notANumber), "UndefinedScore",
                "LogME is undefined for these features: it comes out as no number.", nil,
                "Look for constant columns and for values of very different size."
            ),
            (
                EmbeddingError.walkBias(.q, 1e7, allowed: 1e-6...1e6), "InvalidOption",
                "q must lie between 0.000001 and 1000000, and is 10000000.0.", nil, nil
            ),
            (
                EmbeddingError.learningRate(0, most: 10), "InvalidOption",
                "The learning rate must be more than 0 and at most 10, and is 0.0.", nil, nil
            ),
            (
                EvaluationError.tooFewResults(dataset: "iberian", count: 1), "NothingToEvaluate",
                "The dataset 'iberian' has 1 result: too few to compare with.", nil,
                "A correlation needs two results at least; %datasets lists how many each dataset has."
            ),
            (
                ForgeError.wordListMissing(language: "Swedish", package: "hunspell-sv", path: "usr/sv.dic"),
                "WordListsMissing", "The word list of Swedish (package hunspell-sv) is not there.",
                .init(file: "usr/sv.dic"), "`script/make-zoo words --fetch` brings it."
            ),
        ]
        for (error, name, message, place, hint) in cases {
            #expect(UserError(explaining: error) == UserError(name, message, place: place, hint: hint))
        }
    }

    @Test func misspeltNamesAreAnsweredWithTheNearest() throws {
        let zoo = try #require(try BuiltInZoo.load("words"))
        let cases: [(UnknownName, name: String, nearest: String, listing: String)] = [
            (.dataset("iberan", in: zoo), "UnknownDataset", "iberian", "%datasets"),
            (.node("iberan", in: zoo), "UnknownNode", "iberian", "%models or %datasets"),
            (.model(String(zoo.models[0].name.dropLast()), in: zoo), "UnknownModel", zoo.models[0].name, "%models"),
            (.method("histroy", in: zoo), "UnknownMethod", "history", "%methods"),
            (.score("Log MEE"), "UnknownScore", "logme", "%score --help"),
        ]
        for (unknown, name, nearest, listing) in cases {
            let error = UserError(unknown)
            #expect(error.name == name)
            #expect(error.message.contains("'\(unknown.name)'"))
            let hint = try #require(error.hint)
            #expect(hint.hasPrefix("Did you mean ") && hint.contains(nearest), "\(hint)")
            #expect(hint.hasSuffix("\(listing) lists all."))
        }
    }

    @Test func anErrorFromElsewhereHasNoSentence() {
        #expect(UserError(explaining: Cancelled()) == nil)
    }

    @Test func aScoreSaysWhyItHasNoValue() throws {
        let data = try LabelledFeatures(
            features: FeatureMatrix(Matrix(rows: 4, columns: 2, repeating: 2.5)), labels: [0, 1, 0, 1])
        let results = try TransferabilityScore.scoreAll([.sfda, .leep, .hScore], of: data)
        #expect(results[0].note == "SFDA is undefined: within each class, all samples have the same features.")
        #expect(results[1].note == "LEEP needs the probabilities of the source task's labels.")
        #expect(results.allSatisfy { ($0.note == nil) == ($0.value != nil) })
    }

    @Test func aTerminalShowsTheMistakeThePlaceAndTheHint() {
        let error = UserError("ZooFormatError", "There is none.", place: .init(file: "a.csv", line: 2), hint: "Look.")
        #expect("\(error)" == "ZooFormatError: There is none.\n  in a.csv, line 2\n  Hint: Look.")
    }
}
