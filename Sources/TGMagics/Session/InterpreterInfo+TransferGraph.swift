import JupyterKernel

extension InterpreterInfo {
    /// The version of the program, of its language and of its reports, defined only here.
    public static let version = "0.2.0"

    /// What clients are told about the language.
    static let transferGraph = InterpreterInfo(
        implementation: "tgkernel", implementationVersion: version, languageName: "transfergraph",
        languageVersion: version, mimetype: "text/x-transfergraph", fileExtension: ".tg",
        pygmentsLexer: "transfergraph",
        // A shell's words, options, strings, comments and variables look alike, and every front end has its mode.
        codeMirrorMode: "shell",
        banner: """
            TransferGraph \(version): choose the model to fine-tune, by learning from a zoo's graph.
            %lsmagic lists the commands, NAME? explains one, %zoo load begins.
            """,
        helpLinks: [
            .init(
                text: "The paper: Model Selection with Model Zoo via Graph Learning",
                url: "https://arxiv.org/abs/2404.03988"),
            .init(text: "Jupyter", url: "https://docs.jupyter.org"),
        ])
}
