/// A model's name as timm writes it: `ARCHITECTURE.TAG`, where the tag tells what it was trained on, in order:
/// `mim_m38m_ft_in22k_in1k` is merged-38M, then ImageNet-22k, then ImageNet-1k.
package struct TimmName: Equatable {
    package let architecture: String
    /// `nil` for a name without one.
    let tag: String?
    /// The datasets in the tag, in its order. The last is ImageNet-1k where the head is of that.
    package let pretraining: [String]

    package init(_ name: String) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        architecture = parts.first ?? name
        let tag = parts.count > 1 ? parts[1] : nil
        self.tag = tag
        var found: [String] = []
        for word in (tag ?? "").split(separator: "_") {
            if let dataset = Self.datasets[String(word)], !found.contains(dataset) { found.append(dataset) }
        }
        pretraining = found
    }

    private static let datasets: [String: String] = [
        "in1k": "imagenet-1k", "in12k": "imagenet-12k", "in21k": "imagenet-21k", "in22k": "imagenet-22k",
        "laion2b": "laion-2b", "laion400m": "laion-400m", "openai": "wit-400m", "jft": "jft-300m",
        "ig1b": "instagram-1b",
        "swag": "instagram-3.6b", "yfcc100m": "yfcc-100m", "m30m": "merged-30m", "m38m": "merged-38m", "webli": "webli",
        "lvd142m": "lvd-142m", "lvd1689m": "lvd-1689m", "dfn5b": "dfn-5b", "dfn2b": "dfn-2b", "metaclip": "metaclip",
        "datacompxl": "datacomp-xl", "merged2b": "merged-2b", "places365": "places-365", "inat21": "inaturalist-2021",
    ]
}
