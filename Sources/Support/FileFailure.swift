import Foundation

/// Why a file cannot be written.
package struct FileFailure: Error, Equatable, Sendable {
    /// The system's error number.
    package let number: Int32
    /// The end of a sentence: "No space left on device".
    package let reason: String

    package init(_ number: Int32, _ reason: String? = nil) {
        self.number = number
        self.reason = reason ?? String(cString: strerror(number))
    }

    /// The end of a sentence about any error of a file.
    package static func reason(_ error: any Error) -> String {
        if let failure = error as? FileFailure { return failure.reason }
        let text = (error as NSError).localizedDescription
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// Whether space is missing: on the disk, in the user's quota, or within a file's size limit.
    package var isLackOfRoom: Bool { [ENOSPC, EDQUOT, EFBIG].contains(number) }
}

extension UserError {
    /// The sentence for a file that cannot be written.
    ///
    /// - Parameter hint: what to do if space is missing.
    package init(_ failure: FileFailure, path: String, whereFull hint: String) {
        self.init(
            "FileNotWritable", "'\(path)' cannot be written: \(failure.reason).", place: .init(file: path),
            hint: failure.isLackOfRoom ? hint : nil)
    }
}
