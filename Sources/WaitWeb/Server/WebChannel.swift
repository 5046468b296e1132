import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Sets up a connection: the decoder with our limits, `ConnectionHandler`, then Hummingbird's way to the responder.
struct WebChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let limits: WebLimits
    let metrics: WebMetrics
    let log: AccessLog
    let clock: @Sendable () -> Date

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let isRefused = metrics.connectionOpened() > limits.connections
        channel.closeFuture.whenComplete { [metrics] _ in metrics.connectionClosed() }
        return channel.eventLoop.makeCompletedFuture {
            let connection = ConnectionHandler(
                limits: limits, metrics: metrics, log: log, clock: clock, isRefused: isRefused)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(InboundGate(connection))
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoderLimits)
            try pipeline.addHandler(connection)
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value channel: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: channel, logger: logger)
    }

    private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = limits.headerBytes
        decoder.maxHeaderListSize = limits.headerBytes
        decoder.maxHeaderFieldCount = 100
        return decoder
    }
}
