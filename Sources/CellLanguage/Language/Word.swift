/// One word of a line: what stands between unquoted spaces, in pieces of text or variables.
public struct Word: Sendable, Equatable {
    public enum Piece: Sendable, Equatable {
        case text(String)
        /// `$name` or `${name}`: replaced by the variable's text when the line runs.
        case variable(String)
    }

    public var pieces: [Piece]
    /// Where the word stands in the cell, in Unicode code points, its quotes included.
    public let range: Range<Int>
    /// Whether any part of it was quoted or escaped, so that it is meant as text and never as a magic's name.
    public let isQuoted: Bool
    /// Where in the cell, in code points, it holds an unquoted ``Typography`` character.
    package let typographic: [Int]

    public init(pieces: [Piece], range: Range<Int>, isQuoted: Bool) {
        self.init(pieces: pieces, range: range, isQuoted: isQuoted, typographic: [])
    }

    init(pieces: [Piece], range: Range<Int>, isQuoted: Bool, typographic: [Int]) {
        self.pieces = pieces
        self.range = range
        self.isQuoted = isQuoted
        self.typographic = typographic
    }

    /// The word's text if it holds no variable; `nil` otherwise.
    public var literal: String? {
        var text = ""
        for piece in pieces {
            guard case .text(let part) = piece else { return nil }
            text += part
        }
        return text
    }

    /// The variable's name if the word is just one `$name`.
    public var soleVariable: String? {
        if pieces.count == 1, case .variable(let name) = pieces[0] { return name }
        return nil
    }

    /// The word's text, with variables as they are written: `$name`.
    package var writtenText: String {
        text { "$" + $0 }
    }

    /// The value of an option that binds variables, with these as they are written: `--where "size < $x"`, or
    /// `--where="size < $x"` with the option before it. `nil` if it is no such value, or one variable alone.
    ///
    /// - Parameter previous: the word before.
    func query(after previous: String?, options: [String]) -> String? {
        var rest = pieces[...]
        var start = ""
        if !options.contains(previous ?? "") {
            guard case .text(let first)? = pieces.first,
                let option = options.first(where: { first.hasPrefix($0 + "=") })
            else { return nil }
            start = option + "="
            rest = rest.dropFirst()
            let begun = first.dropFirst(start.count)
            if !begun.isEmpty { rest.insert(.text(String(begun)), at: rest.startIndex) }
        }
        if rest.count == 1, case .variable? = rest.first { return nil }
        var text = start
        var followsVariable = false
        for piece in rest {
            switch piece {
            case .text(let part):
                // ${x}y is the value of x, and then y.
                if followsVariable, part.unicodeScalars.first.map(CellScanner.continuesName) == true { text += " " }
                text += part
                followsVariable = part.isEmpty && followsVariable
            case .variable(let name):
                text += followsVariable ? " $" + name : "$" + name
                followsVariable = true
            }
        }
        return text
    }

    /// The word with every variable replaced by what `value` returns for its name.
    public func text(replacingVariablesWith value: (String) throws -> String) rethrows -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .variable(let name): text += try value(name)
            }
        }
        return text
    }

    /// `text` quoted so that a line with it reads the same text back as one word.
    public static func quoting(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.unicodeScalars.first != "#" && text.unicodeScalars.last != "?"
            && text.unicodeScalars.allSatisfy { scalar in
                !CellScanner.isSpace(scalar) && !CellScanner.isLineEnd(scalar)
                    && !"'\"\\$".unicodeScalars.contains(scalar) && !Typography.contains(scalar)
            }
        if isPlain { return text }
        if !text.unicodeScalars.contains("'") { return "'\(text)'" }
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" || character == "$" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
