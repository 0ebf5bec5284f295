import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayWire
import LeewayWorkflow
import NIOCore

/// `POST /v1/feedback`: true labels of earlier predictions.
struct FeedbackRoutes: Sendable {
    let service: FeedbackService
    let admission: Admission
    let limit: Int
    let budget: LabelBudget

    var routes: [Route] {
        [
            Route(.post, "/v1/feedback", scope: .feedback) { call in
                try call.requireJSON()
                return try await call.withBody { bytes in
                    try await admission.run {
                        let body = try bytes.withUnsafeReadableBytes { bytes in
                            try FeedbackBody(bytes.bindMemory(to: UInt8.self), limit: limit)
                        }
                        try budget.take(body.items.count, by: call.client)
                        let violations = service.violations(body)
                        guard violations.isEmpty else {
                            return Response(
                                Problem(labels: violations, of: body.items.count, requestID: call.id))
                        }
                        return Response(json: FeedbackBody.reply(try await service.take(body)))
                    }
                }
            }
        ]
    }
}
