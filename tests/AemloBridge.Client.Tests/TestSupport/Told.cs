namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>Keeps everything that is reported, in its order.</summary>
internal sealed class Told<T>(Action<T>? also = null) : IProgress<T>
{
    private readonly List<T> _values = [];

    public IReadOnlyList<T> Values
    {
        get
        {
            lock (_values)
                return [.. _values];
        }
    }

    public void Report(T value)
    {
        lock (_values)
            _values.Add(value);
        also?.Invoke(value);
    }
}
