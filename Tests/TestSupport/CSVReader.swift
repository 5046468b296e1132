/// Reads CSV by RFC 4180, for tests: records end with CRLF, quoted fields hold anything.
package enum CSVReader {
    package struct Broken: Error {
        let byte: Int
    }

    /// - Throws: `Broken` where the text is no CSV of that kind.
    package static func records(_ bytes: [UInt8]) throws -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var (isQuoted, wasQuoted) = (false, false)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true) where next == byte:
                field.append(byte)
                index += 1
            case (UInt8(ascii: "\""), true): isQuoted = false
            case (_, true): field.append(byte)
            case (UInt8(ascii: "\""), false):
                guard field.isEmpty, !wasQuoted else { throw Broken(byte: index) }
                (isQuoted, wasQuoted) = (true, true)
            case (UInt8(ascii: ","), false), (UInt8(ascii: "\r"), false):
                record.append(String(decoding: field, as: UTF8.self))
                (field, wasQuoted) = ([], false)
                guard byte == UInt8(ascii: "\r") else { break }
                guard next == UInt8(ascii: "\n") else { throw Broken(byte: index) }
                index += 1
                records.append(record)
                record = []
            case (UInt8(ascii: "\n"), false): throw Broken(byte: index)
            default: field.append(byte)
            }
            index += 1
        }
        guard record.isEmpty, field.isEmpty, !isQuoted else { throw Broken(byte: index) }
        return records
    }
}
