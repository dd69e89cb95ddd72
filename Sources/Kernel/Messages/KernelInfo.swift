import OrderedCollections

/// The content of every `kernel_info_reply`: made once, sent often.
struct KernelInfo: Sendable {
    let content: [UInt8]

    init(_ info: InterpreterInfo) {
        var language: OrderedDictionary<String, JSON> = [
            "name": .string(info.languageName), "version": .string(info.languageVersion),
            "mimetype": .string(info.mimetype), "file_extension": .string(info.fileExtension),
        ]
        if let lexer = info.pygmentsLexer { language["pygments_lexer"] = .string(lexer) }
        if let mode = info.codeMirrorMode { language["codemirror_mode"] = .string(mode) }
        language["nbconvert_exporter"] = "script"
        let json: JSON = [
            "status": "ok", "protocol_version": .string(Envelope.protocolVersion),
            "implementation": .string(info.implementation),
            "implementation_version": .string(info.implementationVersion), "language_info": .object(language),
            "banner": .string(info.banner), "debugger": false,
            "help_links": .array(info.helpLinks.map { ["text": .string($0.text), "url": .string($0.url)] }),
            "supported_features": ["kernel subshells"],
        ]
        content = json.serialized
    }
}
