import Foundation

/// Why a folder of documents could not be read.
package enum DocumentFolderError: Error, Equatable, CustomStringConvertible {
    /// Two files of one name: an address could mean either.
    case sameName(String, first: String, second: String)
    case unreadable(path: String, reason: String)

    package var description: String {
        switch self {
        case .sameName(let name, let first, let second):
            "two documents are called \(name): \(first) and \(second); rename or remove one of them"
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        }
    }
}

/// Documents by their file name, held in memory: a public path is answered by its last component alone.
///
/// No request ever reaches the file system, so no path can lead out of the folder.
package struct DocumentFolder: Sendable {
    private let documents: [String: [UInt8]]

    /// The file names on offer, in order.
    package var names: [String] { documents.keys.sorted() }

    /// - Parameter documents: bytes by file name.
    package init(_ documents: [String: [UInt8]]) {
        self.documents = documents
    }

    /// Reads a folder and its sub-folders, once. Hidden files, notes (`.md`) and links are left out.
    ///
    /// - Throws: ``DocumentFolderError``.
    package init(path: String) throws {
        var documents: [String: [UInt8]] = [:]
        var places: [String: String] = [:]
        for place in try Self.places(under: path) {
            let name = String(place.lastComponent)
            if let first = places[name] {
                throw DocumentFolderError.sameName(name, first: first, second: place)
            }
            places[name] = place
            documents[name] = try Self.bytes(of: path + "/" + place)
        }
        self.documents = documents
    }

    /// The document whose file name is the last component of the path, or a 404.
    package func answer(to request: ReplayRequest) -> ReplayAnswer {
        let name = String(request.path.lastComponent)
        guard let body = documents[name] else { return .notFound }
        return .document(body, type: Self.contentType(of: name))
    }

    /// The documents' paths relative to the folder, in order.
    private static func places(under path: String) throws -> [String] {
        do {
            return try FileManager.default.subpathsOfDirectory(atPath: path).sorted().filter { place in
                let isHidden = place.split(separator: "/").contains { $0.hasPrefix(".") }
                guard !isHidden, !place.hasSuffix(".md") else { return false }
                let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + place)
                return attributes[.type] as? FileAttributeType == .typeRegular
            }
        } catch {
            throw DocumentFolderError.unreadable(path: path, reason: "\(error)")
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        do {
            return try Array(Data(contentsOf: URL(filePath: path)))
        } catch {
            throw DocumentFolderError.unreadable(path: path, reason: "\(error)")
        }
    }

    private static func contentType(of name: String) -> String {
        if name.hasSuffix(".json") { return "application/json" }
        if name.hasSuffix(".zip") { return "application/zip" }
        return "application/octet-stream"
    }
}

extension String {
    /// What follows the last slash.
    fileprivate var lastComponent: Substring {
        self[(lastIndex(of: "/").map(index(after:)) ?? startIndex)...]
    }
}
