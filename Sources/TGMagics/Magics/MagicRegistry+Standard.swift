import CellLanguage

extension MagicRegistry {
    /// Every magic of the notebook.
    public static let standard = MagicRegistry(
        [
            CardMagic.self, ChartMagic.self, ClearMagic.self, CompareMagic.self, DatasetMagic.self, DatasetsMagic.self,
            EchoMagic.self, EmbedMagic.self, EvaluateMagic.self, ExploreMagic.self, ExportMagic.self,
            FeaturesMagic.self, ForgeMagic.self, GraphMagic.self, HelpMagic.self, HistoryMagic.self,
            JobsMagic.self, ListMagicsMagic.self, MergeMagic.self, MethodsMagic.self, ModelsMagic.self,
            NeighboursMagic.self, PredictMagic.self, RecommendMagic.self,
            RecordsMagic.self, ReportMagic.self, ResetMagic.self, ResultMagic.self, RunMagic.self, SQLMagic.self,
            ScoreMagic.self, ScoresMagic.self, SimulateMagic.self, TimeMagic.self, WalkMagic.self, WhoMagic.self,
            ZooMagic.self,
        ], vocabulary: TransferGraphVocabulary())
}

extension CellInterpreter {
    /// The TransferGraph notebook, in a session of its own.
    public static func transferGraph() -> CellInterpreter {
        CellInterpreter(
            registry: .standard, info: .transferGraph, commTargets: [WidgetPanel.target: WidgetTarget()])
    }
}
