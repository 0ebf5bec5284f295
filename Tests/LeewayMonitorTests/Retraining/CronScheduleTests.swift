import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct CronScheduleTests {
    // Oracle: croniter 7.0.0, croniter(line, start).get_next(datetime), three times, in UTC.
    @Test(arguments: [
        ("*/15 * * * *", "2026-11-24T04:00:00.000Z", "2026-11-24T04:15 2026-11-24T04:30 2026-11-24T04:45"),
        ("*/15 * * * *", "2027-12-31T23:59:30.000Z", "2028-01-01T00:00 2028-01-01T00:15 2028-01-01T00:30"),
        ("0 3 * * 1", "2026-11-24T04:00:00.000Z", "2026-11-30T03:00 2026-12-07T03:00 2026-12-14T03:00"),
        ("0 3 * * 1", "2027-12-31T23:59:30.000Z", "2028-01-03T03:00 2028-01-10T03:00 2028-01-17T03:00"),
        ("30 4 1,15 * 5", "2026-11-24T04:00:00.000Z", "2026-11-27T04:30 2026-12-01T04:30 2026-12-04T04:30"),
        ("30 4 1,15 * 5", "2027-12-31T23:59:30.000Z", "2028-01-01T04:30 2028-01-07T04:30 2028-01-14T04:30"),
        ("0 0 29 2 *", "2026-11-24T04:00:00.000Z", "2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00"),
        ("0 0 29 2 *", "2027-12-31T23:59:30.000Z", "2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00"),
        ("5 0-6/2 * jan,jul *", "2026-11-24T04:00:00.000Z", "2027-01-01T00:05 2027-01-01T02:05 2027-01-01T04:05"),
        ("5 0-6/2 * jan,jul *", "2027-12-31T23:59:30.000Z", "2028-01-01T00:05 2028-01-01T02:05 2028-01-01T04:05"),
        ("59 23 31 12 *", "2026-11-24T04:00:00.000Z", "2026-12-31T23:59 2027-12-31T23:59 2028-12-31T23:59"),
        ("59 23 31 12 *", "2027-12-31T23:59:30.000Z", "2028-12-31T23:59 2029-12-31T23:59 2030-12-31T23:59"),
        ("0 9 * * mon-fri", "2026-11-24T04:00:00.000Z", "2026-11-24T09:00 2026-11-25T09:00 2026-11-26T09:00"),
        ("0 9 * * mon-fri", "2027-12-31T23:59:30.000Z", "2028-01-03T09:00 2028-01-04T09:00 2028-01-05T09:00"),
        ("0 12 * * 7", "2026-11-24T04:00:00.000Z", "2026-11-29T12:00 2026-12-06T12:00 2026-12-13T12:00"),
        ("0 12 * * 7", "2027-12-31T23:59:30.000Z", "2028-01-02T12:00 2028-01-09T12:00 2028-01-16T12:00"),
        ("10,40 14 * 3 3", "2026-11-24T04:00:00.000Z", "2027-03-03T14:10 2027-03-03T14:40 2027-03-10T14:10"),
        ("10,40 14 * 3 3", "2027-12-31T23:59:30.000Z", "2028-03-01T14:10 2028-03-01T14:40 2028-03-08T14:10"),
        ("@weekly", "2026-11-24T04:00:00.000Z", "2026-11-29T00:00 2026-12-06T00:00 2026-12-13T00:00"),
        ("@weekly", "2027-12-31T23:59:30.000Z", "2028-01-02T00:00 2028-01-09T00:00 2028-01-16T00:00"),
        ("@monthly", "2026-11-24T04:00:00.000Z", "2026-12-01T00:00 2027-01-01T00:00 2027-02-01T00:00"),
        ("@monthly", "2027-12-31T23:59:30.000Z", "2028-01-01T00:00 2028-02-01T00:00 2028-03-01T00:00"),
        ("@yearly", "2026-11-24T04:00:00.000Z", "2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00"),
        ("@yearly", "2027-12-31T23:59:30.000Z", "2028-01-01T00:00 2029-01-01T00:00 2030-01-01T00:00"),
        ("@hourly", "2026-11-24T04:00:00.000Z", "2026-11-24T05:00 2026-11-24T06:00 2026-11-24T07:00"),
        ("@hourly", "2027-12-31T23:59:30.000Z", "2028-01-01T00:00 2028-01-01T01:00 2028-01-01T02:00"),
        ("23 0-20/2 * * *", "2026-11-24T04:00:00.000Z", "2026-11-24T04:23 2026-11-24T06:23 2026-11-24T08:23"),
        ("23 0-20/2 * * *", "2027-12-31T23:59:30.000Z", "2028-01-01T00:23 2028-01-01T02:23 2028-01-01T04:23"),
        ("0 0 13 * 5", "2026-11-24T04:00:00.000Z", "2026-11-27T00:00 2026-12-04T00:00 2026-12-11T00:00"),
        ("0 0 13 * 5", "2027-12-31T23:59:30.000Z", "2028-01-07T00:00 2028-01-13T00:00 2028-01-14T00:00"),
    ])
    func `names the times that croniter names`(line: String, start: String, times: String) throws {
        let schedule = try CronSchedule(line)
        var (time, found) = (try #require(Timestamp(start)), [String]())
        for _ in 0..<3 {
            time = try #require(schedule.next(after: time))
            found.append(String(time.description.prefix(16)))
        }
        #expect(found.joined(separator: " ") == times)
    }

    // Debian's crontab(5): a day field that begins with * restricts nothing, so here both must fit; croniter takes either.
    @Test func `every second day that is a Monday`() throws {
        let schedule = try CronSchedule("0 0 */2 * 1")
        let start = try #require(Timestamp("2026-11-24T00:00:00.000Z"))
        let first = try #require(schedule.next(after: start))
        #expect(first.description == "2026-12-07T00:00:00.000Z")
    }

    @Test func `the next time is later, also on the minute itself and before 1970`() throws {
        let schedule = try CronSchedule("30 6 * * *")
        let time = try #require(Timestamp("2026-11-24T06:30:00.000Z"))
        #expect(schedule.next(after: time)?.description == "2026-11-25T06:30:00.000Z")
        #expect(schedule.next(after: Timestamp(milliseconds: time.milliseconds - 1)) == time)
        #expect(
            schedule.next(after: Timestamp(milliseconds: -86_400_000))?.description == "1969-12-31T06:30:00.000Z")
    }

    @Test(arguments: [
        ("", "it has 0 of 5 fields"), ("* * * *", "it has 4 of 5 fields"),
        ("60 * * * *", "the field of the minute is not understood"),
        ("* 24 * * *", "the field of the hour is not understood"),
        ("* * 0 * *", "the field of the day of the month is not understood"),
        ("* * * foo *", "the field of the month is not understood"),
        ("* * * * 8", "the field of the day of the week is not understood"),
        ("9-3 * * * *", "the field of the minute is not understood"),
        ("*/0 * * * *", "the field of the minute is not understood"),
        ("1,,2 * * * *", "the field of the minute is not understood"),
        ("-1 * * * *", "the field of the minute is not understood"), ("0 0 30 2 *", "no day ever fits"),
        ("@reboot", "it has 1 of 5 fields"),
    ])
    func `what is no schedule`(line: String, reason: String) {
        #expect(
            throws: LeewayError(
                .invalidSetting, "The schedule can't be read: \(reason).",
                hint: "Write 'minute hour day month weekday', such as '0 3 * * 1' for Mondays at three, or @daily.")
        ) { try CronSchedule(line) }
    }
}
