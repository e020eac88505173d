namespace AemloBridge.Client.Jobs;

/// <summary>
/// Ends a call when the caller cancels; but as long as the server has not said which job it made, gives it a moment to,
/// since a job whose id is known can be cancelled.
/// </summary>
internal sealed class CallToken : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;

    public CallToken(CancellationToken cancellation, Func<bool> isJobKnown) => _registration = cancellation.Register(() =>
    {
        if (isJobKnown())
            _source.Cancel();
        else
            _source.CancelAfter(Moment);
    });

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
