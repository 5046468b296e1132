/// A language of the feeds; the raw value is what stands in their addresses.
package enum SimulatedLanguage: String, Sendable, CaseIterable {
    case en, tc, sc
}

/// A feed of A&E waits that the simulated world publishes.
package enum SimulatedFeed: Sendable, CaseIterable {
    /// The feed since 2025-10-13, `aedwtdata2-…`.
    case aeWait
    /// The feed before, `aedwtdata-…`.
    case aeTopWait
}

/// A hospital of the simulated world. Its figures depend on its English name, not on its place in a list.
package struct SimulatedHospital: Sendable, Equatable {
    package let en: String
    package let tc: String
    package let sc: String
    /// How long people wait there: 1 is the middling hospital, 1.5 a busy one. At or under
    /// ``emptyQueueBusyness`` the queue is often empty, as St John's is (FEEDS.md, A&E waiting times).
    package let busyness: Double

    package static let emptyQueueBusyness = 0.4

    /// - Parameter busyness: 0 to 3.
    package init(en: String, tc: String, sc: String, busyness: Double = 1) {
        precondition((0...3).contains(busyness), "busyness is 0 to 3, not \(busyness)")
        self.en = en
        self.tc = tc
        self.sc = sc
        self.busyness = busyness
    }

    /// The hospital's name in a language.
    package func name(in language: SimulatedLanguage) -> String {
        switch language {
        case .en: en
        case .tc: tc
        case .sc: sc
        }
    }
}
