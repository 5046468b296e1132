import WaitCore
import WaitReplay

extension SimulatedWorld {
    /// Two hospitals whose documents are on offer from the second that their quarter hour begins.
    static let punctualPair = SimulatedWorld(
        seed: 3, hospitals: BundledPlaces.hospitals.prefix(2).map { .init(name: $0.name) }, publishing: .punctual)
}
