import Foundation
import Testing
import TransferGraphCore

/// Results that name models and datasets by numbers, or in the names of their files.
@Suite struct IdentifierTests {
    private static let records = "model_id,dataset_id,acc\n1,10,0.90\n2,10,0.93\n1,11,0.85\n2,11,0.88\n"

    @Test func numbersAreJoinedWithTheNamesBesideThem() throws {
        let zoo = try TableCase.zoo(
            Self.records,
            [
                "models.csv": "id,name,params\n1,resnet50,25600000\n2,vit_b,86000000\n",
                "datasets.csv": "id,name,classes\n10,pets,37\n11,cars,196\n",
            ])
        #expect(Set(zoo.models.map(\.name)) == ["resnet50", "vit_b"])
        #expect(Set(zoo.datasets.map(\.name)) == ["pets", "cars"])
        #expect(try TableCase.result(zoo, "vit_b", "cars") == 0.88)
        #expect(TableCase.note(zoo, "identifiers of models")?.count == 2)
    }

    @Test func aNameIsTakenBeforeAnIdentifierOfTheSameTable() throws {
        let zoo = try TableCase.zoo(
            "model_id,dataset,acc\n1,pets,0.90\n2,pets,0.93\n1,cars,0.85\n2,cars,0.88\n",
            ["models.csv": "model_id,name,params\n1,resnet50,25600000\n2,vit_b,86000000\n"])
        #expect(Set(zoo.models.map(\.name)) == ["resnet50", "vit_b"])
    }

    @Test func numbersThatNoTableHasAreSaid() throws {
        let zoo = try TableCase.zoo(Self.records, ["models.csv": "name,params\nresnet50,25600000\nvit_b,86000000\n"])
        #expect(TableCase.note(zoo, "models.csv does not have: give it a column 'id'")?.count == 2)
    }

    @Test func namesThatAreNumbersInBothStay() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,acc\n1,pets,0.90\n2,pets,0.93\n", ["models.csv": "model,id\n1,2\n2,1\n"])
        #expect(Set(zoo.models.map(\.name)) == ["1", "2"])
        #expect(try TableCase.result(zoo, "1", "pets") == 0.9)
    }

    private static let files = [
        "pets.csv": "model,accuracy\nresnet50,0.9\nvit_b,0.93\n",
        "cars.csv": "model,accuracy\nresnet50,0.85\nvit_b,0.88\n",
    ]

    @Test(arguments: [true, false])
    func aFileForEachDatasetIsNamedByIt(_ asFolder: Bool) throws {
        let folder = try HubFolder(Self.files)
        let paths = asFolder ? [folder.url.path] : Self.files.keys.sorted().map { folder.url.path + "/" + $0 }
        let zoo = try Zoo.load(paths: paths)
        #expect(Set(zoo.datasets.map(\.name)) == ["pets", "cars"] && zoo.models.count == 2)
        #expect(try TableCase.result(zoo, "vit_b", "cars") == 0.88)
        #expect(TableCase.note(zoo, "files of one dataset each")?.count == 2)
    }

    /// The column that a file's name gives stands behind the others, also where a row is shorter than the header.
    @Test func shortRowsAndNotesOfSuchFilesAreReadAsElsewhere() throws {
        let folder = try HubFolder([
            "pets.csv": "model,accuracy,size\nresnet50,0.9,12\nvit_b,0.93\n* 300 epochs\n",
            "cars.csv": "model,accuracy,size\nresnet50,0.85,12\nvit_b,0.88,9\n",
        ])
        let zoo = try Zoo.load(paths: [folder.url.path])
        #expect(
            Set(zoo.datasets.map(\.name)) == ["pets", "cars"] && Set(zoo.models.map(\.name)) == ["resnet50", "vit_b"])
        #expect(try TableCase.result(zoo, "vit_b", "pets") == 0.93)
        #expect(TableCase.note(zoo, "notes on the table")?.count == 1)
    }

    @Test func aFileForEachModelIsNamedByIt() throws {
        let folder = try HubFolder([
            "resnet50.csv": "dataset,accuracy\npets,0.9\ncars,0.85\n",
            "vit_b.csv": "dataset,accuracy\npets,0.93\ncars,0.88\n",
        ])
        let zoo = try Zoo.load(paths: [folder.url.path])
        #expect(Set(zoo.models.map(\.name)) == ["resnet50", "vit_b"])
        #expect(try TableCase.result(zoo, "resnet50", "cars") == 0.85)
    }

    /// Splits and wide tables are no datasets.
    @Test(arguments: [
        ["test.csv": "model,accuracy\na,0.9\nb,0.8\n", "val.csv": "model,accuracy\na,0.7\nb,0.6\n"],
        ["first.csv": "model,pets,cars\na,0.9,0.8\n", "second.csv": "model,pets,cars\nb,0.7,0.6\n"],
    ])
    func otherFilesOfOneHeaderAreNotNamedByTheirFiles(_ files: [String: String]) throws {
        let folder = try HubFolder(files)
        #expect(throws: ZooError.self) { _ = try Zoo.load(paths: [folder.url.path]) }
    }
}
