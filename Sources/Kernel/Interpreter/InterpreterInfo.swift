/// What a kernel says about itself and its language: the constant part of `kernel_info_reply`.
public struct InterpreterInfo: Sendable, Equatable {
    /// An entry of the client's help menu.
    public struct Link: Sendable, Equatable {
        /// What the menu says.
        public let text: String
        /// Where it leads.
        public let url: String

        /// Makes a link.
        public init(text: String, url: String) {
            self.text = text
            self.url = url
        }
    }

    /// The name of the program.
    public let implementation: String
    /// Its version.
    public let implementationVersion: String
    /// The name of the language, as stored in notebooks.
    public let languageName: String
    /// The version of the language.
    public let languageVersion: String
    /// The MIME type of a script in the language.
    public let mimetype: String
    /// The extension of scripts' names, with the dot; nbconvert uses it.
    public let fileExtension: String
    /// The Pygments lexer for documents; `nil` means one with the language's name.
    public let pygmentsLexer: String?
    /// The CodeMirror mode for notebooks; `nil` means one with the language's name.
    public let codeMirrorMode: String?
    /// What a console shows when it starts.
    public let banner: String
    /// The entries of the client's help menu.
    public let helpLinks: [Link]

    /// Makes the information; the defaults suit any plain-text language.
    public init(
        implementation: String, implementationVersion: String, languageName: String, languageVersion: String,
        mimetype: String = "text/plain", fileExtension: String = ".txt", pygmentsLexer: String? = nil,
        codeMirrorMode: String? = nil, banner: String = "", helpLinks: [Link] = []
    ) {
        self.implementation = implementation
        self.implementationVersion = implementationVersion
        self.languageName = languageName
        self.languageVersion = languageVersion
        self.mimetype = mimetype
        self.fileExtension = fileExtension
        self.pygmentsLexer = pygmentsLexer
        self.codeMirrorMode = codeMirrorMode
        self.banner = banner
        self.helpLinks = helpLinks
    }
}
