import JupyterKernel

/// The help of a magic, as `%help NAME` gives it.
package struct HelpValue: SessionValue {
    package let help: MagicHelp

    package var kind: String { "help" }
    package var text: String { help.text }
    package var summary: String { help.usage }
    package var display: DisplayData {
        var display = help.display
        let places: [(place: MagicPlaces, name: JSON)] = [(.line, "line"), (.cell, "cell"), (.terminal, "terminal")]
        let declaration = help.declaration
        display.data[DisplayData.transferGraphJSON] = [
            "kind": .string(kind), "name": .string(help.path), "usage": .string(help.usage),
            "places": .array(places.filter { help.places.contains($0.place) }.map(\.name)),
            "abstract": declaration.abstract.map(JSON.string) ?? .null,
            "discussion": declaration.discussion.map(JSON.string) ?? .null, "parameters": help.parameters,
            "subcommands": .array(declaration.visibleSubcommands.map { .string($0.commandName) }),
        ]
        return display
    }
}
