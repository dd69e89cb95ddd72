import Kernel

/// The help of a magic, as `%help NAME` gives it.
struct HelpValue: SessionValue {
    let help: MagicHelp

    var kind: String { "help" }
    var text: String { help.text }
    var summary: String { help.usage }
    var display: DisplayData { help.display }
}
