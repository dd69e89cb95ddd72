/// Finds places for names where they cover no other name.
package struct LabelPlacer {
    private var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []

    package init() {}

    package mutating func place(
        _ text: String, size: Double, x: Double, y: Double, in width: Double, isRequired: Bool
    ) -> (x: Double, y: Double, anchor: SVG.Anchor)? {
        let length = SVG.width(of: text, size: size)
        let choices: [(x: Double, y: Double, anchor: SVG.Anchor, left: Double)] = [
            (x + 10, y + size * 0.35, .start, x + 10), (x - 10, y + size * 0.35, .end, x - 10 - length),
            (x, y - 11, .middle, x - length / 2), (x, y + 10 + size, .middle, x - length / 2),
        ]
        for (index, choice) in choices.enumerated() {
            let across = choice.left...(choice.left + length)
            let down = (choice.y - size)...(choice.y + 2)
            let fits = across.lowerBound > 6 && across.upperBound < width - 6
            let isFree = !taken.contains { $0.x.overlaps(across) && $0.y.overlaps(down) }
            if (fits && isFree) || (isRequired && index == choices.count - 1) {
                taken.append((across, down))
                return (choice.x, choice.y, choice.anchor)
            }
        }
        return nil
    }
}
