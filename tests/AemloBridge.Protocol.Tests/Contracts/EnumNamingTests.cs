using System.Text.RegularExpressions;
using AemloBridge.Protocol.V1;
using Google.Protobuf.Reflection;

namespace AemloBridge.Protocol.Tests.Contracts;

public sealed partial class EnumNamingTests
{
    public static TheoryData<string> Files { get; } = [.. All().Select(file => file.Name)];

    /// <summary>buf's ENUM_VALUE_PREFIX and ENUM_ZERO_VALUE_SUFFIX.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void EnumValues_OfEveryContract_HaveThePrefixAndTheZeroOfTheRules(string name)
    {
        foreach (EnumDescriptor type in All().Single(file => file.Name == name).EnumTypes)
        {
            string prefix = WordStart().Replace(type.Name, "_").ToUpperInvariant() + "_";
            Assert.All(type.Values, value => Assert.StartsWith(prefix, value.Name, StringComparison.Ordinal));
            Assert.Equal(prefix + "UNSPECIFIED", type.FindValueByNumber(0)?.Name);
        }
    }

    private static IEnumerable<FileDescriptor> All()
    {
        FileDescriptor[] roots = [DatasetServiceReflection.Descriptor, JobServiceReflection.Descriptor, ModelServiceReflection.Descriptor, ServerServiceReflection.Descriptor];
        return roots.SelectMany(WithDependencies).DistinctBy(file => file.Name).Where(file => file.Package == "aemlo.v1");
    }

    private static IEnumerable<FileDescriptor> WithDependencies(FileDescriptor file) => [file, .. file.Dependencies.SelectMany(WithDependencies)];

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
