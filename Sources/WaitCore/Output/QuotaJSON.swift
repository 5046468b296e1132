extension ClinicQuotas {
    /// One clinic by itself; an answer of several is `series` of such objects, as with trends.
    /// - Parameters:
    ///   - answer: what it is from.
    ///   - weekdays: the days to write, 1 = Monday … 7 = Sunday.
    package func write(of answer: QuotaAnswer<Self>, weekdays: Set<Int> = Set(1...7), to json: inout JSONWriter) {
        json.object { json in
            writeFields(weekdays: weekdays, to: &json)
            QuotaJSON.writeEnd(of: answer, to: &json)
        }
    }
}

extension QuotaAnswer {
    /// Several clinics or districts, each an object of `series`.
    package func write(weekdays: Set<Int> = Set(1...7), to json: inout JSONWriter) {
        json.object { json in
            json.field(
                "series",
                array: { json in
                    for one in series { json.object { one.writeFields(weekdays: weekdays, to: &$0) } }
                })
            QuotaJSON.writeEnd(of: self, to: &json)
        }
    }
}

extension ClinicQuotas: QuotaSeries {
    package var periods: [QuotaPeriod] { steps.map(\.period) }

    /// Writes the clinic's fields into an object that is open: a row a period and weekday.
    package func writeFields(weekdays: Set<Int>, to json: inout JSONWriter) {
        json.field("clinic", clinic.id)
        QuotaJSON.write(clinic.name, as: "name", to: &json)
        QuotaJSON.write(clinic.district, as: "district", to: &json)
        json.field("latitude", clinic.latitude)
        json.field("longitude", clinic.longitude)
        json.field(
            "rows",
            array: { json in
                for step in steps {
                    for weekday in weekdays.sorted() {
                        json.object { QuotaJSON.write(step, weekday: weekday, to: &$0) }
                    }
                }
            })
    }
}

extension DistrictQuotas: QuotaSeries {
    package var periods: [QuotaPeriod] { [step.period] }

    /// Writes the district's fields into an object that is open: sums from Monday to Friday and at the weekend, and a row a weekday.
    package func writeFields(weekdays: Set<Int>, to json: inout JSONWriter) {
        QuotaJSON.write(district, as: "district", to: &json)
        QuotaJSON.write(step.period, to: &json)
        json.field("change_from_period_to", step.base?.to.dayText)
        json.field("clinics", clinics)
        for (name, days) in [("weekdays", Set(1...5)), ("weekend", [6, 7])] {
            let figure = step.figure(on: days.intersection(weekdays))
            json.field(
                name,
                object: { json in
                    json.field("quota", figure.quota)
                    json.field("change", figure.change)
                    QuotaJSON.writeClinics(of: figure, to: &json)
                })
        }
        json.field(
            "rows",
            array: { json in
                for weekday in weekdays.sorted() {
                    json.object { json in
                        QuotaJSON.write(step, weekday: weekday, to: &json)
                        QuotaJSON.writeClinics(of: step.figure(on: [weekday]), to: &json)
                    }
                }
            })
    }
}

private enum QuotaJSON {
    static func write(_ text: Trilingual, as name: String, to json: inout JSONWriter) {
        for language in Language.allCases {
            json.field("\(name)_\(language.rawValue)", text[language].isEmpty ? nil : text[language])
        }
    }

    static func write(_ period: QuotaPeriod, to json: inout JSONWriter) {
        json.field("label", period.label)
        json.field("period_from", period.from.dayText)
        json.field("period_to", period.to.dayText)
    }

    /// One weekday of a step.
    static func write(_ step: QuotaStep, weekday: Int, to json: inout JSONWriter) {
        let figure = step.figure(on: [weekday])
        write(step.period, to: &json)
        json.field("weekday", weekday)
        json.field("quota", figure.quota)
        json.field("change", figure.change)
        json.field("change_from_period_to", step.base?.to.dayText)
    }

    /// How many clinics a sum, and its change, are over.
    static func writeClinics(of figure: QuotaFigure, to json: inout JSONWriter) {
        json.field("clinics", figure.clinics)
        json.field("change_clinics", figure.changeClinics)
    }

    /// What every answer ends with.
    static func writeEnd(of answer: QuotaAnswer<some QuotaSeries>, to json: inout JSONWriter) {
        json.field("range", answer.range)
        json.field("timezone", "Asia/Hong_Kong")
        json.field("unit", "places")
        json.provenance(isSimulated: answer.isSimulated, caveat: Attribution.quotaCaveat, note: answer.note)
    }
}
