/// The data files of this folder, embedded in the binary so that it runs from anywhere.
package enum ConfigFiles {
    /// The 18 A&E hospitals.
    package static var hospitals: [UInt8] { PackageResources.hospitals_json }
    /// The 75 clinics of the 2026-01 directory.
    package static var clinics: [UInt8] { PackageResources.clinics_json }
    /// The 18 districts with the feeds' spellings.
    package static var districts: [UInt8] { PackageResources.districts_json }
    /// Every setting with its default.
    package static var settings: [UInt8] { PackageResources.waitkeeper_json }
}
