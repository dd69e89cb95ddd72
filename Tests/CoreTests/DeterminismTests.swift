import Testing
import TransferGraphCore

/// The same seed gives the same bytes, whatever the number of threads.
struct DeterminismTests {
    @Test func everyMethodsExportIsTheSameTwiceAndOnOneThreadOrTwo() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        var evaluator = Evaluator(methods: MethodCatalog.entries(for: zoo).map(\.name))
        evaluator.settings.dimension = 16
        evaluator.threads = 1
        let first = try evaluator.evaluate(zoo).csv()
        evaluator.threads = 2
        #expect(try evaluator.evaluate(zoo).csv() == first)
        #expect(try evaluator.evaluate(zoo).csv() == first)
        #expect(first.split(separator: "\n").count == 1 + evaluator.methods.count * 6 * 24)
    }

    @Test func anotherSeedDrawsOtherNumbers() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        var evaluator = Evaluator(methods: ["random", "tg:lr:n2v"])
        evaluator.settings.dimension = 8
        let first = try evaluator.evaluate(zoo).csv()
        evaluator.seeds = [43]
        #expect(try evaluator.evaluate(zoo).csv() != first)
    }
}
