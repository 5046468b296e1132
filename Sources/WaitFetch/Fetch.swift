/// Gets one document over HTTP: the seam between this module and the rest of the program.
///
/// ``CurlClient/fetch(_:)`` is the real one. A test passes a closure of its own. An answer with any HTTP status is a
/// value; only what kept an answer from arriving whole is an error.
package typealias Fetch = @Sendable (FetchRequest) async throws(FetchError) -> FetchResponse
