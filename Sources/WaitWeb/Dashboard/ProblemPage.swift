import WaitCore

/// What went wrong with a request of a person's, as a page.
struct ProblemPage: Sendable {
    let problem: Problem
    let language: Language
    /// As asked for; where it cannot be read, links lead to the first page.
    let target: String
    let desk: AnswerDesk

    /// - Parameter acceptLanguage: decides where the target names no language.
    init(_ problem: Problem, target: String, acceptLanguage: String?, desk: AnswerDesk) {
        let read = target.utf8.count <= 2_000 ? try? RequestTarget(target) : nil
        let named = read?.pairs.first { $0.name == Parameters.language.name }.flatMap {
            Parameters.language.read($0.value)
        }
        (self.problem, self.desk, self.target) = (problem, desk, read == nil ? "/" : target)
        language = named ?? .preferred(acceptLanguage: acceptLanguage)
    }

    var bytes: [UInt8] {
        // Where the record cannot be read, that is most likely the problem itself.
        let isSimulated = (try? desk.database.isSimulated()) ?? false
        let frame = Page.Frame(assets: desk.assets, target: target, version: desk.version, isSimulated: isSimulated)
        return page.html(frame).bytes
    }

    var fields: [(name: String, value: String)] {
        problem.fields.filter { $0.name != "content-type" }
            + [("content-type", MediaType.html.rawValue), ("vary", "accept, accept-language")] + page.fields
    }

    private var page: Page {
        let words = Self.words(problem.status)
        return Page(
            language: language, title: words[language],
            content: """
                <h1>\(words[language])</h1>
                <p lang="en">\(problem.detail)</p>
                <p><a href="\(PageLink.to("/", language))">\(Self.back[language])</a></p>
                """)
    }

    private static let back = Wording("All hospitals now", "所有醫院現況", "所有医院现况")

    private static func words(_ status: Int) -> Wording {
        switch status {
        case 404: Wording("There is nothing here", "找不到此頁", "找不到此页")
        case 500...: Wording("This cannot be shown at the moment", "暫時未能顯示", "暂时未能显示")
        default: Wording("The address is not as it must be", "網址有誤", "网址有误")
        }
    }
}
