package import Foundation
package import WaitCore

/// A dataset that no publisher has: a list with a place, a period, totals, a text and a key that nobody expects.
extension Dataset {
    package static func toy(_ rule: EditionRule = .whole) -> Dataset {
        Dataset(
            id: "toy-visit", title: Trilingual(en: "Visits to toys", tc: "玩具到訪", sc: "玩具到访"),
            publisher: Publisher(
                name: Trilingual(en: "Toy Bureau", tc: "玩具局", sc: "玩具局"), terms: "https://toys.example/terms",
                attribution: "Source: Toy Bureau.", caveat: "Toys only."),
            plan: ["S9-Z1"], documents: [Document(url: "https://toys.example/toy-visit-en.json", language: .en)],
            cadence: .yearly,
            table: TableSchema(
                [
                    .financialYear,
                    .dimension(
                        "hospital", .hospitals, Trilingual(en: "Hospital", tc: "醫院", sc: "医院"), "The hospital."),
                    .measure(
                        "visits", unit: "visits", adds: .placesAndTime, Trilingual(en: "Visits", tc: "到訪", sc: "到访"),
                        "Visits in the year."),
                    .plain("remark", .text, Trilingual(en: "Remark", tc: "備註", sc: "备注"), "A remark."),
                ], hasTotals: true),
            editions: rule
        )
    }
}

/// A document of the toy dataset, row by row.
package struct ToyDocument: Sendable {
    package struct Row: Hashable, Sendable {
        package let year: String
        package let hospital: String
        package let visits: Int
        package var remark = ""

        package init(_ year: String, _ hospital: String, _ visits: Int, remark: String = "") {
            (self.year, self.hospital, self.visits, self.remark) = (year, hospital, visits, remark)
        }
    }

    package let bytes: Data

    package init(_ rows: [Row]) {
        let records = rows.map { row in
            """
            {"Financial Year":"\(row.year)","Hospital":"\(row.hospital)","Visits":\(row.visits),"Remark":"\(row.remark)","Colour":"red"}
            """
        }
        bytes = Data("[\(records.joined(separator: ",\n"))]".utf8)
    }
}
