using System.Buffers.Text;
using System.Text;
using AemloBridge.Server.Errors;

namespace AemloBridge.Server.Services;

/// <summary>Pages of lists: how long they are, and the tokens that lead from one to the next.</summary>
/// <param name="kind">The word that keeps the tokens of one list from being used for another.</param>
internal sealed class Paging(string kind)
{
    private const int DefaultSize = 100;
    private const int LargestSize = 1000;
    private const int LongestToken = 512;

    /// <summary>How many items a page has at most.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    public static int Size(uint asked) => asked switch
    {
        0 => DefaultSize,
        <= LargestSize => (int)asked,
        _ => throw RequestException.Invalid("page_size", $"{asked} is out of range; allowed: 0 (for {DefaultSize}) to {LargestSize}"),
    };

    /// <summary>The key of the item that the page comes after; empty for the first page.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    public string After(string token)
    {
        if (token.Length == 0)
            return "";
        string text = token.Length <= LongestToken && Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : "";
        string key = text.StartsWith(kind + ":", StringComparison.Ordinal) ? text[(kind.Length + 1)..] : "";
        if (key.Length == 0 || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw RequestException.Invalid("page_token", "not a next_page_token of this list; leave it empty for the first page");
        return key;
    }

    /// <summary>Cuts what a store gave for a page and one item more.</summary>
    /// <returns>The page, and the token of the next one: empty when it was the last.</returns>
    public (IReadOnlyList<T> Page, string NextToken) Cut<T>(IReadOnlyList<T> items, int size, Func<T, string> key)
    {
        if (items.Count <= size)
            return (items, "");
        T[] page = [.. items.Take(size)];
        return (page, Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{kind}:{key(page[^1])}")));
    }
}
