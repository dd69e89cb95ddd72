import JupyterKernel

extension DisplayData {
    /// The format that carries a value's numbers at full precision to programs.
    public static let transferGraphJSON = "application/vnd.transfergraph+json"
}
