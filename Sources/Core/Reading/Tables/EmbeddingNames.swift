import Foundation

/// The names in `embeddings.txt`, one a line: a name with a line's end in it, or one in quotation marks, stands there as a
/// JSON string.
enum EmbeddingNames {
    static func line(_ name: String) -> String {
        guard name.contains(where: \.isNewline) || name.hasPrefix("\"") else { return name }
        var text = "\""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case _ where scalar.value < 32 || Character(scalar).isNewline:
                text += "\\u" + String(format: "%04x", scalar.value)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    static func name(_ line: String) -> String {
        guard line.hasPrefix("\""), line.hasSuffix("\""), line.count > 1,
            let name = try? JSONDecoder().decode(String.self, from: Data(line.utf8))
        else { return line }
        return name
    }
}
