import GRDB

extension StatementArguments {
    /// The same as `init(_:)`, without its key path, whose resolving for every row costs a third of storing readings.
    init(plain values: some Sequence<some DatabaseValueConvertible>) {
        self.init(values.map { $0 as (any DatabaseValueConvertible)? })
    }
}
