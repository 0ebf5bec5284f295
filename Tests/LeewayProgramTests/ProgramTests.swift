import Testing

/// Everything that runs the built program: one test at a time, since some count seconds and the machine's cores are few.
@Suite(.serialized) enum ProgramTests {}

extension Tag {
    /// Takes seconds rather than parts of one.
    @Tag static var slow: Self
}
