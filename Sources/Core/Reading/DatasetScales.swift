/// On which scale each number of a dataset was written, and on which the dataset's results are.
struct DatasetScales {
    /// The dataset's.
    let target: MetricScale
    /// Whether the numbers look like fractions and percents together, and nothing says that they are.
    let isSuspect: Bool
    /// One of each, where they do.
    let suspects: [Int32]
    /// Whether numbers up to 1 are taken for percents, as those above are.
    let hasSmallPercents: Bool
    private let facts: Facts
    private let metrics: MetricTable
    /// What every number without a scale of its own is on; `nil` where each tells (rule S).
    private let common: MetricScale?
    private let isBounded: Bool
    /// Whether an entry's numbers are on one scale, this metric's among them.
    private let goesByEntry: Bool
    /// Up to which number a card's result is a fraction where an error rate above 1 in it may be one; 0 where none is.
    private let mostFraction: Double
    /// Whether a 1 is 1 %: of an error rate that is mostly in percents.
    private let isOnePercent: Bool

    init(_ choice: CellChoice, dataset: Int, metric: Int, _ told: MetricMeaning, rows: [Int32]) {
        facts = choice.facts
        metrics = choice.metrics
        let table = choice.facts.measurements
        let hasOwn = !table.scales.isQuiet && rows.contains { table.scales[Int($0)] != nil }
        let hasSign = hasOwn && rows.contains { table.scales[Int($0)] == .percent }
        isBounded =
            metric >= 0 ? choice.metrics.metrics[metric].meaning.isBounded : told.isBounded
        let isNaturallyPercent = told.isNaturallyPercent
        goesByEntry = isBounded && !isNaturallyPercent
        isOnePercent =
            isBounded && told.higherIsBetter == false
            && rows.count { abs(table.values[Int($0)]) > 1 } * 2 > rows.count
        let said = choice.meanings.scales[dataset]
        let asked = choice.options.scale
        let isNatural = isNaturallyPercent && Self.areNaturalPercents(table, rows)
        mostFraction =
            goesByEntry && asked == nil && said == nil && !isNatural
            ? Self.fractionLimit(table, choice.metrics, rows) : 0
        var hasSmallPercents = false
        if asked == .asWritten {
            common = .asWritten
        } else if isNatural, asked == nil, said == nil {
            common = .percent
            hasSmallPercents = rows.contains { (0...1).contains(table.values[Int($0)]) }
        } else if let said, asked == nil {
            common = said
        } else {
            if told.isUnboundedRate, Self.areFractionsBeyondOne(table, rows) {
                common = .fraction
            } else if isBounded, asked == nil, !hasOwn, Self.arePercents(table, rows) {
                common = .percent
                hasSmallPercents = true
            } else {
                common = isBounded || asked != nil || hasSign ? nil : .asWritten
            }
        }
        self.hasSmallPercents = hasSmallPercents
        if let asked {
            target = asked
        } else if let said {
            target = said
        } else if common == .asWritten, !hasOwn {
            target = .asWritten
        } else {
            var counts = (fraction: 0, percent: 0, asWritten: 0)
            for row in rows {
                switch Self.written(table, choice.metrics, common, goesByEntry, isOnePercent, mostFraction, row) {
                case .fraction: counts.fraction += 1
                case .percent: counts.percent += 1
                case .asWritten: counts.asWritten += 1
                }
            }
            target =
                counts.fraction == 0 && counts.percent == 0
                ? .asWritten
                : counts.percent > counts.fraction
                    || counts.percent == counts.fraction && isNaturallyPercent
                    ? .percent : .fraction
        }
        let mixture = common == .asWritten && asked == nil && said == nil ? Self.mixture(table, rows) : nil
        isSuspect = mixture != nil
        suspects = mixture ?? []
    }

    /// What a number is multiplied with to be on the dataset's scale.
    @inline(__always)
    func factor(_ row: Int32) -> Decision.Factor {
        if target == .asWritten { return .one }
        switch (Self.written(facts.measurements, metrics, common, goesByEntry, isOnePercent, mostFraction, row), target)
        {
        case (.fraction, .percent): return .times100
        case (.percent, .fraction): return .by100
        default: return .one
        }
    }

    @inline(__always)
    private static func written(
        _ table: MeasurementTable, _ metrics: MetricTable, _ common: MetricScale?, _ goesByEntry: Bool,
        _ isOnePercent: Bool, _ mostFraction: Double, _ row: Int32
    ) -> MetricScale {
        if isOnePercent, common == nil, table.values[Int(row)] == 1, table.scales[Int(row)] == nil { return .percent }
        // Its other numbers are what the error rate is.
        if common == nil, table.values[Int(row)] <= mostFraction, metrics.isDoubtful(entry: table.entries[Int(row)]),
            table.scales[Int(row)] == nil
        {
            return .fraction
        }
        // An entry is one whole where its metrics are bounded; beside a loss of 2.3 an accuracy of 0.9 is no percentage.
        return table.scales[Int(row)] ?? common
            ?? metrics.boundedScale(
                entry: goesByEntry ? table.entries[Int(row)] : -1, value: table.values[Int(row)])
    }

    /// Whether numbers of BLEU or ROUGE, which are 0 to 100 by themselves, are so here, those up to 1 as bad ones: few are up
    /// to 1, or one of them would be far better than all others if it were a fraction.
    private static func areNaturalPercents(_ table: MeasurementTable, _ rows: [Int32]) -> Bool {
        var small = (count: 0, most: 0.0)
        var most = 0.0
        for row in rows {
            let value = table.values[Int(row)]
            if value > 1 { most = max(most, value) } else { small = (small.count + 1, max(small.most, value)) }
        }
        return most > 0 && (small.count * 4 < rows.count || 100 * small.most > 1.15 * most)
    }

    /// Whether numbers of an error rate are fractions some of which are above 1: most are at most 1, and none above 2.
    private static func areFractionsBeyondOne(_ table: MeasurementTable, _ rows: [Int32]) -> Bool {
        var beyond = 0
        for row in rows {
            let value = table.values[Int(row)]
            if table.entries[Int(row)] >= 0 || value > 2 { return false }
            if value > 1 { beyond += 1 }
        }
        return beyond > 0 && beyond * 2 < rows.count
    }

    /// Up to which number an error rate of a card is a fraction though it is above 1, as of a training that failed: it is
    /// nearer to what is usual of the fractions beside it than as a percentage, and at most ``MetricTable/mostFraction``. Cards are of
    /// many people, so that those with percents do not speak against it.
    private static func fractionLimit(_ table: MeasurementTable, _ metrics: MetricTable, _ rows: [Int32]) -> Double {
        guard !table.entries.isQuiet else { return 0 }
        var fractions: [Double] = []
        for row in rows {
            let (value, entry) = (table.values[Int(row)], table.entries[Int(row)])
            if entry >= 0, value > 0, value <= 1,
                (table.scales[Int(row)] ?? metrics.boundedScale(entry: entry, value: value)) == .fraction
            {
                fractions.append(value)
            }
        }
        fractions.sort()
        return fractions.isEmpty ? 0 : min(MetricTable.mostFraction, 10 * fractions[fractions.count / 2])
    }

    /// Whether numbers of a table on both sides of 1 are percents, small ones too: no gap parts them, or the small ones are
    /// nearer to the others as they stand than a hundredfold. In a hub each entry tells by itself.
    private static func arePercents(_ table: MeasurementTable, _ rows: [Int32]) -> Bool {
        var low = 0.0
        var range = (least: Double.infinity, most: 0.0)
        for row in rows {
            if table.entries[Int(row)] >= 0 { return false }
            let size = abs(table.values[Int(row)])
            if size > 1 {
                range = (min(range.least, size), max(range.most, size))
            } else {
                low = max(low, size)
            }
        }
        guard low > 0, range.most > 0, range.most <= 100 else { return false }
        if range.least < 5 * low { return true }
        let hundredfold = max(100 * low / range.most, range.least / (100 * low), 1)
        return range.least / low < hundredfold
    }

    /// One number of each kind where all lie in 0…100 and the smallest above 1 is at least five times the largest up to 1.
    private static func mixture(_ table: MeasurementTable, _ rows: [Int32]) -> [Int32]? {
        var low: Int32?
        var high: Int32?
        for row in rows {
            let value = table.values[Int(row)]
            guard (0...100).contains(value) else { return nil }
            if value <= 1 {
                if low.map({ table.values[Int($0)] < value }) ?? true { low = row }
            } else if high.map({ table.values[Int($0)] > value }) ?? true {
                high = row
            }
        }
        // Two alone may well be a good and a bad one.
        guard let low, let high, rows.count > 2 || table.values[Int(high)] >= 30 * table.values[Int(low)],
            table.values[Int(low)] > 0,
            table.values[Int(high)] >= 5 * table.values[Int(low)]
        else { return nil }
        return [low, high]
    }
}
