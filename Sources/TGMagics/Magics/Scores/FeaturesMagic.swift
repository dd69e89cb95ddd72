import ArgumentParser
import CellLanguage

/// `%features`
public struct FeaturesMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "features", abstract: "Features of real models for a labelled dataset, made outside the kernel.",
        discussion: "%features extract --models resnet18 --models vit_base.onnx --data photos --out features",
        subcommands: [FeaturesExtractMagic.self])

    public init() {}
}
