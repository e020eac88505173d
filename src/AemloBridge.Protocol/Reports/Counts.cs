namespace AemloBridge.Protocol;

/// <summary>Numbers of a message that have to fit a smaller type.</summary>
internal static class Counts
{
    /// <exception cref="ContractException">The number is larger than an int.</exception>
    public static int ToInt(ulong number, string field) =>
        number <= int.MaxValue ? (int)number : throw new ContractException(field, FormattableString.Invariant($"{number} is more than {int.MaxValue}"));
}
