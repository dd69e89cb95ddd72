import Foundation

/// The most memory the process ever held, where the system tells.
func peakMebibytes() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kibibytes = line.split(separator: " ").compactMap({ Int($0) }).first
            ?? Int(line.filter(\.isNumber))
    else { return nil }
    return kibibytes / 1024
}
