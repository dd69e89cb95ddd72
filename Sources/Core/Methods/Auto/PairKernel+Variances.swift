import Foundation

extension PairKernel {
    /// A variance for each ``Term``.
    public struct Variances: Sendable, Equatable {
        /// In the terms' order.
        private var values: [Double]

        public init(_ variance: (Term) -> Double) { values = Term.allCases.map(variance) }

        public subscript(term: Term) -> Double {
            get { values[term.rawValue] }
            set { values[term.rawValue] = newValue }
        }

        /// The natural logarithms, in the order of ``Term``'s cases: what a search moves in.
        var logarithms: [Double] { values.map { log($0) } }

        /// - Parameter logarithms: in the order of ``Term``'s cases.
        init(logarithms: [Double]) { values = logarithms.map { exp($0) } }
    }
}
