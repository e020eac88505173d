namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>Asserts that something is refused, with the field and the reason named.</summary>
internal static class Refused
{
    public static void At(string field, string reason, Action action)
    {
        ContractException error = Assert.Throws<ContractException>(action);
        Assert.Equal(field, error.Field);
        Assert.Contains(reason, error.Description, StringComparison.Ordinal);
        Assert.Equal($"{error.Field}: {error.Description}", error.Message);
    }
}
