import Testing

@testable import TransferGraphCore

@Suite("Expected gains of a bounded metric")
struct BoundedGainTests {
    private func excess(_ value: Double) -> [Double] {
        [0.9, 0.99].map { TargetDistribution.expectedExcess($0, 0.1, over: value) }
    }

    @Test("Nothing is gained where the best result is the bound")
    func bestAtBound() {
        #expect(excess(1).allSatisfy { $0 > 0 })
        #expect(Outlook.gains(over: 1, within: 0...1, excess: excess) == [0, 0])
    }

    @Test("No gain exceeds what is left to the bound")
    func nearBound() {
        let gains = Outlook.gains(over: 0.999, within: 0...1, excess: excess)
        #expect(gains.allSatisfy { $0 > 0 && $0 <= 0.001 })
        #expect(excess(0.999).contains { $0 > 0.001 })
    }

    @Test("Without an upper bound the gain is the whole excess")
    func unbounded() {
        #expect(Outlook.gains(over: 0.5, within: nil, excess: excess) == excess(0.5))
    }
}
