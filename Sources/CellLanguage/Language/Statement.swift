/// One logical line of a cell: a command, an assignment of one, or a question about a name.
public struct Statement: Sendable, Equatable {
    public enum Action: Sendable, Equatable {
        /// A command line, its first word still with its `%` if the user wrote one. Never empty.
        case command([Word])
        /// A magic that takes a statement, as `%time` does, with the statement after its name.
        indirect case nested(Word, Statement)
        /// `name?` or `?name` (detail 0), `name??` or `??name` (detail 1).
        case help(topic: String, detail: Int)
    }

    /// The variable that takes the command's value, for `name = …`.
    public let assignment: String?
    public let action: Action
    /// The line the statement begins in, counted from 1.
    public let line: Int
    /// Where it stands in the cell, in Unicode code points, without the spaces around it.
    public let range: Range<Int>

    public init(assignment: String?, action: Action, line: Int, range: Range<Int>) {
        self.assignment = assignment
        self.action = action
        self.line = line
        self.range = range
    }
}
