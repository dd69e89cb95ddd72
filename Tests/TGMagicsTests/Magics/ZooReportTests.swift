import Foundation
import Testing

/// What loading a zoo left out is told with the option that would have taken it.
struct ZooReportTests {
    @Test(arguments: [
        ("full", "LoRA runs (--fine-tuning lora takes these instead)"),
        ("lora", "full fine-tuning runs (--fine-tuning full takes these instead)"),
    ])
    func runsOfTheOtherKindAreToldWithTheOptionThatTakesThem(choice: String, line: String) throws {
        let directory = try TemporaryDirectory()
        let records = """
            model,finetuned_dataset,peft_method,eval_accuracy
            a,x,,0.5
            b,x,,0.75
            a,y,lora,0.25

            """
        try directory.write(records, to: "records.csv")
        let load = "%zoo load \(directory.path) --format transfergraph --fine-tuning \(choice)"
        let text = try TestNotebook().run(load)?.data["text/html"]?.string ?? ""
        #expect(text.contains(line), "\(text)")
    }
}
