import Foundation
import Testing
import WaitCore

@testable import WaitWeb

/// What stands in the sources between the quotation marks of texts in three languages.
@Suite("The texts of pages and pictures, as the house writes them")
struct LocalizedTests {
    struct Text: Sendable, CustomTestStringConvertible {
        let file: String
        let en: String
        let tc: String
        let sc: String

        var testDescription: String { "\(file): \(en)" }
    }

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../Sources/WaitWeb"
    ).standardizedFileURL

    static let texts: [Text] = {
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects ?? []
        let literal = #""((?:[^"\\]|\\.)*)""#
        let separator = #"\s*,\s*"#
        let patterns = [
            #"(?:Localized|say)\(\s*"# + [literal, literal, literal].joined(separator: separator) + #"\s*\)"#,
            #"Trilingual\(\s*en:\s*"# + literal + #"\s*,\s*tc:\s*"# + literal + #"\s*,\s*sc:\s*"# + literal + #"\s*\)"#,
        ]
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap { file -> [Text] in
            let source = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return patterns.flatMap { pattern -> [Text] in
                guard let expression = try? Regex(pattern, as: (Substring, Substring, Substring, Substring).self) else {
                    return []
                }
                return source.matches(of: expression).map { match in
                    Text(
                        file: file.lastPathComponent, en: String(match.output.1), tc: String(match.output.2),
                        sc: String(match.output.3))
                }
            }
        }
    }()

    @Test("are found")
    func found() {
        #expect(Self.texts.count > 200)
        #expect(
            Set(Self.texts.map(\.file)).isSuperset(of: ["NowWords.swift", "ChartWords.swift", "MetricTitle.swift"]))
    }

    /// A text without what is put into it.
    private static func plain(_ text: String) -> String {
        var (plain, depth) = ("", 0)
        var before: Character = " "
        for character in text {
            if depth > 0 {
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
            } else if before == "\\", character == "(" {
                depth = 1
                plain.removeLast()
            } else {
                plain.append(character)
            }
            before = character
        }
        return plain
    }

    /// What each of these names is a fault that has been made; the text would be one that has it.
    private static func faults(_ text: String, _ foreign: String) -> [String] {
        let plain = plain(text)
        let isChinese = plain.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        guard isChinese else { return [] }
        var faults: [String] = []
        if plain.contains(/[()]/) { faults.append("half-width brackets") }
        if plain.contains("週") { faults.append("週") }
        if plain.contains(/[0-9] [年月]|[年月] [0-9]|月[0-9]+ 日/) { faults.append("blanks in a date") }
        if plain.contains(/[,;:!?]$|[一-鿿][,;:]/) && !plain.contains("緯度,") && !plain.contains("纬度,") {
            faults.append("half-width signs")
        }
        if plain.contains(" – ") { faults.append("–") }
        if plain.contains("輪候病人") || plain.contains("轮候病人") { faults.append("輪候病人") }
        if plain.contains("資料：") && !plain.contains("資料來源") { faults.append("資料 for figures") }
        faults += plain.filter { foreign.contains($0) }.map { "\($0) is of the other script" }
        return faults
    }

    /// Of either script alone, among characters that the pages need.
    static let traditional = "醫數據診類緊輪時間開關車長門個們這學讀寫點線圖處與為應無現擷歷檔補錄齊較遠鐘過區邊靜態資訊網頁顯準號歲實際標"
    static let simplified = "医数诊类紧轮时间开关车长门个们这学读写点线图处与为应无现历补录齐较远钟过区边静态资讯网页显准号岁实际标"

    @Test("are in all three languages, with Chinese signs, dates and words", arguments: texts)
    func rules(text: Text) {
        // A sign such as a full stop before a time may be of one language alone.
        #expect(!text.en.isEmpty && text.tc.isEmpty == text.sc.isEmpty)
        #expect(Self.faults(text.tc, Self.simplified) == [], "\(text.tc)")
        #expect(Self.faults(text.sc, Self.traditional) == [], "\(text.sc)")
    }

    @Test(
        "would be caught at each fault",
        arguments: [
            "一半病人(中位數)", "每週名額", "2025 年10月", "2025年 10月13日", "10月13 日起", "由 8 時 – 9 時", "輪候病人", "醫院, 診所", "医院",
        ])
    func caught(text: String) {
        #expect(!Self.faults(text, Self.simplified).isEmpty)
    }

    @Test("have the quotation marks of their script")
    func quotes() {
        let words = Localized("“usual”", "「平常」", "「平常」")
        #expect(words[.tc] == "「平常」" && words[.sc] == "“平常”")
    }
}
