import Foundation
import Support

/// Reads the pages of PyTorch Hub: what they load, and the results in their tables.
///
/// Nearly all tables have errors. They are told as the accuracies that torchvision's weights give, so that the two meet;
/// what stood there is kept beside. Pages hold nothing but benchmarks.
public struct PyTorchHubReader: ZooReader {
    public let format = ZooFormat.pytorchHub

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        Self.pages(in: place, budget: 20).prefix(40).contains { path in
            HubFile.head(place, path, 1 << 12).withUnsafeBufferPointer { Self.front(of: $0) != nil }
        }
    }

    private static func pages(in place: ReadingPlace, budget: Int = .max) -> [String] {
        FileSearch.files(in: place, depth: 2, budget: budget) { $0.hasSuffix(".md") }
    }

    /// The front matter of a page.
    private static func front(of text: UnsafeBufferPointer<UInt8>) -> DataNode? {
        guard let front = FrontMatter(in: text),
            let tree = try? YAMLReader.read(
                UnsafeBufferPointer(rebasing: text[front.yaml]), firstLine: front.firstLine),
            let root = tree.root, root["layout"]?.text == "hub_detail"
        else { return nil }
        return root
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.holdsOnlyBenchmarks = true
        facts.source.repeats = .reports
        var isFound = false
        for path in Self.pages(in: place) {
            try work.check()
            let file = facts.addFile(FileSearch.label(path, in: place))
            do throws(DocumentError) {
                let data = try HubFile.contents(place, path)
                let front = data.withUnsafeBytes { Self.front(of: $0.bindMemory(to: UInt8.self)) }
                guard let front else {
                    // Cards and documents of other hubs have their own readers.
                    if data.starts(with: "---".utf8)
                        || TFHubDocument(String(decoding: data.prefix(1 << 12), as: UTF8.self)) != nil
                    {
                        continue
                    }
                    facts.note(.leftOut, "texts that are no page of PyTorch Hub", at: .init(file: file, line: 1))
                    continue
                }
                isFound = true
                let text = String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
                Self.tell(PyTorchHubPage(front: front, text: text), file: file, to: &facts)
            } catch {
                facts.note(
                    .leftOut, "files that cannot be read", example: error.problem,
                    at: .init(file: file, line: error.line))
            }
        }
        guard isFound else { throw ZooError.nothing(format, path: place.path) }
    }

    private static func tell(_ page: PyTorchHubPage, file: Int32, to facts: inout Facts) {
        func place(_ line: Int) -> Facts.Place { Facts.Place(file: file, line: line) }
        for entry in page.models {
            facts.mention(model: entry.name, at: place(entry.line))
            facts.describe(model: entry.name, "repository", .category(entry.repository), at: place(entry.line))
            if let title = page.title {
                facts.describe(model: entry.name, "family", .category(title), at: place(page.summaryLine))
            }
            if let summary = page.summary {
                facts.describe(model: entry.name, "description", .text(summary), at: place(page.summaryLine))
            }
            if !page.tags.isEmpty {
                facts.describe(model: entry.name, "tags", .set(page.tags), at: place(page.summaryLine))
            }
        }
        let results = PyTorchHubResults(page)
        for (model, value, line) in results.parameters {
            facts.describe(model: model, "parameters", .number(value), at: place(line))
        }
        for line in results.tablesWithoutMetric {
            facts.note(.leftOut, "tables without a column that is known for a metric", at: place(line))
        }
        for row in results.tooLong {
            facts.note(.leftOut, "rows with more fields than their header", example: row.text, at: place(row.line))
        }
        for guess in results.guesses {
            facts.note(
                .noted, "tables whose dataset is taken from the text around them", example: guess.dataset,
                at: place(guess.line))
        }
        for rival in results.rivals {
            facts.note(
                .leftOut, "rows of models that the page does not load, but compares its own with", example: rival.name,
                at: place(rival.line))
        }
        for result in results.results { tell(result, at: place(result.line), to: &facts) }
    }

    private static func tell(_ result: PyTorchHubPage.Result, at place: Facts.Place, to facts: inout Facts) {
        let provenance = Provenance(standing: .selfReported)
        let scale: MetricScale = result.isFraction ? .fraction : .percent
        guard result.isError, let error = WrittenNumber(result.written) else {
            facts.add(
                model: result.model, dataset: result.dataset, split: result.split, metric: result.metric,
                written: result.written, scale: scale, higherIsBetter: true, provenance: provenance, at: place)
            return
        }
        HubErrors.add(
            model: result.model, dataset: result.dataset, split: result.split, metric: result.metric,
            error: result.isFraction ? error.value * 100 : error.value, written: result.written,
            provenance: provenance, at: place, to: &facts)
    }
}
