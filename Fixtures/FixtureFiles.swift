import CEmbedded

/// The fixtures the demo publishes, embedded in the binary so that it runs from anywhere.
package enum FixtureFiles {
    /// File name as at the public address → exact bytes.
    package static let all: [String: [UInt8]] = [
        "facility-hosp.json": [UInt8](embedded_fixture_hospital_directory()),
        "facility-fmc.json": [UInt8](embedded_fixture_clinic_directory()),
        "facility-sop.json": [UInt8](embedded_fixture_specialist_directory()),
        "g0_9uo7a_p-en.json": [UInt8](embedded_fixture_quotas_en()),
        "g0_9uo7a_p-tc.json": [UInt8](embedded_fixture_quotas_tc()),
        "ipdpdd-en.json": [UInt8](embedded_fixture_discharge()),
        "ipdpdd-age-gender-en.json": [UInt8](embedded_fixture_discharge_by_age()),
    ]
}

extension Array where Element == UInt8 {
    /// The bytes of an embedded file.
    fileprivate init(_ file: EmbeddedFile) {
        self.init(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
