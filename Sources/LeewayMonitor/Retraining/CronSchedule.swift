package import LeewayCore

/// Times that a line of crontab names, in UTC: `minute hour day-of-month month day-of-week`.
///
/// - Fields: `*`, numbers, ranges, lists and steps (`1-5`, `0,30`, `*/15`, `8-18/2`); months and weekdays also by three
///   letters; Sunday is 0 or 7. Where both days are restricted, a day that fits either will do.
/// - Shorthands: `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.
/// - Source: crontab(5) of Debian's cron 3.0; a field that begins with `*` restricts nothing, as there.
package struct CronSchedule: Sendable, Equatable {
    /// As the user wrote it.
    package let text: String
    private let minutes: Field
    private let hours: Field
    private let days: Field
    private let months: Field
    private let weekdays: Field

    private static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]
    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    /// Every date that a schedule can name comes within so many days: 29 February, over a year that is no leap year.
    private static let horizon = 8 * 366 + 1

    /// Reads a line.
    ///
    /// - Throws: `invalidSetting` with the field that can't be read, or where no day ever fits, such as 30 February.
    package init(_ text: String) throws(LeewayError) {
        self.text = text
        let words = (Self.shorthands[text.lowercased()] ?? text).split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 5 else {
            throw Self.failure("it has \(words.count) of 5 fields")
        }
        minutes = try Field(words[0], "minute", 0...59)
        hours = try Field(words[1], "hour", 0...23)
        days = try Field(words[2], "day of the month", 1...31)
        months = try Field(words[3], "month", 1...12, names: Self.monthNames, firstName: 1)
        weekdays = try Field(words[4], "day of the week", 0...7, names: Self.weekdayNames, firstName: 0)
        guard next(after: Timestamp(milliseconds: 0)) != nil else { throw Self.failure("no day ever fits") }
    }

    /// The first time after another one, to the minute; nil where there is none.
    ///
    /// - Complexity: O(days in between).
    package func next(after time: Timestamp) -> Timestamp? {
        let minute = Int(Self.floor(time.milliseconds, 60_000)) + 1
        let firstDay = Int(Self.floor(Int64(minute), 1440))
        for day in firstDay..<firstDay + Self.horizon where fits(day: day) {
            var next = day == firstDay ? minute - day * 1440 : 0
            while next < 1440 {
                if !hours.contains(next / 60) {
                    next = (next / 60 + 1) * 60
                } else if minutes.contains(next % 60) {
                    return Timestamp(milliseconds: Int64(day * 1440 + next) * 60_000)
                } else {
                    next += 1
                }
            }
        }
        return nil
    }

    private func fits(day: Int) -> Bool {
        let date = Timestamp.civil(fromDays: day)
        guard months.contains(date.month) else { return false }
        // 1970-01-01 was a Thursday.
        let weekday = ((day + 4) % 7 + 7) % 7
        let isWeekday = weekdays.contains(weekday) || weekday == 0 && weekdays.contains(7)
        let isDay = days.contains(date.day)
        return days.isOpen || weekdays.isOpen ? isDay && isWeekday : isDay || isWeekday
    }

    private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
        value >= 0 ? value / unit : (value - unit + 1) / unit
    }

    fileprivate static func failure(_ reason: String) -> LeewayError {
        LeewayError(
            .invalidSetting, "The schedule can't be read: \(reason).",
            hint: "Write 'minute hour day month weekday', such as '0 3 * * 1' for Mondays at three, or @daily.")
    }

    /// The numbers of one field.
    private struct Field: Sendable, Equatable {
        private let values: Set<Int>
        /// Whether it restricts nothing.
        let isOpen: Bool

        init(
            _ text: String, _ name: String, _ range: ClosedRange<Int>, names: [String] = [], firstName: Int = 0
        ) throws(LeewayError) {
            var values: Set<Int> = []
            func number(_ word: Substring) -> Int? {
                if let place = names.firstIndex(of: word.lowercased()) { return firstName + place }
                guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
                return Int(word).flatMap { range.contains($0) ? $0 : nil }
            }
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
                let step = pieces.count == 2 ? Int(pieces[1]) : 1
                let ends = pieces[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
                let first = pieces[0] == "*" ? range.lowerBound : number(ends[0])
                // A number with a step goes on to the end of the field.
                let isOne = ends.count == 1 && pieces.count == 1
                let last =
                    pieces[0] == "*" || ends.count == 1 && !isOne ? range.upperBound : number(ends[ends.count - 1])
                guard let step, step > 0, let first, let last, first <= last else {
                    throw CronSchedule.failure("the field of the \(name) is not understood")
                }
                values.formUnion(stride(from: first, through: last, by: step))
            }
            self.values = values
            isOpen = text.hasPrefix("*")
        }

        func contains(_ value: Int) -> Bool { values.contains(value) }
    }
}
