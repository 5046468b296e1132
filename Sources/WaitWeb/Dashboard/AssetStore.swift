import Foundation
import WaitPage

/// A file that pages load.
enum Asset: String, CaseIterable, Sendable {
    case pageStyle = "page.css"
    case pageScript = "page.js"
    case mapScript = "map.js"
    case chartScript = "chart.js"
    case icon = "icon.svg"
    case leafletStyle = "leaflet.css"
    case leafletScript = "leaflet.js"
    case dygraphStyle = "dygraph.css"
    case dygraphScript = "dygraph.js"

    var isStyle: Bool { rawValue.hasSuffix(".css") }
    var isScript: Bool { rawValue.hasSuffix(".js") }

    var mediaType: MediaType { isStyle ? .css : isScript ? .javaScript : .svg }

    /// Where Debian's package has it, below the folder of libraries; nil for our own.
    fileprivate var libraryPath: String? {
        switch self {
        case .leafletStyle: "leaflet/leaflet.css"
        case .leafletScript: "leaflet/leaflet.min.js"
        case .dygraphStyle: "dygraphs/dygraph.min.css"
        case .dygraphScript: "dygraphs/dygraph.min.js"
        default: nil
        }
    }

    fileprivate var embedded: [UInt8]? {
        switch self {
        case .pageStyle: PageFiles.pageStyle
        case .pageScript: PageFiles.pageScript
        case .mapScript: PageFiles.mapScript
        case .chartScript: PageFiles.chartScript
        case .icon: PageFiles.icon
        default: nil
        }
    }
}

/// The files that pages load, read once: our own from the binary, the libraries from where Debian installs them.
struct AssetStore: Sendable {
    private let files: [Asset: File]
    /// The path that visitors see the site below.
    let base: SiteBase

    private struct File: Sendable {
        let bytes: [UInt8]
        /// Of its bytes, so that an address never stands for two contents.
        let fingerprint: String
    }

    /// A larger file is not one of these libraries.
    private static let mostBytes = 4_000_000

    /// - Parameters:
    ///   - libraries: the folder that libjs-leaflet and libjs-dygraphs are installed below; what is not there is left out.
    ///   - base: the path that visitors see the site below.
    init(libraries: String, base: SiteBase = .root) {
        self.base = base
        var files: [Asset: File] = [:]
        for asset in Asset.allCases {
            let installed = asset.libraryPath.flatMap { FileManager.default.contents(atPath: "\(libraries)/\($0)") }
            guard let bytes = asset.embedded ?? installed.map({ [UInt8]($0) }), bytes.count <= Self.mostBytes else {
                continue
            }
            files[asset] = File(bytes: bytes, fingerprint: String(FNV.hash(bytes), radix: 36))
        }
        self.files = files
    }

    /// Whether all of these are there.
    func has(_ assets: [Asset]) -> Bool { assets.allSatisfy { files[$0] != nil } }

    func bytes(_ asset: Asset) -> [UInt8]? { files[asset]?.bytes }

    /// Where a page loads it from.
    func address(_ asset: Asset) -> String {
        "\(base.path)/assets/\(asset.rawValue)?v=\(files[asset]?.fingerprint ?? "0")"
    }

    /// Whether the address names what is there now.
    func isCurrent(_ asset: Asset, _ fingerprint: String?) -> Bool { files[asset]?.fingerprint == fingerprint }
}
