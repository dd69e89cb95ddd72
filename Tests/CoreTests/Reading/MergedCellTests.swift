import Foundation
import Testing
import TransferGraphCore

@Suite struct MergedCellTests {
    private static let rows = "ResNet-50,Pets,90.1\n,Cars,85.2\nViT-B/16,Pets,93.1\n,Cars,88.2\n"

    @Test func aNameAboveABlockIsThatOfItsRows() throws {
        let zoo = try TableCase.zoo("Model,Dataset,Accuracy\n" + Self.rows)
        #expect(zoo.results.count == 4)
        #expect(try TableCase.result(zoo, "ViT-B/16", "Cars") == 88.2)
        #expect(TableCase.note(zoo, "merged cells")?.count == 2)
        let turned = try TableCase.zoo("Dataset,Model,Accuracy\nPets,a,90.1\n,b,85.2\nCars,a,93.1\n,b,88.2\n")
        #expect(try TableCase.result(turned, "b", "Cars") == 88.2)
    }

    /// A name that is missing somewhere is no block, nor are two rows of one dataset.
    @Test(arguments: [
        "ResNet-50,Pets,90.1\n,Cars,85.2\nViT-B/16,Pets,93.1\nSwin,Cars,88.2\n",
        "ResNet-50,Pets,90.1\n,Pets,85.2\nViT-B/16,Pets,93.1\n,Cars,88.2\n",
    ])
    func aMissingNameStaysMissing(_ rows: String) throws {
        let zoo = try TableCase.zoo("Model,Dataset,Accuracy\n" + rows)
        #expect(TableCase.note(zoo, "merged cells") == nil)
        #expect(TableCase.note(zoo, "without a model or a dataset") != nil)
    }
}
