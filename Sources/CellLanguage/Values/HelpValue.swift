import JupyterKernel

/// The help of a magic, as `%help NAME` gives it.
package struct HelpValue: SessionValue {
    package let help: MagicHelp

    package var kind: String { "help" }
    package var text: String { help.text }
    package var summary: String { help.usage }
    package var display: DisplayData { help.display }
}
