import Testing
import Core

@Suite struct CorePlaceholder {}
