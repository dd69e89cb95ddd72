import Foundation
import Testing
import TransferGraphCore

/// What `script/export-zoo` writes is read back.
@Suite struct ExportedModelsTests {
    @Test func timmsModelsMeetTheirResults() throws {
        let hub = try HubFolder([
            "results-imagenet.csv":
                "model,img_size,top1,top1_err,top5,top5_err,param_count\nbrook_b0.fb_in22k_ft_in1k,224,77.1,22.9,93.2,6.8,5.29\n",
            "timm-models.json": """
            {
             "brook_b0.fb_in22k_ft_in1k": {"architecture": "brook_b0", "crop_pct": 0.9, "input_size": [3, 224, 224], "license": "mit", "num_classes": 1000},
             "brook_b1.in1k": {"architecture": "brook_b1", "crop_pct": 0.9, "hf_hub_id": "timm/brook_b1.in1k", "input_size": [3, 240, 240]}
            }
            """,
        ])
        let facts = try hub.facts(TimmReader())
        #expect(facts.values("brook_b0.fb_in22k_ft_in1k", "license") == [.category("mit")])
        #expect(facts.values("brook_b1.in1k", "input_size") == [.number(240)])
        #expect(
            facts.values("brook_b0.fb_in22k_ft_in1k", "pretraining_dataset").first
                == .set(["imagenet-22k", "imagenet-1k"]))
        let zoo = try Zoo.load(paths: [hub.url.path])
        #expect(zoo.models.count == 2 && zoo.results.count == 1)
    }

    @Test func kerasModelsHaveTheirSizes() throws {
        let hub = try HubFolder([
            "keras-models.json": """
            {
             "Brook": {"input_shape": [224, 224, 3], "layers": 81, "output_shape": [1000], "parameters": 22910480, "pretrained_on": "ImageNet"}
            }
            """
        ])
        let zoo = try Zoo.load(paths: [hub.url.path])
        #expect(zoo.models.map(\.name) == ["Brook"])
        #expect(zoo.models[0].parameters == 22_910_480)
        #expect(zoo.models[0].inputSize == 224)
    }

    /// huggingface/pytorch-image-models#1611: two sizes are two settings of one model, and the larger counts.
    @Test func theLargerOfTwoSizesIsTheResult() throws {
        let hub = try HubFolder([
            "results-imagenet.csv":
                "model,img_size,top1,top1_err,top5,top5_err,param_count\na.in1k,288,78.1,21.9,93,7,5\na.in1k,224,77,23,93,7,5\nb.in1k,224,70,30,90,10,5\n"
        ])
        let zoo = try Zoo.load(paths: [hub.url.path])
        #expect(try zoo.result(zoo.model(named: "a.in1k"), on: zoo.dataset(named: "imagenet")) == 78.1)
        #expect(zoo.report.items.contains { $0.what.contains("reported again") && $0.count == 1 })
    }
}
