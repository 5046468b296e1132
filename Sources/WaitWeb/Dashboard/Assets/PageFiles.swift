import CEmbedded

/// The pages' own files, embedded in the binary so that it runs from anywhere.
package enum PageFiles {
    package static let pageStyle = [UInt8](embedded_page_style())
    package static let pageScript = [UInt8](embedded_page_script())
    package static let mapScript = [UInt8](embedded_map_script())
    package static let chartScript = [UInt8](embedded_chart_script())
    package static let icon = [UInt8](embedded_icon())
}

extension Array where Element == UInt8 {
    /// The bytes of an embedded file.
    fileprivate init(_ file: EmbeddedFile) {
        self.init(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
