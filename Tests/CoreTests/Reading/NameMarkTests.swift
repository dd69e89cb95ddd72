import Testing
import TransferGraphCore

/// What stands in names besides whom they name: a spread, a percent sign, commands of LaTeX, a pivot's margins.
@Suite struct NameMarkTests {
    // MARK: Spreads

    @Test(arguments: [
        ("AUROC (95% CI)", "0.91 (0.88-0.94)", "0.93 (0.90-0.95)"),
        ("AUROC [95% CI]", "0.91 [0.88, 0.94]", "0.93 [0.9, 1]"),
        ("AUROC ± std", "0.91 ± 0.01", "0.93 ± 0.02"), ("AUROC (mean ± SD)", "0.91 (0.01)", "0.93 (0.02)"),
        ("AUROC 95% CI", "0.91 (0.88-0.94)", "0.93 (0.90-0.95)"),
    ])
    func aResultWithItsSpreadIsAResult(_ header: String, _ a: String, _ b: String) throws {
        let long = try TableCase.zoo("model;dataset;\(header)\nx;cxr;\(a)\ny;cxr;\(b)\nx;ham;\(b)\ny;ham;\(a)\n")
        #expect(try TableCase.result(long, "x", "cxr") == 0.91, "\(header)")
        #expect(try TableCase.metric(long, "cxr").name == "AUROC")
        #expect(TableCase.note(long, "results with their spreads")?.count == 1)
        let wide = try TableCase.zoo(
            "model;CheXpert \(header);MIMIC \(header)\nx;\(a);\(b)\ny;\(b);\(a)\nz;\(b);\(b)\n")
        #expect(wide.datasets.map(\.name) == ["CheXpert", "MIMIC"], "\(header)")
        #expect(try TableCase.result(wide, "y", "MIMIC") == 0.91)
    }

    /// Numbers alone under such a name are how far results spread.
    @Test func aColumnOfSpreadsIsNone() throws {
        let zoo = try TableCase.zoo("model,pets,pets (95% CI),cars\na,90,0.5,80\nb,91,0.4,81\nc,92,.3,82\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"])
    }

    // MARK: Percents

    @Test func aPercentSignInAHeaderIsTheScaleOfItsDataset() throws {
        let zoo = try TableCase.zoo(
            "model,Pets acc (%),Cars %,Food acc [%],DTD\na,80,90,70,.9\nb,82,91,72,.8\nc,0.9,92,74,.7\n")
        #expect(zoo.datasets.map(\.metric.scale) == [.percent, .percent, .percent, .asWritten])
        #expect(try TableCase.result(zoo, "c", "Pets") == 0.9)
    }

    // MARK: LaTeX

    @Test func commandsOfLaTeXAreNoPartOfNames() throws {
        let zoo = try TableCase.zoo(
            #"""
            \textbf{Model},\rotatebox{90}{Pets},Cars $\uparrow$,DTD\cite{dtd}
            "\multirow{2}{*}{ResNet}",80,90,70
            ViT\cite{dosovitskiy2021},82,91,71
            \textbf{Swin\_T},84,93,72
            BEiT$_{B}$~\citep{x},85,94,73
            C:\models\bert,81,89,69

            """#)
        #expect(zoo.models.map(\.name) == ["ResNet", "ViT", "Swin_T", "BEiTB", #"C:\models\bert"#])
        #expect(zoo.datasets.map(\.name) == ["Pets", "Cars", "DTD"])
        #expect(TableCase.note(zoo, "commands of LaTeX")?.count == 8)
        let long = try TableCase.zoo(
            "model,dataset,acc\n\\textbf{a},pets\\footnote{x},.9\n\\textbf{b},pets\\footnote{x},.8\n")
        #expect(try TableCase.result(long, "a", "pets") == 0.9)
    }

    // MARK: Margins

    @Test func marginsOfAPivotAreNoModelsAndNoDatasets() throws {
        let long = try TableCase.zoo(
            "model,dataset,score\nr,cars,80\nr,pets,90\nr,All,85\nv,cars,82\nv,pets,92\nv,All,87\nAll,cars,81\nAll,pets,91\nAll,All,86\n"
        )
        #expect(long.models.map(\.name) == ["r", "v"] && long.datasets.map(\.name) == ["cars", "pets"])
        let wide = try TableCase.zoo("model,cars,pets,All\nr,80,90,85\nv,82,92,87\nAll,81,91,86\n")
        #expect(wide.models.map(\.name) == ["r", "v"] && wide.datasets.map(\.name) == ["cars", "pets"])
        // Alone it may be an ablation's name for the whole.
        let ablation = try TableCase.zoo(
            "method,dataset,score\nw/o mixup,pets,80\nw/o mixup,cars,70\nAll,pets,82\nAll,cars,72\n")
        #expect(ablation.models.map(\.name) == ["w/o mixup", "All"])
    }

    // MARK: What a metric cannot have

    @Test func aNumberBelowZeroAmongAccuraciesIsNoFractionOfAPercent() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,accuracy\na,pets,-0.5\nb,pets,90\nc,pets,91\nd,pets,92\na,cars,.9\nb,cars,-.1\nc,cars,.8\n")
        #expect(try TableCase.result(zoo, "a", "pets") == nil && TableCase.result(zoo, "b", "cars") == nil)
        #expect(try TableCase.result(zoo, "b", "pets") == 90)
        #expect(TableCase.note(zoo, "metric cannot have")?.count == 2)
    }
}
