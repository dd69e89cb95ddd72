import Testing
import TransferGraphCore

struct ErrorByRankTests {
    /// By NumPy: a kernel mean of absolute errors, half a case of the mean added, by the mean.
    @Test(arguments: [
        (0.0, 1.82900117751673), (0.3, 1.3506240236347318), (0.31, 1.3183917165869459), (0.9, 0.5200375700625524),
        (1.0, 0.5751255688508548),
    ])
    func itIsAKernelMeanOfAbsoluteErrors(place: Double, factor: Double) {
        let sizes = ErrorByRank(
            places: [0.1, 0.3, 0.5, 0.9], errors: [2, -1, 0.5, 0.25], weights: [1, 1, 2, 4], bandwidth: 0.1, prior: 0.5)
        #expect(abs(sizes.factor(at: place) - factor) < 1e-9)
    }

    @Test func withoutErrorsAllPlacesAreTheSame() {
        let none = ErrorByRank(places: [], errors: [], weights: [], bandwidth: 0.1, prior: 5)
        let zero = ErrorByRank(places: [0.2, 0.8], errors: [0, 0], weights: [1, 1], bandwidth: 0.1, prior: 5)
        for place in [0, 0.4, 1] {
            #expect(none.factor(at: place) == 1)
            #expect(zero.factor(at: place) == 1)
        }
    }

    @Test func placesAreSharesOfSmallerValuesAndHalfOfTheEqual() {
        #expect(ErrorByRank.places([3, 1, 3, 7]) == [0.5, 0.125, 0.5, 0.875])
    }
}
