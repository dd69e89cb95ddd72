import ArgumentParser
import Support
import TransferGraphCore

/// What is evaluated: the zoo, how much of its history is kept, and with which seeds.
struct EvaluationOptions: ParsableArguments {
    @OptionGroup private var option: ZooOption
    @Option(help: "Shares of the other datasets' results that are kept, separated by commas.")
    var historyRatios: CommaList<Double> = [1]
    @Option(help: "Seeds, separated by commas.")
    var seeds: CommaList<UInt64> = [0, 1, 2]
    @Option(help: "Targets worked on at the same time.")
    var threads = 2
    @Flag(help: "A line a target too.")
    var targets = false

    func zoo() throws -> Zoo { try option.load() }
}
