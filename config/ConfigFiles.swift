import CEmbedded

/// The data files of this folder, embedded in the binary so that it runs from anywhere.
package enum ConfigFiles {
    /// The 18 A&E hospitals.
    package static let hospitals = [UInt8](embedded_config_hospitals())
    /// The 75 clinics of the 2026-01 directory.
    package static let clinics = [UInt8](embedded_config_clinics())
    /// The 18 districts with the feeds' spellings.
    package static let districts = [UInt8](embedded_config_districts())
    /// Every setting with its default.
    package static let settings = [UInt8](embedded_config_settings())
}

extension Array where Element == UInt8 {
    /// The bytes of an embedded file.
    fileprivate init(_ file: EmbeddedFile) {
        self.init(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
