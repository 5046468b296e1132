package import WaitCore

/// A feed of A&E waits that the simulated world publishes.
package enum SimulatedFeed: Sendable, CaseIterable {
    /// The feed since 2025-10-13.
    case aeWait
    /// The feed before.
    case aeTopWait

    /// Its addresses, one for each language.
    var documents: [Document] {
        switch self {
        case .aeWait: Feed.aeWait.documents
        case .aeTopWait: Feed.aeTopWait.documents
        }
    }
}

/// A hospital of the simulated world. Its figures depend on its English name, not on its place in a list.
package struct SimulatedHospital: Sendable, Equatable {
    package let name: Trilingual
    /// How long people wait there: 1 is the middling hospital, 1.5 a busy one. At or under
    /// ``emptyQueueBusyness`` the queue is often empty, as St John's is (docs/feeds.md, "A&E waiting times").
    package let busyness: Double

    package static let emptyQueueBusyness = 0.4

    /// - Parameter busyness: 0 to 3.
    package init(name: Trilingual, busyness: Double = 1) {
        precondition((0...3).contains(busyness), "busyness is 0 to 3, not \(busyness)")
        self.name = name
        self.busyness = busyness
    }
}
