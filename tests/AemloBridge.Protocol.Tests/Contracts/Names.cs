using System.Text.RegularExpressions;

namespace AemloBridge.Protocol.Tests.Contracts;

/// <summary>The spellings that buf's rules ask for.</summary>
internal static partial class Names
{
    public const string Pascal = "^[A-Z][A-Za-z0-9]*$";

    public const string LowerSnake = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$";

    public static string UpperSnake(string pascal) => WordStart().Replace(pascal, "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
