import Foundation

/// The seconds that the process has had a processor for, all threads together: what a measurement takes whatever else runs.
func processorSeconds() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC)
}
