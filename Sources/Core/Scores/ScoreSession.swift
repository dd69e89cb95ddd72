import Support

/// One feature matrix being scored: what several scores need of it is computed once, when the first asks.
///
/// Not to be shared between threads; the work inside is spread over them.
package final class ScoreSession {
    let data: LabelledFeatures
    let threads: Int
    let work: Work
    /// Scores that look at pairs of samples, or fit a model to all of them, take no more rows than this.
    let sampleLimit: Int

    private(set) lazy var classCounts: [Int] = data.rowsByClass.map(\.count)
    private var cachedMoments: Moments?
    private var cachedCentredGram: Matrix?
    private var cachedCentredEigen: LinearAlgebra.SymmetricEigen?
    private var cachedCentred: Spectrum?
    private var cachedUncentred: Spectrum?
    private var cachedSample: ScoreSession?

    package init(_ data: LabelledFeatures, sampleLimit: Int, threads: Int, work: Work) {
        self.data = data
        self.sampleLimit = sampleLimit
        self.threads = max(1, threads)
        self.work = work
    }

    /// The means of the columns, over all rows and over those of each class (classes × columns).
    struct Moments: Sendable {
        let mean: [Double]
        let classMeans: Matrix
    }

    /// Whether there are no more rows than columns, so that sums over rows × rows are the smaller ones.
    var isWide: Bool { data.rowCount <= data.columnCount }

    func moments() throws -> Moments {
        if let cachedMoments { return cachedMoments }
        work.report("means", 0)
        let sums = try RowSource(data.features).sums(
            of: data.classes, classCount: data.classCount, threads: threads, work: work)
        var mean = [Double](repeating: 0, count: data.columnCount)
        var classMeans = sums
        for index in 0..<data.classCount {
            for column in mean.indices {
                mean[column] += sums[index, column]
                classMeans[index, column] /= Double(classCounts[index])
            }
        }
        let moments = Moments(mean: mean.map { $0 / Double(data.rowCount) }, classMeans: classMeans)
        cachedMoments = moments
        return moments
    }

    func centredRows() throws -> RowSource {
        RowSource(data.features).subtracting(try moments().mean)
    }

    /// XᵀX of the centred features, or XXᵀ where they are wide.
    func centredGram() throws -> Matrix {
        if let cachedCentredGram { return cachedCentredGram }
        work.report("products of features", 0)
        let rows = try centredRows()
        let gram =
            try isWide
            ? rows.rowGram(threads: threads, work: work) : rows.columnGram(threads: threads, work: work)
        cachedCentredGram = gram
        return gram
    }

    /// The eigenvectors of ``centredGram()``.
    func centredEigen() throws -> LinearAlgebra.SymmetricEigen {
        if let cachedCentredEigen { return cachedCentredEigen }
        let gram = try centredGram()
        let eigen = try decompose(gram)
        cachedCentredEigen = eigen
        return eigen
    }

    private func decompose(_ gram: Matrix) throws -> LinearAlgebra.SymmetricEigen {
        work.report("decomposition", 0)
        return try Spectrum.decompose(gram, work: work)
    }

    /// The spectrum of the features with their mean taken off.
    func centredSpectrum() throws -> Spectrum {
        if let cachedCentred { return cachedCentred }
        let eigen = try centredEigen()
        let spectrum: Spectrum
        if isWide {
            spectrum = Spectrum(ofRows: eigen, classes: data.classes, classCount: data.classCount)
        } else {
            let moments = try moments()
            var sums = moments.classMeans
            for index in 0..<data.classCount {
                for column in moments.mean.indices {
                    sums[index, column] = (sums[index, column] - moments.mean[column]) * Double(classCounts[index])
                }
            }
            spectrum = Spectrum(ofColumns: eigen, classSums: sums)
        }
        cachedCentred = spectrum
        return spectrum
    }

    /// The spectrum of the features as they are.
    func uncentredSpectrum() throws -> Spectrum {
        if let cachedUncentred { return cachedUncentred }
        let spectrum: Spectrum
        if isWide {
            let gram = try RowSource(data.features).rowGram(threads: threads, work: work)
            spectrum = Spectrum(ofRows: try decompose(gram), classes: data.classes, classCount: data.classCount)
        } else {
            let moments = try moments()
            var sums = moments.classMeans
            for index in 0..<data.classCount {
                for column in moments.mean.indices { sums[index, column] *= Double(classCounts[index]) }
            }
            spectrum = Spectrum(ofColumns: try decompose(uncentredColumnGram()), classSums: sums)
        }
        cachedUncentred = spectrum
        return spectrum
    }

    /// XᵀX of the features as they are: the centred one plus N times the outer product of the mean with itself.
    func uncentredColumnGram() throws -> Matrix {
        var gram = try isWide ? centredRows().columnGram(threads: threads, work: work) : centredGram()
        let mean = try moments().mean
        for i in mean.indices {
            let scaled = Double(data.rowCount) * mean[i]
            for j in mean.indices { gram.values[i * mean.count + j] += scaled * mean[j] }
        }
        return gram
    }

    /// This session, or one on a sample of its rows where it has more than ``sampleLimit``.
    func sampled() -> ScoreSession {
        if data.rowCount <= sampleLimit { return self }
        if let cachedSample { return cachedSample }
        let sample = ScoreSession(
            data.sample(sampleLimit), sampleLimit: .max, threads: threads, work: work)
        cachedSample = sample
        return sample
    }
}
