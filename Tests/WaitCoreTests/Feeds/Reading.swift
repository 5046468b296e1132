import Foundation
import TestSupport
import Testing

@testable import WaitCore

extension Feed {
    /// What this feed reads in `bytes`, as a document of `language`.
    func content(of bytes: Data, in language: Language? = nil) throws(ReadFault) -> DocumentContent {
        try read(bytes, documents.first { $0.language == language } ?? documents[0])
    }

    func waits(_ bytes: Data, in language: Language? = nil) throws -> WaitDocument {
        guard case .waits(let document) = try content(of: bytes, in: language) else { throw OtherContent() }
        return document
    }

    func quotas(_ bytes: Data, in language: Language? = nil) throws -> QuotaDocument {
        guard case .quotas(let document) = try content(of: bytes, in: language) else { throw OtherContent() }
        return document
    }

    func places(_ bytes: Data) throws -> DirectoryDocument {
        guard case .places(let document) = try content(of: bytes) else { throw OtherContent() }
        return document
    }

    /// Why this feed reads nothing of `bytes`; nil where it reads something.
    func refusal(of bytes: Data) -> ReadFault? {
        do {
            _ = try content(of: bytes)
            return nil
        } catch {
            return error
        }
    }
}

/// A feed read another sort of document than its own.
struct OtherContent: Error {}

/// A real document of the feeds; tests that ask are enabled by `Documents.hasReal`.
func real(_ name: String) throws -> Data {
    try #require(Documents.real(name))
}

/// The document's records as Foundation reads them, past our own reader.
func records(in bytes: Data, under key: String? = nil) throws -> [[String: Any]] {
    let json = try JSONSerialization.jsonObject(with: bytes)
    guard let key else { return try #require(json as? [[String: Any]]) }
    let object = try #require(json as? [String: Any])
    return try #require(object[key] as? [[String: Any]])
}

extension Data {
    init(_ text: String) {
        self.init(text.utf8)
    }
}
