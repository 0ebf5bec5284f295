// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours is strict: nothing is imported by accident, `any` is written out, a warning is an error.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "leeway",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "leeway", targets: ["leeway"]),
        .library(name: "LeewayCore", targets: ["LeewayCore"]),
        .library(name: "LeewayLearn", targets: ["LeewayLearn"]),
        .library(name: "LeewayMonitor", targets: ["LeewayMonitor"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // What Hummingbird stands on, named because the server uses it directly.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Front ends.
        .executableTarget(name: "leeway", dependencies: ["LeewayCLI"], swiftSettings: strict),
        .target(
            name: "LeewayCLI",
            dependencies: [
                "LeewayServer", "LeewayWorkflow", "LeewayStore", "LeewayEngine", "LeewayNotify", "LeewayWire",
                "LeewayMonitor", "LeewayValidate", "LeewayLearn", "LeewayStats", "LeewayCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(
            name: "LeewayServer",
            dependencies: [
                "LeewayWorkflow", "LeewayStore", "LeewayWire", "LeewayValidate", "LeewayCore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        // Use cases: the only place where pure code meets the world.
        .target(
            name: "LeewayWorkflow",
            dependencies: [
                "LeewayStore", "LeewayEngine", "LeewayWire", "LeewayMonitor", "LeewayValidate", "LeewayLearn",
                "LeewayStats", "LeewayCore",
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        // Adapters.
        .target(
            name: "LeewayStore", dependencies: ["LeewayCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(name: "LeewayEngine", dependencies: ["LeewayCore", "CADBC"], swiftSettings: strict),
        .target(
            name: "LeewayNotify",
            dependencies: [
                "LeewayCore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .target(name: "CADBC", cSettings: [.define("_GNU_SOURCE")]),
        // Pure code.
        .target(name: "LeewayWire", dependencies: ["LeewayValidate", "LeewayCore"], swiftSettings: strict),
        .target(
            name: "LeewayMonitor", dependencies: ["LeewayLearn", "LeewayStats", "LeewayCore"], swiftSettings: strict),
        .target(name: "LeewayValidate", dependencies: ["LeewayStats", "LeewayCore"], swiftSettings: strict),
        .target(name: "LeewayLearn", dependencies: ["LeewayStats", "LeewayCore"], swiftSettings: strict),
        .target(name: "LeewayStats", dependencies: ["LeewayCore"], swiftSettings: strict),
        // Words.
        .target(name: "LeewayCore", swiftSettings: strict),
        // Tests: those of pure code build no database, and none of the first builds a server.
        .target(
            name: "LeewayTestSupport", dependencies: ["LeewayLearn", "LeewayCore"], path: "Tests/LeewayTestSupport",
            swiftSettings: strict),
        .testTarget(name: "LeewayCoreTests", dependencies: ["LeewayCore"], swiftSettings: strict),
        .testTarget(name: "LeewayStatsTests", dependencies: ["LeewayStats", "LeewayCore"], swiftSettings: strict),
        .testTarget(
            name: "LeewayLearnTests",
            dependencies: ["LeewayLearn", "LeewayStats", "LeewayCore", "LeewayTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "LeewayWireTests", dependencies: ["LeewayWire", "LeewayValidate", "LeewayCore"],
            swiftSettings: strict),
        .testTarget(
            name: "LeewayValidateTests", dependencies: ["LeewayValidate", "LeewayStats", "LeewayCore"],
            swiftSettings: strict),
        .testTarget(
            name: "LeewayMonitorTests",
            dependencies: ["LeewayMonitor", "LeewayLearn", "LeewayStats", "LeewayCore"], swiftSettings: strict),
        .testTarget(
            name: "LeewayEngineTests", dependencies: ["LeewayEngine", "LeewayCore", "CADBC"], swiftSettings: strict),
        .testTarget(name: "LeewayNotifyTests", dependencies: ["LeewayNotify", "LeewayCore"], swiftSettings: strict),
        .testTarget(
            name: "LeewayStoreTests",
            dependencies: [
                "LeewayStore", "LeewayCore", "LeewayTestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LeewayWorkflowTests",
            dependencies: [
                "LeewayWorkflow", "LeewayStore", "LeewayEngine", "LeewayWire", "LeewayMonitor", "LeewayValidate",
                "LeewayLearn", "LeewayStats", "LeewayCore", "LeewayTestSupport",
            ],
            swiftSettings: strict),
        // What of the server needs no socket.
        .testTarget(
            name: "LeewayServerTests",
            dependencies: [
                "LeewayServer",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            swiftSettings: strict),
        // What `leeway serve` is measured against; no product, so that it is built where it is asked for.
        .executableTarget(
            name: "bare-route", dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
            path: "Benchmarks/serving/bare-route", swiftSettings: strict),
        // Leeway's part of the drift study.
        .executableTarget(
            name: "drift-study",
            dependencies: ["LeewayMonitor", "LeewayLearn", "LeewayStore", "LeewayStats", "LeewayCore"],
            path: "Benchmarks/drift/study", swiftSettings: strict),
        // The built program, as its users run it.
        .testTarget(
            name: "LeewayProgramTests", dependencies: ["leeway", "LeewayCLI", "LeewayCore"], swiftSettings: strict),
    ]
)
