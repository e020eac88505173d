namespace AemloBridge.Resampling.Options;

/// <summary>Makes the options of a method, one call for each kind of value.</summary>
/// <typeparam name="T">The options of the method.</typeparam>
internal static class OptionsOf<T>
    where T : ResamplingOptions, new()
{
    /// <summary>2⁵³ − 1: the largest whole number that every JSON reader gives back as it was.</summary>
    private const double LargestSeed = 9007199254740991;

    /// <summary>A whole number.</summary>
    public static MethodOption<T> Whole(string name, string description, string unit, string source, int minimum, int maximum, Func<T, int> get, Func<T, int, T> set, bool training = false) =>
        new(name, OptionType.Integer, description, unit, source, o => get(o), (o, v) => set(o, checked((int)(long)v!)))
        { Minimum = minimum, Maximum = maximum, AffectsTraining = training };

    /// <summary>A whole number that may be left unset.</summary>
    public static MethodOption<T> Unset<TValue>(string name, string description, string unit, string source, string meaning, double minimum, double maximum, Func<T, TValue?> get, Func<T, long, T> set, bool training = false)
        where TValue : struct =>
        new(name, OptionType.Integer, description, unit, source, o => get(o), (o, v) => set(o, (long)v!))
        { Minimum = minimum, Maximum = maximum, UnsetMeaning = meaning, AffectsTraining = training };

    /// <summary>A real number in [minimum, maximum].</summary>
    public static MethodOption<T> Real(string name, string description, string unit, string source, double minimum, double? maximum, Func<T, double> get, Func<T, double, T> set, bool training = false) =>
        new(name, OptionType.Number, description, unit, source, o => get(o), (o, v) => set(o, (double)v!))
        { Minimum = minimum, Maximum = maximum, AffectsTraining = training };

    /// <summary>A real number in [minimum, maximum] that may be left unset.</summary>
    public static MethodOption<T> UnsetReal(string name, string description, string unit, string source, string meaning, double minimum, double maximum, Func<T, double?> get, Func<T, double, T> set) =>
        new(name, OptionType.Number, description, unit, source, o => get(o), (o, v) => set(o, (double)v!))
        { Minimum = minimum, Maximum = maximum, UnsetMeaning = meaning };

    /// <summary>A real number in (0, maximum].</summary>
    public static MethodOption<T> Positive(string name, string description, string source, double maximum, Func<T, double> get, Func<T, double, T> set, bool training = false) =>
        new(name, OptionType.Number, description, "", source, o => get(o), (o, v) => set(o, (double)v!))
        { Minimum = 0, MinimumExclusive = true, Maximum = maximum, AffectsTraining = training };

    /// <summary>A share in [0, maximum).</summary>
    public static MethodOption<T> Below(string name, string description, string source, double maximum, Func<T, double> get, Func<T, double, T> set, bool training = false) =>
        new(name, OptionType.Number, description, "share", source, o => get(o), (o, v) => set(o, (double)v!))
        { Minimum = 0, Maximum = maximum, MaximumExclusive = true, AffectsTraining = training };

    /// <summary>true or false.</summary>
    public static MethodOption<T> Flag(string name, string description, string source, Func<T, bool> get, Func<T, bool, T> set, bool training = false) =>
        new(name, OptionType.Flag, description, "", source, o => get(o), (o, v) => set(o, (bool)v!))
        { AffectsTraining = training };

    /// <summary>One of the words of an enumeration.</summary>
    public static MethodOption<T> Choice<TValue>(string name, string description, string source, Func<T, TValue> get, Func<T, TValue, T> set, bool training = false)
        where TValue : struct, Enum =>
        new(name, OptionType.Choice, description, "", source, o => get(o), (o, v) => set(o, OptionWords.Parse<TValue>((string)v!)))
        { Choices = OptionWords.All<TValue>(), AffectsTraining = training };

    /// <summary>The seed, which every method has.</summary>
    public static MethodOption<T> Seed(bool training = false) =>
        Unset("seed", "Seed of every random draw", "", "AEMLO Bridge", "one is drawn and reported", 0, LargestSeed, o => o.Seed, (o, v) => o with { Seed = v }, training);

    /// <summary>p: how many rows are added or taken away, as a share of the given ones.</summary>
    public static MethodOption<T> Rate(string description, string source, double maximum, Func<T, double> get, Func<T, double, T> set) =>
        Real("rate", description, "share", source, 0, maximum, get, set);

    /// <summary>The exact number of rows that are added or taken away.</summary>
    public static MethodOption<T> Num(string description, string meaning, Func<T, int?> get, Func<T, int, T> set) =>
        Unset("num", description, "rows", "AEMLO Bridge", meaning, 0, int.MaxValue, get, (o, v) => set(o, checked((int)v)));

    /// <summary>k.</summary>
    public static MethodOption<T> Neighbours(string description, string source, Func<T, int> get, Func<T, int, T> set) =>
        Whole("neighbours", description, "rows", source, 1, 65536, get, set);
}
