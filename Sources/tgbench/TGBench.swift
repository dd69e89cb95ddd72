import ArgumentParser
import Sentences
import Support

/// What `script/bench` measures of this project; the script sets it beside other programs.
@main
struct TGBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tgbench", abstract: "Measures parts of TransferGraph, for script/bench.",
        subcommands: [
            EmbeddingCommand.self, GraphNetworkCommand.self, EmbeddingGraphCommand.self, LinkQualityCommand.self,
            GraphRecipeCommand.self,
            EvaluationCommand.self, IntervalsCommand.self, ScoreCommand.self, AutoCommand.self, AutoBesideCommand.self,
            AutoKnownCommand.self, AutoProtocolsCommand.self, AutoTrainedCommand.self, CalibrationCommand.self,
            AutoGrowthCommand.self,
            AutoHubCommand.self,
            LoadingCommand.self,
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: UserError(explaining: error) ?? error)
        }
    }
}
