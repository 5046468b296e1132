import HTTPTypes
import Hummingbird

/// What a browser asks before a request of a page from elsewhere: any page may ask for anything here.
enum Preflight {
    static let allow = "GET, HEAD, OPTIONS"

    /// Header fields that libraries send without being asked, where the browser names none that can be read.
    private static let usual = """
        Accept, Accept-Language, Authorization, Cache-Control, Content-Type, If-Modified-Since, If-None-Match, Pragma, Range, \
        X-Requested-With
        """

    /// - Parameter requested: `Access-Control-Request-Headers`, granted as asked where it is a list of field names.
    static func response(requested: String?) -> Response {
        let granted = requested.flatMap { isList($0) ? $0 : nil } ?? usual
        return Response(
            status: .noContent,
            headers: HTTPFields(
                ResponseService.everywhere + [
                    ("allow", allow), ("access-control-allow-methods", allow),
                    ("access-control-allow-headers", granted), ("access-control-max-age", "86400"),
                    ("vary", "access-control-request-headers"),
                ]))
    }

    private static func isList(_ text: String) -> Bool {
        guard (1...1_000).contains(text.utf8.count) else { return false }
        return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { name in
            HTTPField.Name(String(name.trimming { $0 == " " || $0 == "\t" })) != nil
        }
    }
}
