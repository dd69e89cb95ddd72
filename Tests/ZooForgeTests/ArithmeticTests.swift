import Foundation
import Testing
import ZooForge

struct ArithmeticTests {
    @Test func theExponentialAgreesWithTheCLibrarysToThreeUnitsInTheLastPlace() {
        for index in stride(from: -790, through: 790, by: 1) {
            let x = Float(index) / 10 + 0.013
            let exact = Foundation.exp(Double(x))
            #expect(abs(Double(Float.exponential(x)) - exact) < 3 * 0x1p-23 * exact, "at \(x)")
        }
        #expect(Float.exponential(-1000) > 0)
        #expect(Float.exponential(1000).isFinite)
    }
}
