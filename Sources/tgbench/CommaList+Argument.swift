import ArgumentParser
import Support

extension CommaList: ExpressibleByArgument {}
