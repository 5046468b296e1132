/// A figure of the record that statistics are made of, with what it means and what it does not (contract: the names).
package struct Metric: Hashable, Sendable {
    /// The contract's name: `t3_p50`.
    package let name: String
    package let feed: String
    package let unit: Unit
    package let title: String
    /// What it is, in a few sentences.
    package let meaning: String
    /// What must not be read into it.
    package let limits: String

    package enum Unit: String, Sendable {
        case minutes
        /// 0 to 1.
        case share
    }

    /// The figure of a reading that it is made of.
    package var column: String { Self.ofResuscitation.contains(name) ? "t1_managing" : name }

    /// Shares that the flag of triage I says: it is not applicable where several patients are being resuscitated.
    private static let ofResuscitation: Set = ["resuscitation", "t1_or_resuscitation"]

    /// Whether a mean says something: not over the old feed's classes.
    package var hasMean: Bool { name != "top_wait" }

    /// The number that a phrase of `column` counts as; nil: it is not counted. Shares count 1 for yes and 0 for no.
    ///
    /// A flag that is not applicable stands for several resuscitations: of `t1_managing` and `t2_managing` it is neither a yes nor
    /// a no, of `resuscitation` and `t1_or_resuscitation` it is a yes (docs/design.md, "Aggregate").
    package func number(of meaning: ParsedWait) -> Int? {
        guard unit == .share else { return meaning.minutes }
        return switch meaning.qualifier {
        case .yes: name == "resuscitation" ? 0 : 1
        case .no: 0
        case .notApplicable: Self.ofResuscitation.contains(name) ? 1 : nil
        default: nil
        }
    }

    /// The metric of that name, nil where there is none.
    package static func named(_ name: String) -> Metric? {
        all.first { $0.name == name }
    }

    /// The metric that a person means: `T45_P50` and `t45p50` are `t45_p50`; nil where there is none.
    package static func meant(by text: String) -> Metric? {
        all.first { Suggestion.plain($0.name) == Suggestion.plain(text) }
    }

    /// What a question is about that names no metric.
    package static let t3Half = estimate(
        "t3_p50", "Triage III, half wait", who: "urgent (triage III)", share: "half", precision: minutePrecision)

    /// What a page shows first: most patients are of triage IV and V.
    package static let t45Half = estimate(
        "t45_p50", "Triage IV and V, half wait", who: semiUrgent, share: "half", precision: halfHourPrecision)

    package static let all: [Metric] = [
        t3Half,
        estimate(
            "t3_p95", "Triage III, wait of most (95%)", who: "urgent (triage III)", share: "95 %",
            precision: minutePrecision
        ),
        t45Half,
        estimate(
            "t45_p95", "Triage IV and V, wait of most (95%)", who: semiUrgent, share: "95 %",
            precision: halfHourPrecision),
        Metric(
            name: "top_wait", feed: "ae-top-wait", unit: .minutes, title: "Longest wait, old feed",
            meaning: """
                The longest wait of recent patients in the past hours, in classes: "Around 1 hour" counts as 0 (anything up \
                to an hour), "Over 3 hours" as 180, "Over 8 hours" is the cap. Published until 2025-10-13 00:15 HKT.
                """,
            limits: """
                It looks back and speaks of non-urgent patients; it has no mean, and it is never joined with the new feed's \
                estimates, which look ahead.
                """),
        state(
            "t1_managing", "Critical case being treated", says: "is treating a critical (triage I) case now",
            share: withoutResuscitations),
        state(
            "t2_managing", "Emergency case being treated", says: "is treating an emergency (triage II) case now",
            share: withoutResuscitations),
        state(
            "resuscitation", "Several resuscitations",
            says:
                "is managing several resuscitation cases at once; the feed then says so in place of the triage I and II waits",
            share: "Answers are N/A ÷ (Y + N + N/A) of the flag of triage I, which is N/A at those moments."),
        state(
            "t1_or_resuscitation", "Critical case or several resuscitations",
            says: "is treating a critical (triage I) case now, or managing several resuscitation cases at once",
            share: "Answers are (Y + N/A) ÷ (Y + N + N/A) of the flag of triage I."),
    ]

    private static let withoutResuscitations = """
        Answers are Y ÷ (Y + N) of the published quarter hours: moments of several resuscitations, when the flag is N/A, are left \
        out; t1_or_resuscitation counts them.
        """

    private static let semiUrgent = "semi-urgent and non-urgent (triage IV and V)"
    private static let minutePrecision = "It is published in whole minutes."
    private static let halfHourPrecision =
        "It is published in hours, rounded up to the next half hour: \"3 hours\" is over 150 and up to 180 minutes."

    private static func estimate(_ name: String, _ title: String, who: String, share: String, precision: String)
        -> Metric
    {
        Metric(
            name: name, feed: "ae-wait", unit: .minutes, title: title,
            meaning: """
                The time within which the Hospital Authority expects \(share) of waiting \(who) patients to be seen, estimated \
                for a patient arriving now. \(precision)
                """,
            limits: """
                It is an estimate on arrival, not a measured wait; every quarter hour counts once, whatever the number of \
                patients; hospitals are not adjusted for attendance or case mix.
                """)
    }

    private static func state(_ name: String, _ title: String, says: String, share: String) -> Metric {
        Metric(
            name: name, feed: "ae-wait", unit: .share, title: title,
            meaning: "Whether the department \(says). \(share)",
            limits: """
                It is a state, not a measurement: it does not say how many cases there are or how long they take. A flag that is \
                missing or cannot be read is not counted.
                """)
    }
}

/// Words that go with the data.
package enum Attribution {
    /// Where every figure comes from (docs/design.md, "API").
    package static let source = """
        Source: Hospital Authority, via DATA.GOV.HK. Intellectual property belongs to the Government of the HKSAR and the \
        Hospital Authority; used under the terms of DATA.GOV.HK. Compiled by Waitkeeper, endorsed by neither.
        """
    /// The short form for a terminal's last line.
    package static let sourceLine = "Source: Hospital Authority, via DATA.GOV.HK"
    /// What the figures are not.
    package static let caveat = """
        HA's published estimates, not measured waits; critical and emergency cases are seen first. In an emergency call 999.
        """
    /// What clinics' quotas are not.
    package static let quotaCaveat = """
        Average places offered (capacity), not attendance. Periods of four weeks begin every week and overlap; change: against \
        the last period that does not overlap, over the clinics and days that have a session in both.
        """
}
