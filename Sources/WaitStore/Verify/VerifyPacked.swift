import GRDB
import WaitCore

extension Verifier {
    /// Packed days against the readings, and the generation, which no document accounts for, against its own rule.
    func checkDerived() throws {
        for difference in try PackedDays.differences(db) {
            let place = try String.fetchOne(
                db, sql: "SELECT code FROM place WHERE id = ?", arguments: [difference.key.hospital])
            found(
                "packed_day",
                """
                \(place ?? "hospital \(difference.key.hospital)") \
                \(HongKongMinute(dayIndex: difference.key.day).dayText) \(difference.metric)
                """, "It is not what the readings say; run \"waitkeeper reparse\".")
        }
        let isWhole = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM generation WHERE id = 1 AND number >= 1 AND nonce <> 0)")
        if isWhole != true {
            found(
                "generation", "the counter",
                "There is not one number of at least 1 with a nonce; any command that writes recreates it.")
        }
    }
}
