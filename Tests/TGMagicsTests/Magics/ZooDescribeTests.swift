import Foundation
import JupyterKernel
import TGMagics
import TestSupport
import Testing

/// `%zoo describe`: a sentence encoder in the user's own Python.
@Suite struct ZooDescribeTests {
    private let directory: TemporaryDirectory
    private let notebook = TestNotebook()

    /// A stand-in for an encoder: which of four letters a text has. Datasets ending in a are alike.
    init() throws {
        directory = try TemporaryDirectory()
        try directory.write(
            """
            import numpy

            def encode(texts):
                return numpy.array([[text.lower().count(letter) for letter in "abxm"] for text in texts])

            def ragged(texts):
                return numpy.zeros(len(texts))
            """, to: "letters.py")
        var rows = "model,dataset,score\n"
        for (place, dataset) in ["aa", "ab", "xb", "xx"].enumerated() {
            for model in 0..<12 { rows += "m\(model),\(dataset),\(Double((model * (place + 3)) % 13) / 13)\n" }
        }
        try FileManager.default.createDirectory(
            atPath: directory.path + "/zoo", withIntermediateDirectories: true)
        try directory.write(rows, to: "zoo/records.csv")
        let python = try directory.write(
            "#!/bin/sh\nPYTHONPATH=\"\(directory.path):$PYTHONPATH\" exec python3 \"$@\"\n", to: "python")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python)
    }

    private static let hasNumPy: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import numpy"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test(.enabled(if: hasNumPy)) func vectorsEnterTheZooAndAreKeptWithIt() throws {
        try notebook.run("%zoo load \(directory.path)/zoo --as plain")
        let plain = try notebook.json("%predict --target aa --top 12")
        let context = RecordingContext()
        let value = try notebook.run(
            "%zoo describe --python \(directory.path)/python --encoder letters:encode", in: context)
        #expect(context.stdout.contains("letters:encode described 16 models and datasets"))
        #expect(value?.data["text/plain"]?.string?.contains("vectors of names and descriptions") == true)
        let described = try notebook.json("%predict --target aa --top 12")
        #expect(described["rows"] != plain["rows"])
        try notebook.run("%zoo save \(directory.path)/saved")
        let names = try String(contentsOfFile: directory.path + "/saved/text.txt", encoding: .utf8)
        #expect(names.hasPrefix("model\tm0\nmodel\tm1\n") && names.hasSuffix("dataset\txb\ndataset\txx\n"))
        let again = TestNotebook()
        try again.run("%zoo load \(directory.path)/saved")
        #expect(try again.json("%predict --target aa --top 12")["rows"] == described["rows"])
        // A zoo that is saved again, or gets a dataset more, keeps them.
        try again.run("%dataset add mine --like aa\n%zoo save \(directory.path)/more")
        #expect(
            try String(contentsOfFile: directory.path + "/more/text.txt", encoding: .utf8) == names)
        // A line that is neither says where.
        try directory.write(names.replacing("dataset\txx", with: "xx"), to: "saved/text.txt")
        let error = try again.error("%zoo load \(directory.path)/saved")
        #expect(error.name == "ZooFormatError" && error.value.contains("text.txt"))
    }

    @Test(.enabled(if: hasNumPy)) func anEncoderThatFailsIsNamed() throws {
        try notebook.run("%zoo load \(directory.path)/zoo --as plain")
        #expect(
            try notebook.error("%zoo describe --python \(directory.path)/python --encoder letters:ragged").value
                .contains("shape (16,) for 16 texts"))
        #expect(
            try notebook.error("%zoo describe --python \(directory.path)/python --encoder letters:none").value.contains(
                "no function 'none'"))
        #expect(
            try notebook.error("%zoo describe --python \(directory.path)/python --encoder nonsense").value.contains(
                "is no encoder"))
        #expect(try notebook.error("%zoo describe --python /no/python").name == "PythonNotFound")
    }
}
