import ArgumentParser
import CellLanguage

/// `%result`
public struct ResultMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "result", abstract: "Keeps what fine-tuning gave; %recommend goes by it.",
        discussion: """
            %result add mine google/vit-base 0.93 --hours 1.5
            %recommend mine
            """, subcommands: [ResultAddMagic.self, ResultListMagic.self, ResultRemoveMagic.self])
    public static let places: MagicPlaces = .line

    public init() {}
}
