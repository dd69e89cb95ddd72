import Glibc
import Synchronization

/// Sockets of a connection file that listen before the kernel is ready.
///
/// A client connects as soon as it has started the kernel's process. If nobody listens yet, ZeroMQ retries a tenth of a
/// second later; if the port is already open, the connection waits until the kernel accepts it.
///
/// ```swift
/// let file = try ConnectionFile(path: path)
/// let ports = file.openPorts()  // first of all
/// try KernelServer(connection: file, interpreter: Echo()).run(on: ports)
/// ```
public final class OpenPorts: Sendable {
    private let descriptors: Mutex<[ChannelName: Int32]>

    init(_ descriptors: [ChannelName: Int32]) { self.descriptors = Mutex(descriptors) }

    /// The environment variable in which the program that started this one passes listening descriptors, as
    /// `shell=3,iopub=4`.
    static let variable = "KERNEL_OPEN_PORTS"

    /// The ports opened by the program that started this one (`Sources/tglaunch`). Removes the variable from the
    /// environment, so that no child process takes the descriptors for its own.
    ///
    /// Called once, before other threads run.
    public static func inherited() -> OpenPorts? {
        guard let text = getenv(variable).map({ String(cString: $0) }) else { return nil }
        unsetenv(variable)
        var open: [ChannelName: Int32] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=")
            guard parts.count == 2, let channel = ChannelName(rawValue: String(parts[0])), let number = Int32(parts[1]),
                fcntl(number, F_SETFD, FD_CLOEXEC) == 0
            else { continue }
            open[channel] = number
        }
        return OpenPorts(open)
    }

    deinit {
        for descriptor in descriptors.withLock(\.self).values { close(descriptor) }
    }

    /// Hands over the channel's listening descriptor, for the caller to close; `nil` if there is none.
    package func take(_ channel: ChannelName) -> Int32? { descriptors.withLock { $0.removeValue(forKey: channel) } }
}

extension ConnectionFile {
    /// Opens the ports that the file gives, if they are TCP on a numeric address.
    ///
    /// A port that cannot be opened is left to ``KernelServer/run(on:ready:)``, which says what is wrong with it.
    public func openPorts() -> OpenPorts {
        guard transport == .tcp else { return OpenPorts([:]) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard inet_pton(AF_INET, ip, &address.sin_addr) == 1 else { return OpenPorts([:]) }
        var open: [ChannelName: Int32] = [:]
        for (channel, port) in ports where port != 0 {
            address.sin_port = in_port_t(port).bigEndian
            open[channel] = Self.listen(on: address)
        }
        return OpenPorts(open)
    }

    private static func listen(on address: sockaddr_in) -> Int32? {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { return nil }
        // As ZeroMQ does: a port whose last connection has just closed is free.
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        let isBound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound, Glibc.listen(descriptor, 100) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
