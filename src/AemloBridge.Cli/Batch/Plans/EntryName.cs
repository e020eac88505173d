namespace AemloBridge.Cli.Batch.Plans;

/// <summary>Names that become parts of paths.</summary>
internal static class EntryName
{
    private static readonly char[] Forbidden = ['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0', '\n', '\r', '\t'];

    /// <summary>The name, if it can stand in a path on every system.</summary>
    /// <exception cref="Data.AemloInputException">It cannot.</exception>
    public static string Check(string name, PlanPlace place) =>
        name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(Forbidden) < 0
            ? name
            : throw place.Wrong($"'{name}' cannot be a part of a file name; leave out {string.Join(' ', Forbidden.Where(letter => !char.IsControl(letter)))} and line ends");
}
