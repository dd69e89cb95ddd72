import Testing
import TransferGraphCore

@Suite struct AdamTests {
    /// Algorithm 1 in the order of the paper's section 2, worked out in numpy.
    @Test func itTakesTheStepsOfItsPaper() {
        var adam = Adam<Double>(count: 3)
        var parameters = [1.0, -2.0, 0.25]
        let steps: [(gradient: [Double], expected: [Double])] = [
            ([0.5, -3, 1e-3], [0.9000000632455132, -1.9000000105409243, 0.1500316127797629]),
            ([1, 0, -2e-3], [0.8034818879655292, -1.832994192193838, 0.18663678821203927]),
            ([-0.25, 0.5, 4e-3], [0.7446212309489985, -1.7924168771122673, 0.1446741224851925]),
        ]
        for (gradient, expected) in steps {
            adam.step(&parameters, gradient, rate: 0.1)
            for (value, wanted) in zip(parameters, expected) { #expect(abs(value - wanted) < 1e-12) }
        }
    }
}
