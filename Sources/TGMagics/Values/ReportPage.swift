import CellLanguage
import JupyterKernel
import Mustache
import Presentation
import TransferGraphCore

/// A selection report as one HTML page that loads nothing.
struct ReportPage {
    let zoo: Zoo
    let evaluation: EvaluationValue?
    let drawing: Drawing
    let recommendations: [RecommendationValue]

    /// Names are escaped by the template; parts in triple braces are displays of ours, which escape their own.
    private static let template = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>Model selection: {{zoo}}</title>
        <style>
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1f2933; background: #fff }
        h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #d5dbe3; padding-bottom: .2rem }
        table { border-collapse: collapse; font-size: 13px; display: block; overflow-x: auto }
        th, td { padding: .25rem .7rem; border-bottom: 1px solid #e8ecf1; vertical-align: top }
        svg { max-width: 100%; height: auto }
        </style></head><body>
        <h1>Which model to fine-tune: {{zoo}}</h1>
        <p>{{models}} models, {{datasets}} datasets, {{results}} fine-tuning results.</p>
        {{#recommendations}}<h2>For {{target}}</h2>{{{table}}}{{{figure}}}{{/recommendations}}
        {{#evaluation}}<h2>How far this can be trusted</h2>
        <p>Each dataset in turn was treated as new: its results were held out, predicted, and compared.</p>
        {{{table}}}{{{figure}}}{{/evaluation}}
        <h2>The graph</h2>{{{graph}}}
        <h2>The zoo</h2>{{{contents}}}
        <p>TransferGraph {{version}}</p>
        </body></html>
        """

    func html() throws -> String {
        func html(_ display: DisplayData) -> String { display.data["text/html"]?.string ?? "" }
        func figures(_ value: any SessionValue) -> String {
            value.figures.compactMap { $0.data["image/svg+xml"]?.string }.joined()
        }
        let count = { (value: Int) in NumberFormat.count.text(Double(value)) }
        var values: [String: Any] = [
            "zoo": zoo.name.singleLine(), "version": InterpreterInfo.version, "models": count(zoo.models.count),
            "datasets": count(zoo.datasets.count),
            "results": count(zoo.results.count), "graph": drawing.svg, "contents": html(ZooValue(zoo).display),
            "recommendations": recommendations.map { value -> [String: Any] in
                [
                    "target": zoo.datasets[value.prediction.target].name.singleLine(), "table": html(value.display),
                    "figure": figures(value),
                ]
            },
        ]
        if let evaluation {
            values["evaluation"] = ["table": html(evaluation.display), "figure": figures(evaluation)]
        }
        return try MustacheTemplate(string: Self.template).render(values)
    }
}
