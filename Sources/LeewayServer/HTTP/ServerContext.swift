import Hummingbird
import Logging

/// What Hummingbird makes for each request: nothing of ours is in it, so that it costs nothing.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}
