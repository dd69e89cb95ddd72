import Foundation
import Testing
import TransferGraphCore

@Suite struct LBFGSTests {
    private static func rosenbrock(_ x: [Double]) -> (Double, [Double]) {
        var value = 0.0
        var gradient = [Double](repeating: 0, count: x.count)
        for i in 0..<x.count - 1 {
            let (bend, away) = (x[i + 1] - x[i] * x[i], 1 - x[i])
            value += 100 * bend * bend + away * away
            gradient[i] += -400 * bend * x[i] - 2 * away
            gradient[i + 1] += 200 * bend
        }
        return (value, gradient)
    }

    /// Its minimum is at (1, 1, 1, 1); scipy's L-BFGS-B takes 45 iterations from here.
    @Test func rosenbrocksValleyEndsAtOnes() throws {
        let optimum = try LBFGS.minimise(from: [-1.2, 1, -1.2, 1], tolerance: 1e-10, work: .unwatched, Self.rosenbrock)
        for value in optimum.point { #expect(abs(value - 1) < 1e-9) }
        #expect(optimum.iterations < 90)
    }

    @Test func noIterationStepsFartherThanAllowed() throws {
        var places = [[-1.2, 1]]
        for iterations in 1...8 {
            places.append(
                try LBFGS.minimise(
                    from: places[0], iterations: iterations, longestStep: 0.05, work: .unwatched, Self.rosenbrock
                ).point)
        }
        for (before, after) in zip(places, places.dropFirst()) {
            #expect(zip(before, after).allSatisfy { abs($0 - $1) <= 0.05 + 1e-12 })
        }
        #expect(places.last != places.first)
    }

    /// log x has no value below 0: the search turns back there.
    @Test func whereTheFunctionHasNoValueTheSearchTurnsBack() throws {
        func function(_ x: [Double]) -> (Double, [Double]) {
            x[0] > 0 ? (x[0] - log(x[0]), [1 - 1 / x[0]]) : (.nan, [.nan])
        }
        let optimum = try LBFGS.minimise(from: [40], work: .unwatched, function)
        #expect(abs(optimum.point[0] - 1) < 1e-6)
        #expect(try LBFGS.minimise(from: [-1], work: .unwatched, function).point == [-1])
    }
}
