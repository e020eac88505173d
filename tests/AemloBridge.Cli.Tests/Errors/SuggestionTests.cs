using AemloBridge.Cli.Errors;
using CsCheck;

namespace AemloBridge.Cli.Tests.Errors;

public class SuggestionTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char['a', 'c'], 0, 6];

    [Fact]
    public void Edits_RandomWords_AgreeWithTheDefinition() =>
        Gen.Select(Words, Words).Sample((from, to) => Assert.Equal(Slow(from, to), Suggestion.Edits(from, to)));

    [Theory]
    [InlineData("--epoch", "--epochs")]
    [InlineData("--labls", "--labels")]
    [InlineData("--colour", null)]
    public void Nearest_Word_IsTheOneMeantOrNone(string word, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(word, ["--epochs", "--labels", "--output"]));

    private static int Slow(string from, string to)
    {
        if (from.Length == 0 || to.Length == 0)
            return from.Length + to.Length;
        int replaced = Slow(from[1..], to[1..]) + (from[0] == to[0] ? 0 : 1);
        return Math.Min(replaced, 1 + Math.Min(Slow(from[1..], to), Slow(from, to[1..])));
    }
}
