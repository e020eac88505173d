using Google.Protobuf.Reflection;

namespace AemloBridge.Protocol.Tests.Contracts;

public sealed class EnumNamingTests
{
    public static TheoryData<string> Enums { get; } = [.. ContractFiles.Descriptors.SelectMany(file => file.EnumTypes).Select(type => type.FullName)];

    /// <summary>buf's ENUM_VALUE_PREFIX, ENUM_ZERO_VALUE_SUFFIX, ENUM_VALUE_UPPER_SNAKE_CASE and ENUM_NO_ALLOW_ALIAS.</summary>
    [Theory]
    [MemberData(nameof(Enums))]
    public void Values_OfEveryEnum_HaveThePrefixAndTheZeroOfTheRules(string name)
    {
        EnumDescriptor type = ContractFiles.Descriptors.SelectMany(file => file.EnumTypes).Single(type => type.FullName == name);
        string prefix = Names.UpperSnake(type.Name) + "_";
        Assert.Matches(Names.Pascal, type.Name);
        Assert.All(type.Values, value => Assert.StartsWith(prefix, value.Name, StringComparison.Ordinal));
        Assert.All(type.Values, value => Assert.Matches("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", value.Name));
        Assert.Equal(prefix + "UNSPECIFIED", type.Values[0].Name);
        Assert.Equal(0, type.Values[0].Number);
        Assert.Distinct(type.Values.Select(value => value.Number));
    }
}
