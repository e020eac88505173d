namespace AemloBridge.Cli.Errors;

/// <summary>The exit codes of <c>aemlo</c>; a contract with scripts, listed in <c>aemlo --help</c> and docs/cli.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Internal = 1;
    public const int Usage = 2;
    public const int Input = 3;
    public const int Training = 4;
    public const int Device = 5;
    public const int Output = 6;
    public const int Server = 7;
    public const int Listen = 8;
    public const int Incomplete = 9;

    /// <summary>The terminal was closed: 128 + SIGHUP.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-C: 128 + SIGINT.</summary>
    public const int Cancelled = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>Code and meaning, as help shows them.</summary>
    public static IReadOnlyList<KeyValuePair<int, string>> Meanings { get; } =
    [
        new(Ok, "done"),
        new(Internal, "internal error in aemlo"),
        new(Usage, "wrong command line: unknown command or option, value out of range"),
        new(Input, "the data set, label file, model file or plan cannot be used"),
        new(Training, "the training failed: a term of the loss left the range of numbers"),
        new(Device, "the device or libtorch cannot be used, or memory ran out"),
        new(Output, "the output cannot be written, or exists (--force overwrites)"),
        new(Server, "the server cannot be reached, refused the request, or lost the job"),
        new(Listen, "the server cannot listen on its address"),
        new(Incomplete, "some entries of the batch failed; the others are done"),
        new(HungUp, "the terminal was closed (SIGHUP); no file was left half-written"),
        new(Cancelled, "cancelled with Ctrl-C; no file was left half-written"),
        new(Terminated, "ended by SIGTERM; no file was left half-written"),
    ];
}
