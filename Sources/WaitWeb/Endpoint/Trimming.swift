extension StringProtocol {
    /// The text without such characters at its ends.
    func trimming(_ isDropped: (Character) -> Bool) -> SubSequence {
        let rest = drop(while: isDropped)
        let end = rest.lastIndex { !isDropped($0) }
        return end.map { rest[...$0] } ?? rest[rest.endIndex...]
    }
}
