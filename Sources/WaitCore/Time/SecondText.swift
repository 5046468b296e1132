/// Instants to the second.
package enum SecondText {
    /// RFC 3339 in Hong Kong's time.
    package static func rfc3339(_ secondsSince1970: Int) -> String {
        let minute = HongKongMinute(secondsSince1970: Double(secondsSince1970))
        return "\(minute.dayText)T\(minute.timeText):\((secondsSince1970 - minute.secondsSince1970).padded(2))+08:00"
    }
}
