import TestSupport

typealias SharedFiles = TestSupport.SharedFiles
typealias TemporaryDirectory = TestSupport.TemporaryDirectory
