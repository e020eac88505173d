using AemloBridge.Protocol;
using AemloBridge.Server.Errors;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Server.Services;

/// <summary>Checks of fields that several requests have.</summary>
internal static class RequestFields
{
    private const int NameLength = 200;
    private const int RequestIdLength = 128;
    private const int IdLength = 128;
    private const int ShownLength = 64;

    /// <summary>A digest of a data set.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    public static string Digest(string field, string value) => value.Length == 0
        ? throw RequestException.Invalid(field, "missing; it takes the digest of a stored data set")
        : DatasetDigest.IsDigest(value) ? value : throw RequestException.Invalid(field, "no digest; expected 64 lower-case hexadecimal digits");

    /// <summary>An id that the server gave. One that it cannot have given is treated as one that nobody has.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT, NOT_FOUND.</exception>
    public static string Id(string field, string what, string value)
    {
        if (value.Length == 0)
            throw RequestException.Invalid(field, $"missing; it takes the id of a {what}");
        if (value.Length > IdLength || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw NotFound(what, value);
        return value;
    }

    /// <summary>NOT_FOUND in the same words whatever the reason, with what was asked for cut short.</summary>
    public static RequestException NotFound(string what, string id) =>
        RequestException.NotFound(what, id.Length <= ShownLength ? id : id[..ShownLength] + "…");

    /// <summary>A name for lists.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    public static string Name(string field, string value) => Text(field, value, NameLength);

    /// <summary>A client's name for its request.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    public static string RequestId(string field, string value) => Text(field, value, RequestIdLength);

    /// <summary>The longest time that a job may run; null when unset.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    public static TimeSpan? TimeLimit(string field, Duration? value, TimeSpan longest)
    {
        if (value is null)
            return null;
        // The bounds of google.protobuf.Duration; beyond them it cannot be converted.
        if (Math.Abs((decimal)value.Seconds) > Duration.MaxSeconds || Math.Abs((long)value.Nanos) >= Duration.NanosecondsPerSecond || (long)Math.Sign(value.Seconds) * value.Nanos < 0)
            throw RequestException.Invalid(field, "no valid google.protobuf.Duration");
        TimeSpan limit = value.ToTimeSpan();
        if (limit <= TimeSpan.Zero)
            throw RequestException.Invalid(field, "not above 0; leave it unset for the server's own limit");
        if (longest > TimeSpan.Zero && limit > longest)
            throw RequestException.Invalid(field, $"longer than this server lets a job run: at most {longest:c}");
        return limit;
    }

    private static string Text(string field, string value, int longest)
    {
        if (value.Length > longest)
            throw RequestException.Invalid(field, $"{value.Length} characters; at most {longest} are allowed");
        if (value.Any(char.IsControl))
            throw RequestException.Invalid(field, "has control characters; only printable ones are allowed");
        return value;
    }
}
