using Google.Protobuf.Reflection;

namespace AemloBridge.Protocol.Tests.Contracts;

public sealed class MessageNamingTests
{
    public static TheoryData<string> Messages { get; } = [.. All().Select(message => message.FullName)];

    /// <summary>buf's MESSAGE_PASCAL_CASE, FIELD_LOWER_SNAKE_CASE and ONEOF_LOWER_SNAKE_CASE.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_OfEveryContract_IsSpelledAsTheRulesSay(string name)
    {
        MessageDescriptor message = All().Single(message => message.FullName == name);
        Assert.Matches(Names.Pascal, message.Name);
        Assert.All(message.Fields.InDeclarationOrder(), field => Assert.Matches(Names.LowerSnake, field.Name));
        Assert.All(message.Oneofs.Where(oneof => !oneof.IsSynthetic), oneof => Assert.Matches(Names.LowerSnake, oneof.Name));
    }

    /// <summary>Without gaps, but for reserved numbers, there is no question what a missing one was.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    public void FieldNumbers_OfEveryMessage_CountFromOne(string name)
    {
        MessageDescriptor message = All().Single(message => message.FullName == name);
        int[] used = [.. message.Fields.InDeclarationOrder().Select(field => field.FieldNumber)];
        int[] reserved = [.. message.ToProto().ReservedRange.SelectMany(range => Enumerable.Range(range.Start, range.End - range.Start))];
        Assert.Equal(Enumerable.Range(1, used.Length + reserved.Length), used.Concat(reserved).Order());
    }

    private static IEnumerable<MessageDescriptor> All() => ContractFiles.Descriptors.SelectMany(file => file.MessageTypes);
}
