/// What was measured, a row for each metric entry that was read, used or not, in columns.
///
/// Names are indices into the ``Facts/names`` of the same facts. A row takes about 30 bytes where nothing unusual is said.
public struct MeasurementTable: Sendable {
    /// One row, as readers give it and as it is read back.
    public struct Row: Sendable, Equatable {
        /// The model as its file names it: of a fine-tuned copy, the copy.
        public var model: Name
        /// ``Name/none`` where no dataset is named.
        public var dataset: Name
        /// A configuration of the dataset, which makes it a dataset of its own.
        public var config: Name
        /// The part of the dataset that was measured on, as written.
        public var split: Name
        /// The metric as written; ``Name/none`` where none is.
        public var metric: Name
        /// The number that was written, before any scaling; `nan` where there is none.
        public var value: Double
        /// The text that stood there where it is not the shortest way to write ``value``: `93.20`, `93.2 %`, `OOM`.
        public var written: Name
        /// The scale where the source says it (a percent sign, a documented scale); `nil` where the numbers have to tell.
        public var scale: MetricScale?
        /// The direction where the source says it; `nil` where the metric's name has to tell.
        public var higherIsBetter: Bool?
        /// The result entry the value belongs to: values of one entry have one scale (rule S). -1: an entry by itself.
        public var entry: Int32
        /// An index into ``Facts/provenances``; 0 where nothing is said.
        public var provenance: Int32
        /// An index into ``Facts/files``.
        public var file: Int32
        /// The line, counted from 1; 0 where there is none.
        public var line: Int32
        /// What is said already about what becomes of it.
        public var status: Status

        /// Whether a row is still to be decided about.
        public enum Status: Sendable, Equatable {
            case open
            /// It makes results as others do, and another row lists it.
            case unlisted
            /// A zoo that was saved says what became of it; it makes no result.
            case decided(Decision)

            @inline(__always)
            public var isDecided: Bool { if case .decided = self { true } else { false } }
        }

        public init(
            model: Name, dataset: Name, config: Name = .none, split: Name = .none, metric: Name = .none,
            value: Double, written: Name = .none, scale: MetricScale? = nil, higherIsBetter: Bool? = nil,
            entry: Int32 = -1, provenance: Int32 = 0, file: Int32 = 0, line: Int32 = 0,
            status: Status = .open
        ) {
            self.model = model
            self.dataset = dataset
            self.config = config
            self.split = split
            self.metric = metric
            self.value = value
            self.written = written
            self.scale = scale
            self.higherIsBetter = higherIsBetter
            self.entry = entry
            self.provenance = provenance
            self.file = file
            self.line = line
            self.status = status
        }
    }

    public private(set) var models: [Name] = []
    public private(set) var datasets: [Name] = []
    public private(set) var values: [Double] = []
    public private(set) var lines: [Int32] = []
    public private(set) var configs = QuietColumn<Name>(.none)
    public private(set) var splits = QuietColumn<Name>(.none)
    public private(set) var metrics = QuietColumn<Name>(.none)
    public private(set) var written = QuietColumn<Name>(.none)
    public private(set) var scales = QuietColumn<MetricScale?>(nil)
    public private(set) var directions = QuietColumn<Bool?>(nil)
    public private(set) var entries = QuietColumn<Int32>(-1)
    public private(set) var provenances = QuietColumn<Int32>(0)
    public private(set) var files = QuietColumn<Int32>(0)
    public private(set) var statuses = QuietColumn<Row.Status>(.open)

    public init() {}

    public var count: Int { values.count }

    public mutating func reserveCapacity(_ count: Int) {
        models.reserveCapacity(count)
        datasets.reserveCapacity(count)
        values.reserveCapacity(count)
        lines.reserveCapacity(count)
    }

    public mutating func append(_ row: Row) {
        models.append(row.model)
        datasets.append(row.dataset)
        values.append(row.value)
        lines.append(row.line)
        configs.append(row.config)
        splits.append(row.split)
        metrics.append(row.metric)
        written.append(row.written)
        scales.append(row.scale)
        directions.append(row.higherIsBetter)
        entries.append(row.entry)
        provenances.append(row.provenance)
        files.append(row.file)
        statuses.append(row.status)
    }

    /// Gives models other names, by the name and the file; `nil` keeps one.
    mutating func renameModels(_ other: (Name, Int32) -> Name?) {
        for row in models.indices { if let name = other(models[row], files[row]) { models[row] = name } }
    }

    /// Gives rows from `first` on that have none the split or the configuration.
    mutating func tell(split: Name = .none, config: Name = .none, from first: Int) {
        for row in first..<count {
            if !split.isNone, splits[row].isNone { splits[row] = split }
            if !config.isNone, configs[row].isNone { configs[row] = config }
        }
    }

    public subscript(_ row: Int) -> Row {
        Row(
            model: models[row], dataset: datasets[row], config: configs[row], split: splits[row], metric: metrics[row],
            value: values[row], written: written[row], scale: scales[row], higherIsBetter: directions[row],
            entry: entries[row], provenance: provenances[row], file: files[row], line: lines[row],
            status: statuses[row])
    }
}
