import Foundation

/// Why a file cannot be written.
package struct FileFailure: Error, Equatable, Sendable {
    /// The system's number.
    package let number: Int32
    /// What ends a sentence: "No space left on device".
    package let reason: String

    package init(_ number: Int32, _ reason: String? = nil) {
        self.number = number
        self.reason = reason ?? String(cString: strerror(number))
    }

    /// What ends a sentence about any error of a file.
    package static func reason(_ error: any Error) -> String {
        if let failure = error as? FileFailure { return failure.reason }
        let text = (error as NSError).localizedDescription
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// Whether room is missing: on the disk, in the user's share of it, or in what a file may hold.
    package var isLackOfRoom: Bool { [ENOSPC, EDQUOT, EFBIG].contains(number) }
}

extension UserError {
    /// The sentence for a file that cannot be written.
    ///
    /// - Parameter hint: what to do where room is missing.
    package init(_ failure: FileFailure, path: String, whereFull hint: String) {
        self.init(
            "FileNotWritable", "'\(path)' cannot be written: \(failure.reason).", place: .init(file: path),
            hint: failure.isLackOfRoom ? hint : nil)
    }
}
