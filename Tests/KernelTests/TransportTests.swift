import CZeroMQ
import Foundation
import JupyterKernel
import Testing

@Suite struct TransportTests {
    /// - Parameter whileItRuns: what holds before the kernel is told to end.
    private func runs(_ kernel: TestKernel, whileItRuns: () -> Void = {}) throws {
        try kernel.subscribed()
        #expect(try kernel.run("value 1").reply["status"] == "ok")
        whileItRuns()
        #expect(kernel.shutdown())
    }

    @Test func aKernelServesOverIPC() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/k"
        let ports = zip(ChannelName.allCases, 1...).map { "\"\($0.rawValue)_port\":\($1)" }.joined(separator: ",")
        let files = (1...5).map { "\(path)-\($0)" }
        try runs(TestKernel(file: "\"transport\":\"ipc\",\"ip\":\"\(path)\",\(ports)", host: path)) {
            #expect(files.allSatisfy(FileManager.default.fileExists))
        }
        #expect(!files.contains(where: FileManager.default.fileExists), "the sockets' files are gone with the kernel")
    }

    /// The system holds the connection until the kernel takes it up; the descriptor is the kernel's own afterwards.
    @Test func aClientThatComesBeforeTheKernelIsServed() throws {
        let context = try SocketContext()
        let client = try Socket(ZMQ_DEALER, in: context)
        let server = try Socket(ZMQ_ROUTER, in: context)
        // Of many ports one is free.
        for port in 20_000..<20_200 {
            let file = try ConnectionFile(parsing: Array("{\"ip\":\"127.0.0.1\",\"shell_port\":\(port)}".utf8))
            let ports = file.openPorts()
            guard let descriptor = ports.take(.shell) else { continue }
            #expect(file.openPorts().take(.shell) == nil, "somebody listens there")
            #expect(ports.take(.shell) == nil && ports.take(.iopub) == nil)
            try client.connect("tcp://127.0.0.1:\(port)")
            client.send([[1, 2]])
            try server.bind("tcp://127.0.0.1:\(port)", on: descriptor)
            #expect(server.receive(waiting: true)?.last == [1, 2])
            #expect(server.endpoint == "tcp://127.0.0.1:\(port)")
            return
        }
        Issue.record("no port of two hundred is free")
    }

    @Test func aKernelServesEncrypted() throws {
        var publicKey = [CChar](repeating: 0, count: 41)
        var secretKey = [CChar](repeating: 0, count: 41)
        try #require(zmq_curve_keypair(&publicKey, &secretKey) == 0)
        func text(_ key: [CChar]) -> String {
            String(decoding: key.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        let keys = CurveKeys(publicKey: text(publicKey), secretKey: text(secretKey))
        let json: JSON = ["curve_publickey": .string(keys.publicKey), "curve_secretkey": .string(keys.secretKey)]
        let members = String(decoding: json.serialized, as: UTF8.self).dropFirst().dropLast()
        try runs(TestKernel(file: "\"transport\":\"tcp\",\(members)", curve: keys))
    }

    @Test(arguments: [
        #"{"transport":"carrier pigeon"}"#, #"{"signature_scheme":"hmac-md5"}"#, #"{"signature_scheme":"hmac-sha384"}"#,
        #"{"shell_port":65536}"#,
        #"{"shell_port":"x"}"#, #"{"curve_publickey":"a","curve_secretkey":"b"}"#, "[]", "",
    ])
    func aConnectionFileThatCannotBeServedIsRefused(text: String) {
        #expect(throws: KernelError.self) { try ConnectionFile(parsing: Array(text.utf8)) }
    }

    @Test func chosenPortsAreWrittenIntoTheFileForTheUserAlone() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/c.json"
        try Data(#"{"ip":"127.0.0.1","shell_port":5,"kernel_name":"x"}"#.utf8).write(to: URL(fileURLWithPath: path))
        let file = try ConnectionFile(path: path)
        try file.write(ports: [.shell: "7", .iopub: "8", .stdin: "9", .control: "10", .heartbeat: "11"], to: path)
        let written = try JSON(parsing: Array(try #require(FileManager.default.contents(atPath: path))))
        #expect(
            written == [
                "ip": "127.0.0.1", "shell_port": 5, "kernel_name": "x", "iopub_port": 8, "stdin_port": 9,
                "control_port": 10, "hb_port": 11,
            ])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(ConnectionFile.warnings(path: path).isEmpty)
    }

    @Test func aConnectionFileBehindALinkIsWrittenAndTheLinkStays() throws {
        let directory = try TemporaryDirectory()
        try directory.write(#"{"ip":"127.0.0.1"}"#, to: "real.json")
        let link = directory.path + "/link.json"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.json")
        try ConnectionFile(path: link).write(ports: [.shell: "7"], to: link)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.json")
        #expect(try ConnectionFile(path: directory.path + "/real.json").ports[.shell] == 7)
        // What is no plain file cannot be replaced by one.
        let pipe = directory.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(throws: KernelError.self) {
            try ConnectionFile(path: link).write(ports: [:], to: directory.path)
        }
        let file = try ConnectionFile(parsing: Array(#"{"ip":"127.0.0.1"}"#.utf8))
        #expect(throws: KernelError.self) { try file.write(ports: [.shell: "7"], to: pipe) }
    }

    @Test func aTakenPortIsSaid() throws {
        let context = try SocketContext()
        let socket = try Socket(ZMQ_ROUTER, in: context)
        try socket.bind("tcp://127.0.0.1:*")
        let port = try #require(socket.endpoint.split(separator: ":").last)
        #expect(throws: KernelError.self) { try TestKernel(file: "\"shell_port\":\(port)") }
    }
}
