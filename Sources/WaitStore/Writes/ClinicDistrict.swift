import GRDB
import WaitCore

/// A clinic's district comes from its quota record.
enum ClinicDistrict {
    /// Enters the district that a spelling means, in three languages.
    ///
    /// An unknown spelling is kept in its own language, and only until there is something better: the other language's
    /// document may use a spelling that is known.
    static func set(_ spelling: String, language: Language, of clinic: Int64, _ db: Database) throws {
        guard let district = BundledPlaces.district(spelled: spelling) else {
            let column = "district_\(language.rawValue)"
            try db.cachedStatement(sql: "UPDATE place SET \(column) = ? WHERE id = ? AND \(column) = ''")
                .execute(arguments: [spelling, clinic])
            return
        }
        try db.cachedStatement(
            sql: """
                UPDATE place SET district_en = ?1, district_tc = ?2, district_sc = ?3
                WHERE id = ?4 AND (district_en, district_tc, district_sc) IS NOT (?1, ?2, ?3)
                """
        ).execute(arguments: [district.en, district.tc, district.sc, clinic])
    }
}
