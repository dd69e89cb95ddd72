// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Echo",
    dependencies: [.package(name: "TransferGraph", path: "../..")],
    targets: [
        .executableTarget(name: "Echo", dependencies: [.product(name: "JupyterKernel", package: "TransferGraph")])
    ]
)
