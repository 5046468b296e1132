internal import FoundationEssentials

/// Undoes the content codings of a body by what its bytes are. The header only helps: servers and the caches before them
/// send gzip without saying so, say gzip over plain bytes, name codings that do not exist, and compress twice.
///
/// RFC 9110, section 8.4.1; RFC 1950 to 1952.
enum ContentCoding {
    /// A body with its codings undone.
    struct Decoded {
        var body: Data
        /// What was undone, the outermost first: `gzip`, `deflate`.
        var undone: [String] = []
    }

    enum Failure: Error {
        /// The compressed stream stops before its end.
        case cutShort
        /// The compressed stream breaks off in itself, or its checksum is wrong.
        case damaged
        /// More bytes than the cap.
        case tooLarge(excerpt: Data)
        /// zlib has no memory.
        case other(FetchError)

        /// Whether the bytes are not a whole stream.
        fileprivate var isOfStream: Bool {
            switch self {
            case .cutShort, .damaged: true
            case .tooLarge, .other: false
            }
        }
    }

    /// What a client asks for; what comes is judged by its bytes.
    static let accepted = "deflate, gzip"
    /// Codings inside each other that are undone.
    private static let mostLayers = 3
    /// Members of one gzip file: each costs a stream of its own, and five megabytes of empty ones would be a quarter of a million.
    private static let mostMembers = 1_000

    /// - Parameters:
    ///   - raw: the whole body as it came.
    ///   - declared: the text of `Content-Encoding`; nil where there is none.
    ///   - capBytes: bytes that each layer may have undone.
    static func decode(_ raw: Data, declared: String?, capBytes: Int) throws(Failure) -> Decoded {
        var decoded = Decoded(body: raw)
        let isDeflateDeclared = names(declared).contains("deflate")
        for _ in 0..<mostLayers {
            if isGzip(decoded.body) {
                decoded.body = try gunzip(decoded.body, capBytes: capBytes)
                decoded.undone.append("gzip")
            } else if let body = try inflated(decoded.body, isDeclared: isDeflateDeclared, capBytes: capBytes) {
                decoded.body = body
                decoded.undone.append("deflate")
            } else {
                break
            }
        }
        return decoded
    }

    /// How the body came, where its header did not say so; nil where it did.
    static func remark(declared: String?, undone: [String]) -> String? {
        guard names(declared).reversed() != undone else { return nil }
        let came = undone.isEmpty ? "plain bytes" : undone.joined(separator: " in ")
        return "\(came) under \(declared.map { "Content-Encoding \"\($0)\"" } ?? "no Content-Encoding")"
    }

    /// Whether bytes begin as a gzip stream does; no document does.
    static func isGzip(_ bytes: Data) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

    /// The codings that a header names, in the order they were applied, those that change nothing left out.
    private static func names(_ declared: String?) -> [String] {
        (declared ?? "").lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
            .filter { $0 != "identity" }.map { $0 == "x-gzip" ? "gzip" : $0 }
    }

    /// All members of a gzip file, one after the other; bytes behind the last one are ignored.
    private static func gunzip(_ bytes: Data, capBytes: Int) throws(Failure) -> Data {
        var (body, rest) = (Data(), bytes)
        var members = 0
        repeat {
            members += 1
            guard members <= mostMembers else { throw .damaged }
            let left = try undo(.gzip, rest, into: &body, capBytes: capBytes)
            rest = rest.suffix(left)
        } while isGzip(rest)
        return body
    }

    /// The body where it is a zlib stream, or a bare one and declared so; nil where it is neither. Text that is declared as
    /// `deflate` and is not is taken as it stands.
    private static func inflated(_ bytes: Data, isDeclared: Bool, capBytes: Int) throws(Failure) -> Data? {
        let isZlib = beginsAsZlib(bytes)
        guard !bytes.isEmpty, isZlib || isDeclared && !isMarkup(bytes) else { return nil }
        var body = Data()
        do throws(Failure) {
            _ = try undo(isZlib ? .zlib : .bare, bytes, into: &body, capBytes: capBytes)
            return body
        } catch {
            if error.isOfStream, !isDeclared || isText(bytes) { return nil }
            throw error
        }
    }

    /// RFC 1950, section 2.2: method 8, and a check of the first two bytes.
    private static func beginsAsZlib(_ bytes: Data) -> Bool {
        let head = [UInt8](bytes.prefix(2))
        return head.count == 2 && head[0] & 0x0f == 8 && (Int(head[0]) << 8 | Int(head[1])) % 31 == 0
    }

    /// Whether bytes are the text of JSON, HTML or XML: a bare stream has no signature, and text may pass for a short one.
    private static func isMarkup(_ bytes: Data) -> Bool {
        let first = bytes.first { !($0 == 0x20 || (0x09...0x0d).contains($0)) }
        return (first.map { [0x7b, 0x5b, 0x3c, 0x22, 0xef].contains($0) } ?? true) && isText(bytes)
    }

    private static func isText(_ bytes: Data) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// Appends one undone stream to `body`.
    /// - Returns: how many bytes follow its end.
    private static func undo(
        _ format: Inflater.Format, _ bytes: Data, into body: inout Data, capBytes: Int
    ) throws(Failure) -> Int {
        let step: Inflater.Step
        do throws(FetchError) {
            step = try Inflater(format).inflate(bytes) { made throws(FetchError) in
                let room = capBytes - body.count
                body.append(contentsOf: made.prefix(room))
                return made.count <= room
            }
        } catch {
            throw .other(error)
        }
        switch step {
        case .ended(let left): return left
        case .needsMore: throw .cutShort
        case .damaged: throw .damaged
        case .stopped: throw .tooLarge(excerpt: body.prefix(BodyBuffer.excerptBytes))
        }
    }
}

extension ContentCoding {
    /// The first bytes of a body that was too large as it came.
    static func excerpt(_ raw: Data) -> Data {
        guard isGzip(raw) else { return raw }
        // Text for a person to look at: where it cannot be undone, the bytes as they came have to do.
        do throws(Failure) {
            _ = try decode(raw, declared: nil, capBytes: BodyBuffer.excerptBytes)
        } catch {
            if case .tooLarge(let excerpt) = error { return excerpt }
        }
        return raw
    }

    /// A temporary file with all members of its gzip undone, in another one; itself where it is not gzip.
    ///
    /// - Throws: `cutShort`, `badEncoding`, `bodyTooLarge` as `failure` says; `cannotSpool`.
    static func decode(
        _ file: SpooledFile, in folder: String, capBytes: Int, failure: (Failure) -> FetchError
    ) throws(FetchError) -> SpooledFile {
        guard isGzip(try file.bytes(at: 0, upTo: 2)) else { return file }
        let undone = try SpooledFile(folder: folder)
        var (inflater, members, offset) = (try Inflater(.gzip), 1, 0)
        while case let piece = try file.bytes(at: offset, upTo: 1_000_000), !piece.isEmpty {
            offset += piece.count
            let step = try inflater.inflate(piece) { made throws(FetchError) in
                try undone.append(made)
                return undone.byteCount <= capBytes
            }
            switch step {
            case .needsMore: continue
            case .ended(let left):
                offset -= left
                guard isGzip(try file.bytes(at: offset, upTo: 2)) else { return undone }
                members += 1
                guard members <= mostMembers else { throw failure(.damaged) }
                inflater = try Inflater(.gzip)
            case .damaged: throw failure(.damaged)
            case .stopped: throw failure(.tooLarge(excerpt: Data()))
            }
        }
        throw failure(.cutShort)
    }
}
