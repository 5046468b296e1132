/// Sizes for people, in the powers of 1,000 that disks are sold by.
package enum ByteText {
    /// `950 B`, `12.3 kB`, `4.56 GB` → three digits.
    package static func text(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        while abs(value) >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1_000, unit + 1) }
        let digits = unit == 0 || abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
        let scale = [1.0, 10, 100][digits]
        let rounded = (value * scale).rounded()
        let whole = Int(rounded) / Int(scale)
        guard digits > 0 else { return "\(whole) \(units[unit])" }
        return "\(whole).\((abs(Int(rounded)) % Int(scale)).padded(digits)) \(units[unit])"
    }

    private static let units = ["B", "kB", "MB", "GB", "TB"]
}
