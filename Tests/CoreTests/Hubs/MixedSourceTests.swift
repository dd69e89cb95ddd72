import Foundation
import Testing
import TransferGraphCore

/// Several sources in one folder: all are read, and what joins or tells apart their models is said.
struct MixedSourceTests {
    private let card = """
        ---
        base_model: acme/base
        model-index:
        - name: x
          results:
          - dataset: {name: pets, type: pets}
            metrics: [{type: accuracy, value: 0.9}]
        ---
        """
    private let timm =
        "model,img_size,top1,top1_err,top5,top5_err,param_count,crop_pct,interpolation\nvgg19,224,72.4,27.6,90.9,9.1,143.67,0.9,x\n"
    private let torchvision = #"{"vgg19": {"V1": {"num_params": 143, "_metrics": {"ImageNet-1K": {"acc@1": 72.376}}}}}"#
    private let task = #"{"task_name": "T", "scores": {"test": [{"main_score": 0.5, "hf_subset": "default"}]}}"#

    private func load(_ files: [String: String]) throws -> Zoo {
        let hub = try HubFolder(files)
        return try Zoo.load(paths: [hub.url.path], name: "zoo")
    }

    private func item(_ zoo: Zoo, _ words: String) -> LoadReport.Item? {
        zoo.report.items.first { $0.what.contains(words) }
    }

    private func value(_ zoo: Zoo, _ model: String, _ dataset: String) throws -> Double? {
        let model = try #require(zoo.models.firstIndex { $0.name == model }, "\(zoo.models.map(\.name))")
        let dataset = try #require(zoo.datasets.firstIndex { $0.name == dataset })
        return zoo.results.position(model: model, dataset: dataset).map { zoo.results.values[$0] }
    }

    @Test(arguments: ["results.csv", "records.csv", "mine.csv"])
    func cardsAndATableAreBothRead(_ table: String) throws {
        let zoo = try load([
            "acme/dog/README.md": card, table: "model,dataset,accuracy\nacme/base,cars,91.1\nother,cars,80\n",
        ])
        #expect(try value(zoo, "acme/base", "pets") == 0.9)
        #expect(try value(zoo, "acme/base", "cars") == 91.1)
        #expect(
            item(zoo, "name alike: taken as one") != nil || item(zoo, "files of several formats") != nil
                || item(zoo, "read as well") != nil)
        #expect(!zoo.report.items.contains { $0.what.contains("not read") })
    }

    @Test func aTableIsReadBesideTheBenchmarksResultsAndDocuments() throws {
        let zoo = try load([
            "results/org__a/0123456789abcdef/T.json": task, "mine.csv": "model,dataset,accuracy\norg/a,cars,0.9\n",
        ])
        #expect(try value(zoo, "org/a", "T") == 0.5)
        #expect(try value(zoo, "org/a", "cars") == 0.9)
        #expect(item(zoo, "name alike: taken as one")?.examples == ["org/a: mteb, table"])
        let modules = try load([
            "1.md": "# Module acme/one/1\n\nx\n\n<!-- dataset: snli -->\n",
            "results.csv":
                "model,dataset,accuracy\nhttps://tfhub.dev/acme/one/1,pets,0.9\nacme/one,cars,0.8\nacme/one/1,dtd,0.7\n",
        ])
        #expect(modules.models.map(\.name) == ["acme/one"])
        #expect(modules.results.count == 3)
        #expect(item(modules, "under a handle and a name")?.count == 2)
    }

    @Test func aTableBesideAHubThatIsNoneOfResultsIsNamed() throws {
        let zoo = try load(["acme/dog/README.md": card, "labels.csv": "id,label\n1,dog\n"])
        #expect(item(zoo, "not read")?.examples == ["labels.csv"])
    }

    @Test func oneNameInTwoHubsIsTwoModels() throws {
        let zoo = try load(["timm/results-imagenet.csv": timm, "tv.json": torchvision])
        #expect(Set(zoo.models.map(\.name)) == ["vgg19 (timm)", "vgg19 (torchvision)"])
        #expect(item(zoo, "told apart by the hub")?.examples == ["vgg19: timm, torchvision"])
        #expect(try value(zoo, "vgg19 (timm)", "imagenet") == 72.4)
        #expect(try value(zoo, "vgg19 (torchvision)", "imagenet") == nil)
    }

    @Test func aHandleSaysThatTwoNamesAreOneModel() throws {
        let zoo = try load([
            "timm/results-imagenet.csv": timm,
            "hub/timm/vgg19/README.md": card.replacing("base_model: acme/base\n", with: ""),
        ])
        #expect(zoo.models.map(\.name).contains("vgg19") && !zoo.models.map(\.name).contains("timm/vgg19"))
        #expect(try value(zoo, "vgg19", "pets") == 0.9)
        #expect(item(zoo, "under a handle and a name")?.examples.first?.contains("timm/vgg19 is vgg19") == true)
    }

    @Test func pagesOfPyTorchHubThatLoadTorchvisionsModelsMeanThem() throws {
        let page = """
            ---
            layout: hub_detail
            title: vgg
            ---
            torch.hub.load('pytorch/vision:v0.10.0', 'vgg19')
            """
        #expect(try load(["vgg.md": page, "tv.json": torchvision]).models.map(\.name) == ["vgg19"])
        let other = page.replacing("pytorch/vision", with: "acme/other")
        #expect(try load(["vgg.md": other, "tv.json": torchvision]).models.count == 2)
    }

    // MARK: Metrics

    @Test func resultsThatNameNoMetricAreNotTakenForAnotherFiles() throws {
        let hub = try HubFolder([
            "a.csv": "model,dataset,score\nm1,pets,0.1\nm2,pets,0.2\n",
            "b.csv": "model,dataset,metric,score\nm3,pets,accuracy,0.9\n",
        ])
        let paths = ["a.csv", "b.csv"].map { hub.url.appendingPathComponent($0).path }
        let zoo = try Zoo.load(paths: paths, name: "zoo")
        #expect(zoo.results.count == 2)
        #expect(zoo.datasets[0].metric.name == nil)
        #expect(
            item(zoo, "datasets with several metrics")?.examples == [
                "pets: results without a metric's name, not accuracy"
            ])
    }

    @Test func resultsThatNameNoMetricAreTakenForTheirOwnFilesAndSaid() throws {
        let zoo = try load(["records.csv": "model,dataset,metric,score\nm1,pets,accuracy,0.9\nm2,pets,,0.8\n"])
        #expect(zoo.results.count == 2)
        #expect(item(zoo, "name no metric")?.examples == ["pets: 1 as accuracy"])
    }
}
