import JupyterKernel
import TransferGraphCore

/// An evaluation for programs.
extension EvaluationValue {
    var json: JSON {
        func object(_ pairs: [(String, JSON)]) -> JSON { .object(.init(pairs, uniquingKeysWith: { $1 })) }
        func byMethod(_ value: (EvaluationSummary.Method) -> JSON) -> JSON {
            object(statistics.methods.map { ($0.name, value($0)) })
        }
        func byMeasure(_ measures: [Measure], _ value: (Measure) -> JSON) -> JSON {
            object(measures.map { ($0.name, value($0)) })
        }
        let results = statistics.methods.flatMap { method in
            statistics.targets.enumerated().map { place, target -> JSON in
                [
                    "method": .string(method.name), "target": .string(target),
                    "models": .integer(method.modelCounts[place]),
                    "trained_on": .integer(trainedCounts[place]),
                    "predicted": .number(method.predictedCounts[place]),
                    "measures": byMeasure(Measure.all) { .init(finite: method[$0]?.values[place]) },
                ]
            }
        }
        return [
            "kind": "evaluation", "zoo": .string(evaluation.zoo.name),
            "protocol": .string(evaluation.holdOut.rawValue),
            "methods": .array(evaluation.methods.map(JSON.string)),
            "targets": .array(statistics.targets.map(JSON.string)),
            "seeds": .array(evaluation.seeds.map(JSON.init(whole:))), "history_ratio": .number(evaluation.historyRatio),
            "model_ratio": .number(evaluation.modelRatio),
            "means": byMethod { method in byMeasure(Measure.all) { .init(finite: mean($0, of: method)) } },
            "pearson_intervals": byMethod { .init($0[.pearson]?.interval) },
            "intervals": byMethod { method in
                byMeasure(Measure.standard) { .init(hasMean($0) ? method[$0]?.interval : nil) }
            },
            "model_intervals": byMethod { method in
                byMeasure(Measure.standard) { .init(hasMean($0) ? method[$0]?.modelInterval : nil) }
            },
            "interval_questions": [
                "intervals": "other datasets and other models like these",
                "model_intervals": "these datasets, other models like these",
            ],
            "seed_deviations": byMethod { method in
                byMeasure(Measure.standard) { .init(finite: hasMean($0) ? method[$0]?.seedDeviation : nil) }
            },
            "against_\(statistics.baseline)": byMethod { method in
                byMeasure(Measure.standard) { .init(hasMean($0) ? method.comparisons[$0] : nil) }
            },
            "fillers": byMethod { .number(evaluation.fillerCount(method: $0.name)) },
            "coverage": byMethod { .init(finite: $0.coverage) }, "results": .array(results),
        ]
    }
}

extension JSON {
    /// A number, `null` if there is none or it is not finite.
    init(finite value: Double?) {
        self = value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }

    /// The bounds, `null` if there is no interval.
    init(_ interval: Interval?) {
        self = interval.map { [.init(finite: $0.lower), .init(finite: $0.upper)] } ?? .null
    }

    /// A comparison, `null` if there is none.
    init(_ comparison: PairedComparison?) {
        guard let comparison else {
            self = .null
            return
        }
        self = [
            "difference": .number(comparison.difference), "interval": .init(comparison.interval),
            "won": .integer(comparison.won), "tied": .integer(comparison.tied), "lost": .integer(comparison.lost),
            "p": .number(comparison.pValue), "p_adjusted": .number(comparison.adjustedPValue),
            "p_wilcoxon": .number(comparison.wilcoxonPValue), "distinguishable": .bool(comparison.isDistinguishable),
        ]
    }
}
