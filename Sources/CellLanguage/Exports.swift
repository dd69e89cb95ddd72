// `UserError`, `Work` and `Table` are in the signatures of this library: importing it brings them too.
@_exported import Presentation
@_exported import Support
