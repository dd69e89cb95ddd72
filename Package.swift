// swift-tools-version: 6.1
import PackageDescription

// The program carries Swift's own libraries: it starts in two thirds of the time, since the loader has a dozen libraries
// and most symbols less to look up, and takes 4 MiB less. The libraries after the first line are those that Foundation
// needs then.
let staticRuntime: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-use-ld=lld",
            "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections", "-ldispatch",
            "-lBlocksRuntime",
            // Names of symbols, four fifths of the program, are of no use to who runs it.
            "-Xlinker", "--strip-all",
        ], .when(platforms: [.linux], configuration: .release))
]

let package = Package(
    name: "TransferGraph",
    products: [
        .executable(name: "tgkernel", targets: ["tgkernel"]),
        .library(name: "TransferGraphCore", targets: ["TransferGraphCore"]),
        .library(name: "JupyterKernel", targets: ["JupyterKernel"]),
        .library(name: "CellLanguage", targets: ["CellLanguage"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CZeroMQ", path: "Sources/System/CZeroMQ",
            providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(
            name: "CJansson", path: "Sources/System/CJansson", pkgConfig: "jansson",
            providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(
            name: "CYAJL", path: "Sources/System/CYAJL", pkgConfig: "yajl",
            providers: [.apt(["libyajl-dev"])]),
        .systemLibrary(
            name: "CSodium", path: "Sources/System/CSodium", pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(
            name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CZstd", path: "Sources/System/CZstd", pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLinux", path: "Sources/System/CLinux"),
        // Opened at the first drawing, by name: nothing to link.
        .systemLibrary(name: "CRsvg", path: "Sources/System/CRsvg", providers: [.apt(["librsvg2-2"])]),
        .systemLibrary(
            name: "CXGBoost", path: "Sources/System/CXGBoost",
            providers: [.apt(["libxgboost-dev"])]),
        .systemLibrary(
            name: "COpenBLAS", path: "Sources/System/COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
        // The inner loops of skip-gram in C, since Swift cannot compile one function for several kinds of processor.
        .target(name: "CSkipGram"),
        .target(name: "Support", dependencies: ["CLinux"]),
        .target(
            name: "TransferGraphCore",
            dependencies: [
                "Support", "CLinux", "CSkipGram", "CXGBoost", "COpenBLAS", "CYAJL", "CZlib", "CZstd",
                // For the libyaml inside.
                .product(name: "Yams", package: "Yams"),
            ],
            path: "Sources/Core",
            // The built-in zoos; see BuiltInZoo for where they are found.
            resources: [.copy("Zoos")]),
        .target(
            name: "JupyterKernel",
            dependencies: [
                "CZeroMQ", "CJansson", "CLinux", "CSodium", "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Sources/Kernel"),
        .target(name: "Presentation", dependencies: ["CRsvg", "CZlib", "JupyterKernel", "Support"]),
        .target(
            name: "CellLanguage",
            dependencies: [
                "JupyterKernel", "Presentation", "Support",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(
            name: "TGMagics",
            dependencies: [
                "CellLanguage", "JupyterKernel", "Presentation", "Sentences", "Sweeps", "TransferGraphCore", "ZooForge",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        // Any sweep in parts that know nothing of each other, and Slurm, which runs them.
        .target(name: "Sweeps", dependencies: ["CSodium", "Support"]),
        .target(name: "ZooForge", dependencies: ["Support", "TransferGraphCore"]),
        // The words for what can go wrong in the two, for every program that shows errors.
        .target(name: "Sentences", dependencies: ["Support", "TransferGraphCore", "ZooForge"]),
        .executableTarget(
            name: "zooforge",
            dependencies: [
                "Sentences", "Support", "TransferGraphCore", "ZooForge",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/zooforge-tool"),
        .executableTarget(
            name: "tgkernel",
            dependencies: [
                "CellLanguage", "JupyterKernel", "Sentences", "Support", "TGMagics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // Part of the program, so that it installs itself from wherever it lies.
            resources: [
                .embedInCode("Resources/kernel.json"), .embedInCode("Resources/missing.py"),
                .embedInCode("Resources/logo-32x32.png"),
                .embedInCode("Resources/logo-64x64.png"), .embedInCode("Resources/logo-svg.svg"),
            ],
            linkerSettings: staticRuntime),
        .executableTarget(
            name: "tgbench",
            dependencies: [
                "Sentences", "Support", "TransferGraphCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", path: "Tests/Support"),
        .testTarget(name: "CoreTests", dependencies: ["TestSupport", "TransferGraphCore"]),
        .testTarget(
            name: "KernelTests",
            dependencies: [
                "JupyterKernel", "CZeroMQ", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "SupportTests", dependencies: ["Support", "TestSupport"]),
        .testTarget(name: "SweepsTests", dependencies: ["Support", "Sweeps", "TestSupport"]),
        .testTarget(name: "SentencesTests", dependencies: ["Sentences", "Support", "TransferGraphCore", "ZooForge"]),
        .testTarget(name: "ZooForgeTests", dependencies: ["TestSupport", "ZooForge", "TransferGraphCore"]),
        .testTarget(
            name: "TGMagicsTests",
            dependencies: [
                "CellLanguage", "Presentation", "Sweeps", "TestSupport", "TGMagics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
