import Foundation

/// The places where Jupyter's programs look for kernelspecs.
public enum KernelSpecLocation: Sendable {
    /// The user's own, for every environment.
    case user
    /// That of a Python environment or another installation, by its directory.
    case prefix(String)

    /// The directory of kernelspecs.
    ///
    /// - Parameter environment: Where Jupyter's own variables are looked up.
    public func directory(environment: [String: String]) -> String {
        switch self {
        case .prefix(let prefix):
            return URL(fileURLWithPath: prefix).standardizedFileURL.path + "/share/jupyter/kernels"
        case .user:
            if let data = environment["JUPYTER_DATA_DIR"], !data.isEmpty { return "\(data)/kernels" }
            if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return "\(data)/jupyter/kernels" }
            return "\(environment["HOME"] ?? NSHomeDirectory())/.local/share/jupyter/kernels"
        }
    }
}
