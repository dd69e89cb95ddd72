import Testing
import TransferGraphCore

/// What each method's numbers are.
@Suite struct PredictionScaleTests {
    @Test func everyMethodOfTheCatalogueHasItsScale() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,x,0.5\nb,x,0.6\na,y,0.7\nb,y,0.4\n",
            "scores.csv": "model,dataset,method,value\na,x,LogME,0.1\nb,x,LogME,0.2\n",
        ])
        let zoo = try Zoo.load(path: directory.path)
        let others: [String: PredictionScale] = [
            "nearest-text": .deviations, "factorisation": .deviations, "family-size": .deviations, "logme": .own,
            "random": .random,
        ]
        for entry in MethodCatalog.entries(for: zoo) {
            #expect(MethodCatalog.scale(of: entry.name, in: zoo) == others[entry.name] ?? .place, "\(entry.name)")
        }
        #expect(MethodCatalog.scale(of: "one of my own", in: zoo) == .own)
    }

    /// Deviations add up to about nothing on the target; places do not.
    @Test func deviationsLieAroundTheMean() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,x,10\nb,x,20\nc,x,30\na,y,1\nb,y,2\nc,y,4\na,z,5\nb,z,6\nc,z,7\n"
        ])
        let zoo = try Zoo.load(path: directory.path)
        for name in ["nearest-text", "factorisation", "family-size"] {
            let method = try MethodCatalog.method(named: name, for: zoo)
            let values = try method.predict(TargetWorkspace(zoo: zoo, target: 0)).values.compactMap { $0 }
            #expect(abs(values.reduce(0, +)) < 0.1, "\(name): \(values)")
        }
    }

    /// A dataset without results has the metric that its table names.
    @Test func aDatasetWithoutResultsHasItsMetric() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,x,0.5\nb,x,0.6\nc,x,0.7\n",
            "datasets.csv": "dataset,size,metric\nx,100,accuracy\nbare,200,wer\n",
        ])
        let zoo = try Zoo.load(path: directory.path)
        let metric = zoo.datasets[try zoo.dataset(named: "bare")].metric
        #expect(metric.name == "wer" && !metric.higherIsBetter && metric.directionSource == .name)
    }
}
