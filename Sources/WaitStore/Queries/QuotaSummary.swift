import GRDB

/// What the clinics of one district offer in a week, in the newest period.
package struct DistrictQuotas: Hashable, Sendable {
    package let district: String
    package let clinics: Int
    /// Places offered from Monday to Friday, and on Saturday and Sunday; sums over the clinics with a session.
    package let weekdays: Double
    package let weekend: Double
    package let periodFrom: String
    package let periodTo: String
}

extension WaitDatabase {
    /// The newest period's quotas by district (English names), districts in the order of the alphabet.
    package func quotasByDistrict() throws -> [DistrictQuotas] {
        try access.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT coalesce(nullif(clinic.district_en, ''), clinic.district_tc) AS district,
                        count(DISTINCT clinic) AS clinics,
                        total(quota) FILTER (WHERE weekday <= 5) AS weekdays, total(quota) FILTER (WHERE weekday > 5) AS weekend,
                        period_from, period_to
                    FROM clinic_quota JOIN clinic ON clinic.id = clinic_quota.clinic
                    WHERE period_from = (SELECT max(period_from) FROM clinic_quota)
                    GROUP BY district ORDER BY district
                    """
            ).map { row in
                DistrictQuotas(
                    district: row["district"], clinics: row["clinics"], weekdays: row["weekdays"],
                    weekend: row["weekend"],
                    periodFrom: row["period_from"], periodTo: row["period_to"])
            }
        }
    }
}
