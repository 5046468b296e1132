import WaitCore

/// The archive's list of a document's versions, in the shape of docs/feeds.md, "The archive of past versions".
struct ListingWriter {
    private var versionCount = 0
    private var totalBytes = 0
    private var stamps: [HongKongMinute] = []
    private var bundles: [(bundle: ArchiveBundle, zipBytes: Int)] = []

    /// What there is of a document on whole days that are over; nothing where there is no document.
    ///
    /// A bundle is named where one of its versions lies in those days. Cost: once for each bundle, that of building it.
    ///
    /// - Parameters:
    ///   - days: midnights.
    ///   - cap: how many stamps are listed, the first ones; the counts are of all.
    init(of document: ReplayDocument?, days: ClosedRange<HongKongMinute>, now: HongKongMinute, cap: Int) {
        guard let document else { return }
        let end = days.upperBound.adding(minutes: 1_440)
        stamps = document.versions(from: days.lowerBound, to: end).prefix(cap).map(\.stamp)
        for bundle in ArchiveBundle.covering(days, now: now) {
            let held = document.versions(from: bundle.start, to: bundle.end)
            let asked = document.versions(from: max(bundle.start, days.lowerBound), to: min(bundle.end, end))
            guard !asked.isEmpty else { continue }
            let sizes = document.sizes(of: bundle)
            let skipped = asked.startIndex - held.startIndex
            versionCount += asked.count
            totalBytes += sizes.versionBytes[skipped..<(skipped + asked.count)].reduce(0, +)
            bundles.append((bundle, sizes.zipBytes))
        }
    }

    /// The listing as JSON.
    ///
    /// - Parameter namesBundles: false leaves `data-files` empty.
    func json(namesBundles: Bool) -> [UInt8] {
        let timestamps = stamps.map { "\"" + ArchiveStamp.text($0) + "\"" }.joined(separator: ",")
        let files = (namesBundles ? bundles : []).map { bundle, zipBytes in
            #"{"timestamp":"\#(bundle.timestamp)","period":"\#(bundle.period.rawValue)","size":\#(zipBytes)}"#
        }.joined(separator: ",")
        let text =
            #"{"version-count":\#(versionCount),"total-size":\#(totalBytes),"timestamps":[\#(timestamps)],"#
            + #""data-files":[\#(files)],"data-dictionary-dates":[],"schema-dates":[]}"#
        return Array(text.utf8)
    }
}
