import Foundation
import Testing
import TransferGraphCore

@Suite struct TwoPieceNormalTests {
    /// Against numerical integration over the normal draws that it is made of.
    @Test(arguments: [(1.0, 1.0), (0.4, 1.3), (2, 0.25)])
    func momentsAndExcessesAreIntegrals(above: Double, below: Double) {
        let shape = TwoPieceNormal(above: above, below: below)
        let step = 1e-3
        func expectation(_ value: (Double) -> Double) -> Double {
            stride(from: -9.0 + step / 2, to: 9, by: step).reduce(0) { sum, normal in
                sum + value(shape.draw(normal)) * exp(-normal * normal / 2) / (2 * Double.pi).squareRoot() * step
            }
        }
        #expect(abs(expectation { $0 }) < 1e-6)
        #expect(abs(expectation { $0 * $0 } - shape.deviation * shape.deviation) < 1e-6)
        for x in [-2.0, -0.3, 0, 0.2, 1.5] {
            #expect(abs(expectation { $0 > x ? 1 : 0 } - shape.probability(above: x)) < 1e-3)
            #expect(abs(expectation { max(0, $0 - x) } - shape.expectedExcess(over: x)) < 1e-5)
        }
    }
}
