// `Work` and `Cancelled` are in the signatures of this library: who imports it has them too.
@_exported import Support
