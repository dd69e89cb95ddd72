import ArgumentParser
import CellLanguage

extension CommaList: ExpressibleByArgument {}
