import Foundation
import Testing

/// What loading a zoo left out is told with the option that would have taken it.
struct ZooReportTests {
    @Test(arguments: [
        ("full", "1  left out  LoRA runs (--fine-tuning lora takes these instead)"),
        ("lora", "2  left out  full fine-tuning runs (--fine-tuning full takes these instead)"),
    ])
    func runsOfTheOtherKindAreToldWithTheOptionThatTakesThem(choice: String, line: String) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let records = """
            model,finetuned_dataset,peft_method,eval_accuracy
            a,x,,0.5
            b,x,,0.75
            a,y,lora,0.25

            """
        try records.write(to: directory.appendingPathComponent("records.csv"), atomically: false, encoding: .utf8)
        let load = "%zoo load \(directory.path) --format transfergraph --fine-tuning \(choice)"
        let text = try TestNotebook().text(load)
        #expect(text.contains(line), "\(text)")
    }
}
