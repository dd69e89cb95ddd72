// `UserError` and `Work` are in the signatures of this library: who imports it has them too.
@_exported import Support
