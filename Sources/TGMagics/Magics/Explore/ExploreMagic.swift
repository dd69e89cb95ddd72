import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import Support
import TransferGraphCore

/// `%explore [D]`
public struct ExploreMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "explore",
        abstract:
            "Controls for target, method, family, share of the history and number of models; drawings follow them.",
        discussion: """
            %explore pets

            The controls are Jupyter widgets: JupyterLab and Notebook 7 show them with the package jupyterlab_widgets.
            The drawings below them are saved with the notebook as they were last.
            """)
    public static let places: MagicPlaces = .line
    public static let givesValue = false

    @Argument(help: ArgumentHelp("The dataset to begin with.", valueName: "dataset"))
    public var target: String?
    @Option(help: ArgumentHelp("Where random choices come from.", valueName: "number"))
    public var seed: UInt64 = 42

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let targets = zoo.evaluationTargets
        let first = try target.map { try zoo.dataset(named: $0) } ?? targets.first
        guard let first else {
            throw UserError(
                "NoTargets", "The zoo \(zoo.name) has no dataset to explore.", hint: "%datasets lists its datasets.")
        }
        let exploration = Exploration(
            zoo: zoo, targets: targets.contains(first) ? targets : [first] + targets, first: first, seed: seed)
        let views = try invocation.withProgress("Predicting") { work in try exploration.views(work: work) }
        let place = ExplorationPlace.next()
        let panel = WidgetPanel(controls: exploration.controls) { [exploration] control, value, comm in
            guard exploration.set(control, to: value) else { return }
            let views = (try? exploration.views(work: .unwatched)) ?? []
            for (name, view) in views { comm.update(view, id: "\(place)-\(name)") }
        }
        guard let controls = panel.open(in: invocation.context) else {
            throw UserError(
                "NoControls", "Controls need a notebook page, and there is none.",
                hint: "%recommend and %predict show the same for one choice.")
        }
        invocation.context.display(controls, id: nil)
        for (name, view) in views { invocation.context.display(view, id: "\(place)-\(name)") }
        return .nothing
    }
}
