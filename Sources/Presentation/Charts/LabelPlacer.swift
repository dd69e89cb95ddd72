/// Finds places for labels where they cover no other label.
package struct LabelPlacer {
    private var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []
    private let bounds: ClosedRange<Double>

    /// - Parameter bounds: the horizontal range for labels.
    package init(within bounds: ClosedRange<Double>) {
        self.bounds = bounds
    }

    package struct Spot {
        package let x: Double
        package let y: Double
        package let anchor: SVG.Anchor
        /// The horizontal range that the label covers.
        package let across: ClosedRange<Double>
        package let down: ClosedRange<Double>
    }

    /// Keeps labels off a dot.
    package mutating func reserve(_ place: (x: Double, y: Double), radius: Double) {
        // A number near the largest representable one has no place.
        guard place.x.isFinite, place.y.isFinite else { return }
        taken.append(((place.x - radius)...(place.x + radius), (place.y - radius)...(place.y + radius)))
    }

    /// - Parameters:
    ///   - isRequired: whether the label is placed even if it covers another.
    ///   - mayStandAslant: whether it may stand above or below to one side.
    package mutating func place(
        _ text: String, size: Double, x: Double, y: Double, isRequired: Bool, mayStandAslant: Bool = false
    ) -> Spot? {
        // A number near the largest representable one has no place.
        guard x.isFinite, y.isFinite else { return nil }
        let length = SVG.width(of: text, size: size)
        var choices: [(x: Double, y: Double, anchor: SVG.Anchor, left: Double)] = [
            (x + 10, y + size * 0.35, .start, x + 10), (x - 10, y + size * 0.35, .end, x - 10 - length),
            (x, y - 11, .middle, x - length / 2), (x, y + 10 + size, .middle, x - length / 2),
        ]
        if mayStandAslant {
            for down in [-7, 7 + size] {
                choices.append((x + 6, y + down, .start, x + 6))
                choices.append((x - 6, y + down, .end, x - 6 - length))
            }
        }
        var fitting: Spot?
        for choice in choices {
            let spot = Spot(
                x: choice.x, y: choice.y, anchor: choice.anchor, across: choice.left...(choice.left + length),
                down: (choice.y - size)...(choice.y + 2))
            guard spot.across.lowerBound > bounds.lowerBound, spot.across.upperBound < bounds.upperBound else {
                continue
            }
            fitting = fitting ?? spot
            if !taken.contains(where: { $0.x.overlaps(spot.across) && $0.y.overlaps(spot.down) }) {
                taken.append((spot.across, spot.down))
                return spot
            }
        }
        guard isRequired else { return nil }
        // A label too long for any side begins at the edge.
        let spot =
            fitting
            ?? Spot(
                x: bounds.lowerBound + 2, y: y - 11, anchor: .start,
                across: bounds.lowerBound...max(bounds.lowerBound + length, bounds.lowerBound),
                down: (y - 11 - size)...(y - 9))
        taken.append((spot.across, spot.down))
        return spot
    }
}
