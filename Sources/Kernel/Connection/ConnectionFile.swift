import Foundation

/// A Jupyter connection file: where the kernel listens, and how messages are signed.
///
/// A registration file (protocol 5.6) is read too: then the kernel chooses its ports and reports them to
/// ``registration``.
///
/// ```swift
/// let file = try ConnectionFile(path: CommandLine.arguments[1])
/// ```
public struct ConnectionFile: Sendable {
    /// How clients reach the kernel.
    public enum Transport: String, Sendable {
        /// TCP ports.
        case tcp
        /// Unix domain sockets.
        case ipc
    }

    /// Where a kernel that chose its ports reports them.
    public struct Registration: Sendable, Equatable {
        /// The identifier by which the starter knows the kernel.
        public let kernelID: String
        /// The port that the starter listens on.
        public let port: Int
    }

    /// How clients reach the kernel.
    public let transport: Transport
    /// The address to listen on; for `ipc` the beginning of the sockets' paths.
    public let ip: String
    /// The port of each channel; the system chooses one that is absent or 0.
    public let ports: [ChannelName: Int]
    /// The signing key; empty if messages are not signed.
    public let key: [UInt8]
    /// The keys that connections are encrypted with; `nil` if they are not.
    public let curve: CurveKeys?
    /// Where the kernel reports its ports; `nil` if the starter chose them.
    public let registration: Registration?
    let scheme: Signer.Scheme
    let json: JSON

    /// Reads the content of a connection file.
    ///
    /// - Throws: ``KernelError`` if it is not a JSON object or asks for something unsupported.
    public init(parsing text: [UInt8]) throws(KernelError) {
        do { json = try JSON(parsing: text) } catch {
            throw KernelError("The connection file is not JSON: \(error.description).")
        }
        guard case .object = json else { throw KernelError("The connection file is not a JSON object.") }
        let transportName = json["transport"]?.string ?? "tcp"
        guard let transport = Transport(rawValue: transportName) else {
            throw KernelError("The connection file asks for the transport \(transportName); supported: tcp and ipc.")
        }
        self.transport = transport
        var ports: [ChannelName: Int] = [:]
        for channel in ChannelName.allCases {
            guard let value = json["\(channel.rawValue)_port"] else { continue }
            // Protocol 5.6 writes ports as strings.
            guard let port = value.integer ?? value.string.flatMap(Int.init), transport == .ipc || 0...65_535 ~= port
            else {
                throw KernelError("The connection file's \(channel.rawValue)_port is not a port number.")
            }
            ports[channel] = port
        }
        self.ports = ports
        key = Array((json["key"]?.string ?? "").utf8)
        let schemeName = json["signature_scheme"]?.string ?? ""
        guard let scheme = schemeName.isEmpty ? .sha256 : Signer.Scheme(rawValue: schemeName) else {
            let known = Signer.Scheme.allCases.map(\.rawValue).joined(separator: ", ")
            throw KernelError("The connection file asks for the signature scheme \(schemeName); supported: \(known).")
        }
        self.scheme = scheme
        if let secret = json["curve_secretkey"]?.string, let publicKey = json["curve_publickey"]?.string {
            guard secret.utf8.count == 40, publicKey.utf8.count == 40 else {
                throw KernelError("The connection file's CurveZMQ keys are not 40 characters long.")
            }
            curve = CurveKeys(publicKey: publicKey, secretKey: secret)
        } else {
            curve = nil
        }
        if let port = json["registration_port"]?.integer ?? json["registration_port"]?.string.flatMap(Int.init) {
            registration = Registration(kernelID: json["kernel_id"]?.string ?? "", port: port)
            ip = json["registration_ip"]?.string ?? "127.0.0.1"
        } else {
            registration = nil
            ip = json["ip"]?.string ?? "127.0.0.1"
        }
    }

    /// Reads the connection file at `path`.
    ///
    /// - Throws: ``KernelError`` if it is missing or asks for something unsupported.
    public init(path: String) throws(KernelError) {
        guard let text = FileManager.default.contents(atPath: path) else {
            throw KernelError("Cannot read the connection file \(path).")
        }
        try self.init(parsing: Array(text))
    }

    /// The address of a channel in ZeroMQ's form.
    func endpoint(of channel: ChannelName) -> String {
        let port = ports[channel] ?? 0
        switch transport {
        case .tcp: return Self.tcp(ip, port == 0 ? "*" : "\(port)")
        case .ipc: return "ipc://\(ip)-\(port == 0 ? channel.rawValue : "\(port)")"
        }
    }

    /// The address to which a kernel that chose its ports reports them.
    func registrationEndpoint(_ registration: Registration) -> String {
        transport == .tcp ? Self.tcp(ip, "\(registration.port)") : "ipc://\(ip)-\(registration.port)"
    }

    private static func tcp(_ ip: String, _ port: String) -> String {
        ip.contains(":") && !ip.hasPrefix("[") ? "tcp://[\(ip)]:\(port)" : "tcp://\(ip):\(port)"
    }
}
