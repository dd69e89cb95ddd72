// `UserError`, `Work` and `Table` are in the signatures of this library: who imports it has them too.
@_exported import Presentation
@_exported import Support
