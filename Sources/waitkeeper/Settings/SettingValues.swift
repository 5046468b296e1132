import Configuration
import Foundation
import WaitConfig
import WaitCore

/// Looks values up: option, then environment, then file, then what ships inside the binary (contract: that order).
struct SettingValues {
    private let reader: ConfigReader

    /// - Parameters:
    ///   - options: values given on the command line, by key.
    ///   - file: `--config`; nil: `./config/waitkeeper.json`, else `/etc/waitkeeper.json`, else none.
    /// - Throws: `SettingError` where the file is not there, no JSON, or has a key that is not a setting, and where a variable of the
    ///   environment begins like a setting's and is none.
    init(
        options: [String: String] = [:], environment: [String: String] = ProcessInfo.processInfo.environment,
        file: String? = nil
    ) throws(SettingError) {
        try Self.refuseUnknown(environment)
        var providers: [any ConfigProvider] = [
            Self.provider(of: options),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "waitkeeper"),
        ]
        if let path = try Self.filePath(file) {
            providers.append(try Self.file(Self.bytes(path), name: path))
        }
        providers.append(try Self.file(Data(ConfigFiles.settings), name: "built-in defaults"))
        reader = ConfigReader(providers: providers)
    }

    /// What ships inside the binary, and `options`; for the demo, which must be the same everywhere.
    static func builtIn(options: [String: String]) throws(SettingError) -> SettingValues {
        SettingValues(
            reader: ConfigReader(
                providers: [
                    Self.provider(of: options), try Self.file(Data(ConfigFiles.settings), name: "built-in defaults"),
                ]))
    }

    private init(reader: ConfigReader) {
        self.reader = reader
    }

    private static func provider(of options: [String: String]) -> any ConfigProvider {
        InMemoryProvider(
            name: "options",
            values: Dictionary(
                uniqueKeysWithValues: options.map { key, value in
                    let path = key.split(separator: ".").map(String.init)
                    return (AbsoluteConfigKey(path), ConfigValue(.string(value), isSecret: false))
                }))
    }

    /// A variable with our prefix that is not a setting's would else change nothing.
    private static func refuseUnknown(_ environment: [String: String]) throws(SettingError) {
        let known = Setting.all.map(\.variable)
        let unknown = environment.keys.filter { $0.hasPrefix(Setting.prefix) && !known.contains($0) }.sorted()
        guard let name = unknown.first else { return }
        let advice = Suggestion.advice(
            for: String(name.dropFirst(Setting.prefix.count)),
            among: known.map { String($0.dropFirst(Setting.prefix.count)) },
            prefix: Setting.prefix, otherwise: "docs/settings.md lists them all.")
        throw SettingError("The environment variable \(name) is not a setting; \(advice)")
    }

    private static func filePath(_ named: String?) throws(SettingError) -> String? {
        if let named { return named }
        return ["config/waitkeeper.json", "/etc/waitkeeper.json"].first { FileManager.default.fileExists(atPath: $0) }
    }

    private static func bytes(_ path: String) throws(SettingError) -> Data {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw SettingError("The settings file \(path) cannot be read; check the path and its permissions.")
        }
        return bytes
    }

    /// A provider of the file's values, refused where a key is not a setting: a typing error would else change nothing.
    private static func file(_ bytes: Data, name: String) throws(SettingError) -> any ConfigProvider {
        // What is wrong with JSON by hand is best seen beside the shipped file; Foundation's words do not help.
        guard let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
            throw SettingError(
                "The settings file \(name) is not a JSON object; compare it with config/waitkeeper.json.")
        }
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (path, value) in leaves(of: object, under: []) {
            let key = path.joined(separator: ".")
            guard Setting.all.contains(where: { $0.key == key }), !path.contains(where: { $0.contains(".") }) else {
                let advice = Suggestion.advice(
                    for: key, among: Setting.all.map(\.key), otherwise: "docs/settings.md lists them all.")
                throw SettingError("\(name) has \(key), which is not a setting; \(advice)")
            }
            guard let content = content(value) else { throw SettingError(key: key, value: "\(value)") }
            values[AbsoluteConfigKey(path)] = ConfigValue(content, isSecret: false)
        }
        return InMemoryProvider(name: name, values: values)
    }

    private static func leaves(of json: Any, under path: [String]) -> [(path: [String], value: Any)] {
        guard let object = json as? [String: Any] else { return [(path, json)] }
        return object.flatMap { leaves(of: $0.value, under: path + [$0.key]) }
    }

    private static func content(_ value: Any) -> ConfigContent? {
        if let text = value as? String { return .string(text) }
        if let texts = value as? [String] { return texts.isEmpty ? .intArray([]) : .stringArray(texts) }
        if let numbers = value as? [Int] { return .intArray(numbers) }
        guard let number = value as? NSNumber else { return nil }
        // Foundation takes true for the number 1.
        if String(cString: number.objCType) == "c" { return .bool(number.boolValue) }
        return (value as? Int).map(ConfigContent.int)
    }
}

extension SettingValues {
    func text(_ key: String, length: ClosedRange<Int>) throws(SettingError) -> String {
        let text = try value(key) { try reader.requiredString(forKey: ConfigKey(key)) }
        guard length.contains(text.count) else { throw SettingError(key: key, value: text) }
        return text
    }

    func number(_ key: String, _ range: ClosedRange<Int>) throws(SettingError) -> Int {
        let number = try value(key) { try reader.requiredInt(forKey: ConfigKey(key)) }
        guard range.contains(number) else { throw SettingError(key: key, value: "\(number)") }
        return number
    }

    func risingNumbers(
        _ key: String, _ range: ClosedRange<Int>, count: ClosedRange<Int>
    ) throws(SettingError) -> [Int] {
        let numbers = try value(key) { try reader.requiredIntArray(forKey: ConfigKey(key)) }
        let isRising = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        guard count.contains(numbers.count), isRising, numbers.allSatisfy(range.contains) else {
            throw SettingError(key: key, value: "\(numbers)")
        }
        return numbers
    }

    func flag(_ key: String) throws(SettingError) -> Bool {
        try value(key) { try reader.requiredBool(forKey: ConfigKey(key)) }
    }

    func choice<Choice>(_ key: String, _ read: (String) -> Choice?) throws(SettingError) -> Choice {
        let text = try text(key, length: 1...100)
        guard let choice = read(text) else { throw SettingError(key: key, value: text) }
        return choice
    }

    func choices<Choice>(_ key: String, _ read: (String) -> Choice?) throws(SettingError) -> [Choice] {
        let texts = try value(key) { try reader.requiredStringArray(forKey: ConfigKey(key)) }
        let choices = texts.compactMap(read)
        guard !choices.isEmpty, choices.count == texts.count else {
            throw SettingError(key: key, value: texts.joined(separator: ", "))
        }
        return choices
    }

    /// The same where none is a choice, too.
    func optionalChoices<Choice>(_ key: String, _ read: (String) -> Choice?) throws(SettingError) -> [Choice] {
        // An empty list in a file has no type.
        if let numbers = reader.intArray(forKey: ConfigKey(key)), numbers.isEmpty { return [] }
        return try choices(key, read)
    }

    func time(_ key: String) throws(SettingError) -> HongKongMinute {
        try choice(key, HongKongMinute.init(text:))
    }

    /// `05:30` as minutes after midnight.
    func timeOfDay(_ key: String) throws(SettingError) -> Int {
        try choice(key) { text in
            // 24:00 is the next day's midnight.
            text.utf8.count == 5 && text < "24"
                ? HongKongMinute(text: "2026-01-01T\(text)").map { $0.sinceEpoch - $0.dayStart.sinceEpoch } : nil
        }
    }

    /// An https address, or http on loopback, without a query.
    func address(_ key: String) throws(SettingError) -> String {
        try choice(key) { text in
            guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.query == nil,
                url.user == nil
            else { return nil }
            let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
            let isLoopback =
                ["localhost", "[::1]", "::1"].contains(host)
                || (numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil))
            return url.scheme == "https" || (url.scheme == "http" && isLoopback) ? text : nil
        }
    }

    /// The same, nil where it is empty.
    func optionalAddress(_ key: String) throws(SettingError) -> String? {
        try text(key, length: 0...1_000).isEmpty ? nil : address(key)
    }

    private func value<Value>(_ key: String, _ read: () throws -> Value) throws(SettingError) -> Value {
        do {
            return try read()
        } catch {
            throw SettingError(key: key, value: "not of its type")
        }
    }
}
