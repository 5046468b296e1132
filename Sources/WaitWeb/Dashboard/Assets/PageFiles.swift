/// The pages' own files, embedded in the binary so that it runs from anywhere.
package enum PageFiles {
    package static var pageStyle: [UInt8] { PackageResources.page_css }
    package static var pageScript: [UInt8] { PackageResources.page_js }
    package static var mapScript: [UInt8] { PackageResources.map_js }
    package static var chartScript: [UInt8] { PackageResources.chart_js }
    package static var icon: [UInt8] { PackageResources.icon_svg }
}
