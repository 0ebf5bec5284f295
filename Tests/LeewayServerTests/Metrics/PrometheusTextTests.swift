import Testing

@testable import LeewayServer

@Suite struct PrometheusTextTests {
    // Source: the text format 0.0.4 of Prometheus, "Text format details".
    @Test func `writes samples, with what must be escaped`() {
        var text = PrometheusText()
        text.begin("requests_total", "counter", "Requests.")
        text.sample("requests_total", [:], 3)
        text.sample("requests_total", ["a": "x", "b": "\"\\\n é"], 0.25)
        text.single("up", "gauge", "Whether.", -0.0)
        #expect(
            text.text == """
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total 3
                requests_total{a="x",b="\\"\\\\\\n é"} 0.25
                # HELP up Whether.
                # TYPE up gauge
                up 0

                """)
    }

    @Test(
        arguments: [
            (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e300, "1e+300"), (0x1p53, "9007199254740992"),
            (0.1, "0.1"), (-5, "-5"), (1_795_478_398.007, "1795478398.007"),
        ] as [(Double, String)])
    func `writes numbers as Prometheus reads them`(value: Double, words: String) {
        var text = PrometheusText()
        text.sample("x", [:], value)
        #expect(text.text == "x \(words)\n")
    }

    @Test func `sums the buckets of a histogram up`() {
        var histogram = LatencyHistogram()
        for seconds in [0.00001, 0.00005, 0.0003, 2, 100] { histogram.add(seconds) }
        var text = PrometheusText()
        text.histogram("t", ["route": "/a\"b"], histogram)
        let lines = text.text.split(separator: "\n")
        #expect(lines.count == LatencyHistogram.bounds.count + 3)
        #expect(lines[0] == #"t_bucket{route="/a\"b",le="5e-05"} 2"#)
        #expect(lines[3] == #"t_bucket{route="/a\"b",le="0.0005"} 3"#)
        #expect(lines[14] == #"t_bucket{route="/a\"b",le="2.5"} 4"#)
        #expect(lines[16] == #"t_bucket{route="/a\"b",le="10"} 4"#)
        #expect(lines[17] == #"t_bucket{route="/a\"b",le="+Inf"} 5"#)
        #expect(lines[18] == "t_sum{route=\"/a\\\"b\"} \(histogram.sum)")
        #expect(lines[19] == #"t_count{route="/a\"b"} 5"#)
    }

    @Test func `a histogram without labels has its bounds alone`() {
        var text = PrometheusText()
        text.histogram("t", [:], LatencyHistogram())
        #expect(text.text.hasPrefix("t_bucket{le=\"5e-05\"} 0\n") && text.text.hasSuffix("t_sum 0\nt_count 0\n"))
    }

    @Test func `counts requests by route and status`() {
        let metrics = RequestMetrics(count: 2)
        metrics.name([("GET", "/a"), ("POST", "/b/:c")])
        metrics.add(route: 1, status: 422, seconds: 1)
        metrics.add(route: 1, status: 200, seconds: 3)
        metrics.add(route: 1, status: 200, seconds: 0.5)
        metrics.add(route: nil, status: 404, seconds: 9)
        var text = PrometheusText()
        metrics.write(to: &text)
        let lines = text.text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.contains("_bucket") }
        #expect(
            lines == [
                #"leeway_http_requests_total{method="POST",route="/b/:c",code="200"} 2"#,
                #"leeway_http_requests_total{method="POST",route="/b/:c",code="422"} 1"#,
                #"leeway_http_requests_total{method="",route="",code="404"} 1"#,
                #"leeway_http_request_duration_seconds_sum{method="POST",route="/b/:c"} 4.5"#,
                #"leeway_http_request_duration_seconds_count{method="POST",route="/b/:c"} 3"#,
            ])
    }
}
