import WaitCore

/// What went wrong with a request of a person's, as a page.
struct ProblemPage: Sendable {
    let problem: Problem
    let language: Language
    let desk: AnswerDesk

    var bytes: [UInt8] {
        page.html(Page.Frame(assets: desk.assets, target: "/", version: desk.version, isSimulated: false)).bytes
    }

    var fields: [(name: String, value: String)] {
        problem.fields.filter { $0.name != "content-type" } + [("content-type", MediaType.html.rawValue)] + page.fields
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
