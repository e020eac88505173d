namespace AemloBridge.Resampling.Options;

/// <summary>One option of the method whose options are <typeparamref name="T"/>, with how to read and set it.</summary>
/// <typeparam name="T">The options of the method; a new one has the values of the preset <c>default</c>.</typeparam>
public sealed class MethodOption<T> : MethodOption
    where T : ResamplingOptions, new()
{
    private static readonly T Defaults = new();

    private readonly Func<T, object?> _get;
    private readonly Func<T, object?, T> _set;

    internal MethodOption(string name, OptionType type, string description, string unit, string source, Func<T, object?> get, Func<T, object?, T> set)
        : base(name, type, description, unit, source)
    {
        _get = get;
        _set = set;
    }

    /// <inheritdoc/>
    public override string? Default => Format(Defaults);

    /// <inheritdoc cref="MethodOption.Format(ResamplingOptions)"/>
    public string? Format(T options) => Text(_get(options));

    /// <inheritdoc/>
    public override string? Format(ResamplingOptions options) => Format((T)options);

    /// <inheritdoc cref="MethodOption.Apply(ResamplingOptions, string)"/>
    public T Apply(T options, string text) => _set(options, Parse(text));

    /// <inheritdoc/>
    public override ResamplingOptions Apply(ResamplingOptions options, string text) => Apply((T)options, text);

    /// <inheritdoc/>
    public override void Check(ResamplingOptions options) => CheckValue(_get((T)options));
}
