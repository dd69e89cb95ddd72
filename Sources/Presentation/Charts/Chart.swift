import JupyterKernel

/// A chart, described once: drawn without scripts, and as a Vega-Lite specification, which JupyterLab renders itself,
/// interactively.
package protocol Chart: Sendable {
    var drawing: Drawing { get }
    /// The specification, with its data.
    var vegaLite: JSON { get }
}

extension Chart {
    /// - Parameter isInteractive: whether to add the Vega-Lite specification. Clients that do not know it show the
    ///   drawing.
    package func display(isInteractive: Bool = false) -> DisplayData {
        var display = drawing.display
        if isInteractive { display.data[VegaLite.mimeType] = vegaLite }
        return display
    }
}

/// The parts of a Vega-Lite 5 specification.
package enum VegaLite {
    package static let mimeType = "application/vnd.vegalite.v5+json"

    package enum FieldType: String {
        case quantitative
        case nominal
    }

    /// A field on a channel.
    package static func field(
        _ name: String, _ type: FieldType, title: String? = nil, startsAtZero: Bool = true, sorted: Bool = true
    ) -> JSON {
        var members: [(String, JSON)] = [("field", .string(name)), ("type", .string(type.rawValue))]
        if let title { members.append(("title", .string(title))) }
        if !startsAtZero { members.append(("scale", ["zero": false])) }
        if !sorted { members.append(("sort", .null)) }
        return .object(.init(members, uniquingKeysWith: { $1 }))
    }

    /// The tooltip of a mark.
    package static func tooltip(_ fields: [(String, FieldType)]) -> JSON {
        .array(fields.map { field($0.0, $0.1) })
    }

    /// A whole specification with the drawings' colours and a transparent background.
    package static func specification(
        title: String, subtitle: String = "", values: [JSON], _ members: [(String, JSON)]
    ) -> JSON {
        let heading: JSON =
            subtitle.isEmpty
            ? ["text": .string(title), "anchor": "start"]
            : ["text": .string(title), "subtitle": .string(subtitle), "anchor": "start"]
        let text: JSON = ["labelColor": .string(SVG.muted), "titleColor": .string(SVG.ink)]
        let all: [(String, JSON)] =
            [
                ("$schema", "https://vega.github.io/schema/vega-lite/v5.json"), ("title", heading),
                ("background", .null), ("data", ["values": .array(values)]),
                (
                    "config",
                    [
                        "axis": [
                            "labelColor": .string(SVG.muted), "titleColor": .string(SVG.ink),
                            "gridColor": .string(SVG.grid), "gridOpacity": 0.3, "labelLimit": 300,
                        ],
                        "legend": text, "header": text, "view": ["stroke": .null],
                        "title": ["color": .string(SVG.ink), "subtitleColor": .string(SVG.muted)],
                        "range": ["category": .array(SVG.palette.map(JSON.string))],
                    ]
                ),
            ] + members
        return .object(.init(all, uniquingKeysWith: { $1 }))
    }
}
