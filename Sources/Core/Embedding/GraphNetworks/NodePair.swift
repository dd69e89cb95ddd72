/// Two nodes by their numbers, or by their rows in a matrix.
package struct NodePair: Sendable, Equatable {
    package var from: Int32
    package var to: Int32

    package init(from: Int32, to: Int32) {
        self.from = from
        self.to = to
    }
}
