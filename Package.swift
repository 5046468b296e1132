// swift-tools-version: 6.2
import PackageDescription

/// Language rules every Swift target of ours is held to.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "waitkeeper",
    products: [
        .executable(name: "waitkeeper", targets: ["waitkeeper"]),
        // Preloaded by waitkeeper-power: its own calls go past it.
        .library(name: "FaultDisk", type: .dynamic, targets: ["CFaultDisk"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/onevcat/Rainbow", exact: "4.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CEmbedded"),
        .target(
            name: "WaitConfig",
            dependencies: ["CEmbedded"],
            path: "config",
            exclude: [
                "clinics.json", "districts.json", "hospitals.json", "waitkeeper.json", "waitkeeper.service",
            ],
            swiftSettings: house
        ),
        .target(name: "WaitCore", dependencies: ["WaitConfig"], swiftSettings: house),
        .systemLibrary(name: "CCrypto"),
        .systemLibrary(name: "CXlsxWriter"),
        .systemLibrary(name: "CZlib"),
        .target(
            name: "WaitStore",
            dependencies: [
                "CCrypto", "CXlsxWriter", "CZlib", "WaitCore",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house
        ),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),
        .target(name: "WaitFetch", dependencies: ["CArchive", "CCurl", "CZlib"], swiftSettings: house),
        .target(
            name: "WaitIngest",
            dependencies: [
                "WaitCore", "WaitFetch", "WaitStore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "WaitPage",
            dependencies: ["CEmbedded"],
            path: "Sources/WaitWeb/Dashboard/Assets",
            exclude: ["chart.js", "icon.svg", "map.js", "page.css", "page.js"],
            swiftSettings: house
        ),
        .target(
            name: "WaitWeb",
            dependencies: [
                "CZlib", "WaitCore", "WaitPage", "WaitStore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Dashboard/Assets"],
            swiftSettings: house
        ),
        .target(
            name: "WaitReplay",
            dependencies: [
                "WaitCore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "WaitFixtures",
            dependencies: ["CEmbedded"],
            path: "Fixtures",
            exclude: [
                "NOTES.md", "ae-top-wait", "ae-wait", "bad", "clinic-directory", "clinic-quota", "hospital-directory",
                "records",
                "specialist-directory",
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "waitkeeper",
            dependencies: [
                "WaitConfig", "WaitCore", "WaitFetch", "WaitFixtures", "WaitIngest", "WaitReplay", "WaitStore",
                "WaitWeb",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Rainbow", package: "Rainbow"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "waitkeeper-bench",
            dependencies: [
                "WaitCore", "WaitFetch", "WaitFixtures", "WaitIngest", "WaitReplay", "WaitStore",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks",
            exclude: ["crowd.py", "peers.py", "wrk.py"],
            swiftSettings: house
        ),
        .target(name: "CFaultDisk", path: "Tests/CFaultDisk"),
        .executableTarget(
            name: "waitkeeper-power",
            dependencies: [
                "TestSupport", "WaitCore", "WaitReplay", "WaitStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Tests/power",
            swiftSettings: house
        ),
        .target(name: "CChild", path: "Tests/CChild"),
        .target(
            name: "TestSupport", dependencies: ["CChild", "WaitCore"], path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(name: "WaitCoreTests", dependencies: ["TestSupport", "WaitCore"], swiftSettings: house),
        .testTarget(
            name: "WaitFetchTests", dependencies: ["CArchive", "TestSupport", "WaitFetch", "WaitReplay"],
            swiftSettings: house),
        .testTarget(
            name: "WaitStoreTests",
            dependencies: [
                "TestSupport", "WaitCore", "WaitStore", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaitIngestTests",
            dependencies: [
                "TestSupport", "WaitCore", "WaitFetch", "WaitIngest", "WaitReplay", "WaitStore",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaitReplayTests", dependencies: ["TestSupport", "WaitCore", "WaitReplay"], swiftSettings: house),
        .testTarget(
            name: "WaitWebTests",
            dependencies: [
                "TestSupport", "WaitCore", "WaitStore", "WaitWeb", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "waitkeeperTests",
            dependencies: [
                "TestSupport", "WaitCore", "WaitIngest", "WaitReplay", "WaitStore", "waitkeeper",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Snapshots"],
            swiftSettings: house
        ),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: house),
    ]
)
