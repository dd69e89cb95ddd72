import Foundation
import Testing
import TransferGraphCore

/// Files whose names say what all their results are, as people call them: in the plural, of several words.
@Suite struct FileNameMetricTests {
    private static let rows = "model,pets,cars,food\nresnet50,12.1,8.3,9.9\nvit_b,10.5,7,8.8\nswin_t,9,6.1,7.7\n"

    private func zoo(_ file: String) throws -> Zoo {
        let directory = try TemporaryZoo([file: Self.rows])
        return try Zoo.load(paths: ["\(directory.path)/\(file)"])
    }

    @Test(arguments: [
        "error_rates.csv", "top1_errors.csv", "perplexities.csv", "wers.csv", "losses.csv", "rmses.csv",
        "results_error_rates.csv", "speech_wers.csv", "word_error_rates.csv", "uci_log_losses.csv",
        "error_rates_cifar.csv", "wer_librispeech.csv", "imagenet-top1-errors.csv",
    ])
    func errorsAreLowerIsBetter(_ file: String) throws {
        let zoo = try zoo(file)
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, false, false], "\(file)")
        #expect(TableCase.note(zoo, "stands in the name of the file")?.count == 1, "\(file)")
    }

    @Test func accuraciesAreHigherIsBetter() throws {
        let zoo = try zoo("accuracies.csv")
        #expect(zoo.datasets.allSatisfy { $0.metric.higherIsBetter && $0.metric.name == "accuracy" })
    }

    /// What models are trained with, what is no metric, and two metrics say nothing.
    @Test(arguments: [
        "error_analysis.csv", "loss_functions.csv", "mae_finetuning.csv", "wer_vs_cer.csv",
        "no_errors.csv", "accuracies_and_errors_by_model.csv",
    ])
    func otherNamesSayNothing(_ file: String) throws {
        let zoo = try zoo(file)
        #expect(zoo.datasets.allSatisfy { $0.metric.directionSource == .assumed }, "\(file)")
    }
}
