import Foundation

/// A scale from values to coordinates, with round numbers marked on it.
package struct Axis {
    package let domain: ClosedRange<Double>
    package let start: Double
    package let end: Double
    package let ticks: [Double]
    private let step: Double

    /// An axis that holds `values`, with a small margin, from `start` to `end` in the drawing. With `isTight` there is
    /// no margin.
    package init(
        _ values: some Sequence<Double>, from start: Double, to end: Double, tickCount: Int = 4, isTight: Bool = false
    ) {
        var low = Double.infinity
        var high = -Double.infinity
        for value in values where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        if low > high { (low, high) = (0, 1) }
        if low == high {
            let room = low == 0 ? 1 : abs(low) * 0.1
            (low, high) = (low - room, high + room)
        }
        let room = isTight ? 0 : (high - low) * 0.04
        // Values near the largest representable number have no margin.
        let isHuge = !(high - low + 2 * room).isFinite
        domain = isHuge ? low...high : (low - room)...(high + room)
        self.start = start
        self.end = end
        let span = isHuge ? 1 : domain.upperBound - domain.lowerBound
        let raw = span / Double(max(tickCount, 1))
        let power = pow(10, log10(raw).rounded(.down))
        let multiple = [1, 2, 2.5, 5, 10].first { $0 * power >= raw } ?? 10
        let step = multiple * power
        self.step = step
        let first = (domain.lowerBound / step).rounded(.up)
        let last = (domain.upperBound / step).rounded(.down)
        ticks =
            !isHuge && step > 0 && last >= first && last - first < 50
            ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    }

    package func position(_ value: Double) -> Double {
        start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
    }

    /// A tick's label, with as many decimals as distinguish it from the next.
    package func label(_ tick: Double) -> String {
        let size = max(abs(domain.lowerBound), abs(domain.upperBound))
        if size >= 1e5 || (size > 0 && size < 1e-3) {
            return size >= 1e5 ? NumberFormat.compact.text(tick) : String(format: "%.1e", tick)
        }
        var decimals = 0
        while decimals < 6, abs((step * pow(10, Double(decimals))).rounded() - step * pow(10, Double(decimals))) > 1e-6
        {
            decimals += 1
        }
        return NumberFormat.decimals(decimals).text(tick)
    }
}
