extension JSONText {
    /// The same JSON with a line for each member, two spaces a level: for files that people open.
    static func indented(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var depth = 0
        var (isText, isEscaped) = (false, false)
        let newLine = { (depth: Int) in [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: depth * 2) }
        for byte in bytes {
            if isText {
                output.append(byte)
                if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                output += [byte] + newLine(depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                output += newLine(depth) + [byte]
            case UInt8(ascii: ","): output += [byte] + newLine(depth)
            case UInt8(ascii: ":"): output += [byte, UInt8(ascii: " ")]
            default:
                isText = byte == UInt8(ascii: "\"")
                output.append(byte)
            }
        }
        return output + [UInt8(ascii: "\n")]
    }
}
