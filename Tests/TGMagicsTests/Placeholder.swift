import Testing
import TGMagics

@Suite struct TGMagicsPlaceholder {}
