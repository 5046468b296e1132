import Foundation

/// Where a list goes on: opaque to clients, checked when it comes back.
///
/// A version byte, the position, and a check over position and question: a cursor of another question is refused.
struct Cursor: Hashable, Sendable {
    let position: Int

    private static let version: UInt8 = 1

    init(position: Int) {
        self.position = position
    }

    /// - Parameter question: the canonical target without the cursor.
    func text(for question: String) -> String {
        let bytes = [Self.version] + Self.bytes(UInt64(bitPattern: Int64(position))) + Self.check(position, question)
        return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }

    /// Nil where `text` is not a cursor, or belongs to another question.
    init?(_ text: String, for question: String) {
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        guard text.utf8.count == Self.length, let data = Data(base64Encoded: base64), data.count == 15 else {
            return nil
        }
        let bytes = [UInt8](data)
        let position = Int(Int64(bitPattern: bytes[1...8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
        guard bytes[0] == Self.version, Array(bytes[9...]) == Self.check(position, question) else { return nil }
        self.init(position: position)
    }

    /// Characters of every cursor: 15 bytes, no padding.
    static let length = 20

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }

    private static func check(_ position: Int, _ question: String) -> [UInt8] {
        Array(bytes(FNV.hash("\(question) \(position)")).prefix(6))
    }
}

/// The hash FNV-1a of 64 bits: the same in every process, and no secret.
enum FNV {
    static func hash(_ text: String) -> UInt64 { hash(text.utf8) }

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
