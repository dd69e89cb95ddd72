import JupyterKernel
import Synchronization

/// Controls in a column: Jupyter widgets, whose models live here and whose views are the front end's own (ipywidgets 8,
/// "Jupyter widgets messaging protocol" version 2.1).
final class WidgetPanel: Sendable {
    enum Control: Sendable {
        case choice(String, [String], selected: Int)
        case number(String, ClosedRange<Double>, step: Double, value: Double)
        case count(String, ClosedRange<Int>, value: Int)
    }

    static let target = "jupyter.widget"
    private static let metadata: JSON = ["version": "2.1.0"]

    private struct Model {
        let comm: Comm
        var state: JSON
        /// The index of the control; `nil` for layouts, styles and containers.
        let control: Int?
        /// The member of its state that a user changes.
        let member: String
    }

    private let controls: [Control]
    private let changed: @Sendable (_ control: Int, _ value: Double, _ comm: Comm) -> Void
    private let models = Mutex<[String: Model]>([:])

    init(controls: [Control], changed: @escaping @Sendable (_ control: Int, _ value: Double, _ comm: Comm) -> Void) {
        self.controls = controls
        self.changed = changed
    }

    /// Opens the controls' models in the front end; `nil` if it has no widgets.
    func open(in context: any ExecutionContext) -> DisplayData? {
        var children: [JSON] = []
        for (index, control) in controls.enumerated() {
            guard let layout = add("Layout", base: true, [("width", "30em")], in: context),
                let style = add(Self.style(of: control), [], in: context)
            else { return nil }
            var (name, members, member): (String, [(String, JSON)], String)
            switch control {
            case .choice(let title, let options, let selected):
                (name, member) = ("Dropdown", "index")
                members = [
                    ("description", .string(title)), ("_options_labels", .array(options.map(JSON.string))),
                    ("index", .integer(selected)),
                ]
            case .number(let title, let range, let step, let value):
                (name, member) = ("FloatSlider", "value")
                members = [
                    ("description", .string(title)), ("min", .number(range.lowerBound)),
                    ("max", .number(range.upperBound)), ("step", .number(step)), ("value", .number(value)),
                    ("readout", true), ("readout_format", ".1f"), ("continuous_update", false),
                    ("orientation", "horizontal"),
                ]
            case .count(let title, let range, let value):
                (name, member) = ("IntSlider", "value")
                members = [
                    ("description", .string(title)), ("min", .integer(range.lowerBound)),
                    ("max", .integer(range.upperBound)), ("step", 1), ("value", .integer(value)), ("readout", true),
                    ("readout_format", "d"), ("continuous_update", false), ("orientation", "horizontal"),
                ]
            }
            members += [("layout", layout), ("style", style), ("disabled", false)]
            guard let model = add(name, members, control: index, member: member, in: context) else { return nil }
            children.append(model)
        }
        guard let layout = add("Layout", base: true, [], in: context),
            let box = add("VBox", [("children", .array(children)), ("layout", layout)], in: context)
        else { return nil }
        // Without the controls' values: this text stays as it is while they change.
        let names = controls.map { control in
            switch control {
            case .choice(let title, _, _), .number(let title, _, _, _), .count(let title, _, _): title
            }
        }
        return DisplayData(data: [
            "application/vnd.jupyter.widget-view+json": [
                "version_major": 2, "version_minor": 0,
                "model_id": .string(String((box.string ?? "").dropFirst("IPY_MODEL_".count))),
            ],
            "text/plain": .string("[controls: \(names.joined(separator: ", "))]"),
        ])
    }

    private static func style(of control: Control) -> String {
        if case .choice = control { "DescriptionStyle" } else { "SliderStyle" }
    }

    /// Opens one model and returns its reference.
    private func add(
        _ name: String, base: Bool = false, _ members: [(String, JSON)], control: Int? = nil, member: String = "",
        in context: any ExecutionContext
    ) -> JSON? {
        let module: JSON = base ? "@jupyter-widgets/base" : "@jupyter-widgets/controls"
        var state: [(String, JSON)] = [
            ("_model_module", module), ("_model_module_version", "2.0.0"), ("_model_name", .string(name + "Model")),
            ("_view_count", .null), ("_view_module", name.hasSuffix("Style") ? "@jupyter-widgets/base" : module),
            ("_view_module_version", "2.0.0"),
            ("_view_name", .string(name.hasSuffix("Style") ? "StyleView" : name + "View")),
        ]
        state += members
        let object = JSON.object(.init(state, uniquingKeysWith: { $1 }))
        let message = CommMessage(data: ["state": object, "buffer_paths": []], metadata: Self.metadata)
        guard let comm = context.openComm(Self.target, message) else { return nil }
        models.withLock {
            $0[comm.identifier] = Model(comm: comm, state: object, control: control, member: member)
        }
        WidgetTarget.panels.withLock { $0[comm.identifier] = self }
        return .string("IPY_MODEL_\(comm.identifier)")
    }

    /// Handles the front end's message for one model.
    func received(_ message: CommMessage, on comm: Comm) {
        switch message.data["method"]?.string {
        case "request_state":
            guard let state = models.withLock({ $0[comm.identifier]?.state }) else { return }
            comm.send(
                CommMessage(
                    data: ["method": "update", "state": state, "buffer_paths": []], metadata: Self.metadata))
        case "update":
            guard case .object(let members)? = message.data["state"] else { return }
            let moved = models.withLock { models -> (Int, Double)? in
                guard var model = models[comm.identifier], case .object(var state) = model.state else { return nil }
                for (name, value) in members { state[name] = value }
                model.state = .object(state)
                models[comm.identifier] = model
                guard let control = model.control else { return nil }
                switch members[model.member] {
                case .integer(let value)?: return (control, Double(value))
                case .number(let value)?: return (control, value)
                default: return nil
                }
            }
            if let (control, value) = moved { changed(control, value, comm) }
        default: break
        }
    }

    func closed(_ comm: Comm) { models.withLock { _ = $0.removeValue(forKey: comm.identifier) } }
}

/// Passes the front end's messages to the panel that a model belongs to.
struct WidgetTarget: CommTarget {
    static let panels = Mutex<[String: WidgetPanel]>([:])

    /// A front end may not create models here.
    func opened(_ comm: Comm, with message: CommMessage) { comm.close() }

    func received(_ message: CommMessage, on comm: Comm) {
        Self.panels.withLock { $0[comm.identifier] }?.received(message, on: comm)
    }

    func closed(_ comm: Comm, with message: CommMessage) {
        Self.panels.withLock { $0.removeValue(forKey: comm.identifier) }?.closed(comm)
    }
}
