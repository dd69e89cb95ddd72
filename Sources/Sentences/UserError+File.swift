import Foundation
import Support
import TransferGraphCore

extension UserError {
    public init(_ error: FileError) {
        switch error {
        case .notFound(let path):
            self.init(
                "FileNotFound", "There is no file \(Self.fileName(path)).", place: .init(file: path),
                hint: "Check the path.")
        case .notReadable(let path):
            self.init(
                "FileNotReadable", "\(Self.fileName(path)) is there but cannot be read.", place: .init(file: path),
                hint: "Check that it is a file and that you may read it.")
        case .notRegular(let path):
            self.init("FileError", "This is not a regular file.", place: .init(file: path))
        case .empty(let path):
            self.init("FileError", "The file is empty.", place: .init(file: path))
        case .notOpened(let path, let code):
            self.init(
                "FileError", "The file cannot be opened: \(String(cString: strerror(code))).",
                place: .init(file: path), hint: "Check the path; relative ones start at the notebook's folder.")
        case .notMapped(let path, let code):
            self.init(
                "FileError", "The file cannot be mapped into memory: \(String(cString: strerror(code))).",
                place: .init(file: path))
        }
    }

    private static func fileName(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
}
