import JupyterKernel
import Presentation
import Support

/// Asks before a cell's value makes the notebook large: output stays in its file, and a browser holds all of it.
enum LargeOutput {
    /// In bytes.
    static let limit = 5_000_000

    /// - Parameter displays: what one value shows.
    /// - Throws: `UserError` named `LargeOutput` if the user says no, or cannot be asked; `ExecutionError` if the
    ///   question is interrupted.
    static func check(_ displays: [DisplayData], in context: any ExecutionContext) throws {
        let size = displays.reduce(0) { $1.data.values.reduce($0) { $0 + $1.approximateSize } }
        guard size > limit else { return }
        let megabytes = NumberFormat.decimals(0).text(Double(size) / 1e6)
        let answer: String
        do {
            answer = try context.ask(
                "The output has \(megabytes) MB. Put it into the notebook? (y/N) ", password: false)
        } catch {
            guard error.name == "StdinNotImplementedError" else { throw error }
            answer = "n"
        }
        if ["y", "yes"].contains(answer.trimmed.lowercased()) { return }
        throw UserError(
            "LargeOutput", "The output is \(megabytes) MB and was not put into the notebook.",
            hint: "Ask for fewer rows, or give it a name and write it to a file: x = %… and %export x FILE.csv.")
    }
}

extension JSON {
    /// Its approximate size as text, in bytes. O(n).
    fileprivate var approximateSize: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .array(let items): items.reduce(2) { $0 + $1.approximateSize + 1 }
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + $1.value.approximateSize + 4 }
        case .number: 18
        default: 5
        }
    }
}
