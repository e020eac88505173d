using System.Text.RegularExpressions;

namespace AemloBridge.Protocol.Tests.Contracts;

/// <summary>buf's rules that can only be seen in the text of a file.</summary>
public sealed partial class FileRulesTests
{
    public static TheoryData<string> Files { get; } = [.. ContractFiles.Names];

    [Fact]
    public void Files_OfThePublicContracts_AreAllCompiledIn() =>
        Assert.Equal(ContractFiles.Names.Where(name => name.StartsWith("aemlo/v1/", StringComparison.Ordinal)), ContractFiles.Descriptors.Select(file => file.Name).Order(StringComparer.Ordinal));

    /// <summary>PACKAGE_DIRECTORY_MATCH, PACKAGE_VERSION_SUFFIX, FILE_LOWER_SNAKE_CASE, SYNTAX_SPECIFIED.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfEveryContract_LiesInTheFolderOfItsPackage(string name)
    {
        string package = Assert.Single(ContractFiles.Lines(name), line => line.StartsWith("package ", StringComparison.Ordinal))["package ".Length..^1];
        Assert.Equal(package.Replace('.', '/'), name[..name.LastIndexOf('/')]);
        Assert.Matches(@"^[a-z0-9_.]+\.v\d+$", package);
        Assert.Matches(Names.LowerSnake, Path.GetFileNameWithoutExtension(name));
        Assert.Contains("syntax = \"proto3\";", ContractFiles.Lines(name));
    }

    /// <summary>PACKAGE_SAME_CSHARP_NAMESPACE, PACKAGE_SAME_JAVA_PACKAGE, PACKAGE_SAME_JAVA_MULTIPLE_FILES.</summary>
    [Fact]
    public void Options_OfOnePackage_AreTheSameInEveryFile()
    {
        foreach (IGrouping<string, string> package in ContractFiles.Names.GroupBy(name => name[..name.LastIndexOf('/')]))
            Assert.Single(package.Select(name => string.Join('\n', ContractFiles.Lines(name).Where(line => line.StartsWith("option ", StringComparison.Ordinal)))).Distinct());
    }

    /// <summary>IMPORT_UNUSED, IMPORT_NO_PUBLIC, IMPORT_NO_WEAK.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Imports_OfEveryContract_AreUsed(string name)
    {
        string text = string.Join('\n', ContractFiles.Lines(name).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        foreach (string line in ContractFiles.Lines(name).Where(line => line.StartsWith("import", StringComparison.Ordinal)))
        {
            string imported = Assert.Single(Import().Matches(line)).Groups[1].Value;
            string[] types = imported.StartsWith("google/", StringComparison.Ordinal)
                ? [imported == "google/protobuf/timestamp.proto" ? "google.protobuf.Timestamp" : "google.protobuf.Duration"]
                : [.. ContractFiles.Lines(imported).Select(declared => Declaration().Match(declared)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
            Assert.Contains(types, type => Regex.IsMatch(text, $@"\b{Regex.Escape(type)}\b"));
        }
    }

    /// <summary>COMMENTS: every message, field, oneof, enum, value, service and call says what it is.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Declarations_OfEveryContract_HaveAComment(string name)
    {
        string[] lines = ContractFiles.Lines(name);
        int first = Array.FindLastIndex(lines, line => Regex.IsMatch(line, "^(syntax|package|import|option) ")) + 1;
        int declarations = 0;
        for (int at = first; at < lines.Length; at++)
        {
            string line = lines[at].Trim();
            if (line.Length == 0 || line == "}" || line.StartsWith("//", StringComparison.Ordinal))
                continue;
            declarations++;
            Assert.True(lines[at - 1].TrimStart().StartsWith("// ", StringComparison.Ordinal), $"{name}:{at + 1}: '{line}' needs a comment above it");
        }

        Assert.NotEqual(0, declarations);
    }

    [GeneratedRegex("^import \"([a-z0-9_/]+\\.proto)\";$")]
    private static partial Regex Import();

    [GeneratedRegex(@"^(?:message|enum) (\w+)")]
    private static partial Regex Declaration();
}
