import Foundation
import FoundationXML

/// Reads XML as a browser would refuse it: the names of its elements, or nothing where it is not well-formed.
enum WellFormed {
    static func elements(of xml: String) -> Set<String>? {
        let parser = XMLParser(data: Data(xml.utf8))
        let collector = Collector()
        parser.delegate = collector
        return parser.parse() ? collector.names : nil
    }

    private final class Collector: NSObject, XMLParserDelegate {
        var names: Set<String> = []
        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            names.insert(elementName)
        }
    }
}
