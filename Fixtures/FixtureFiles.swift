/// The fixtures the demo publishes, embedded in the binary so that it runs from anywhere.
package enum FixtureFiles {
    /// File name as at the public address → exact bytes.
    package static var all: [String: [UInt8]] {
        [
            "facility-hosp.json": PackageResources.facility_hosp_json,
            "facility-fmc.json": PackageResources.facility_fmc_json,
            "facility-sop.json": PackageResources.facility_sop_json,
            "g0_9uo7a_p-en.json": PackageResources.g0_9uo7a_p_en_json,
            "g0_9uo7a_p-tc.json": PackageResources.g0_9uo7a_p_tc_json,
        ]
    }
}
