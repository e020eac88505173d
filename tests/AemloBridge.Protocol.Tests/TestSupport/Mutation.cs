using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>Damages messages: bytes as they travel, or one field to a value that lies.</summary>
internal sealed class Mutation(int seed)
{
    private static readonly ulong[] Numbers = [0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 255, 1 << 16, int.MaxValue - 1, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private readonly Random _random = new(seed);

    /// <summary>The message's bytes with a few of them changed, put in or taken out.</summary>
    public byte[] Bytes(IMessage message)
    {
        List<byte> bytes = [.. message.ToByteArray()];
        for (int change = _random.Next(3); change >= 0; change--)
        {
            int at = _random.Next(bytes.Count + 1);
            switch (_random.Next(4))
            {
                case 0:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(_random.Next(1, 9), bytes.Count - at));
                    break;
                default:
                    if (at < bytes.Count)
                        bytes[at] = _random.Next(2) == 0 ? (byte)_random.Next(256) : (byte)(bytes[at] ^ 1 << _random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Changes one field somewhere in the message.</summary>
    public void Field(IMessage message)
    {
        FieldDescriptor field = Any([.. message.Descriptor.Fields.InDeclarationOrder()]);
        object? value = field.IsMap ? null : field.Accessor.GetValue(message);
        if (value is IMessage inner && _random.Next(8) != 0)
            Field(inner);
        else if (value is IList list)
            Item(field, list);
        else if (value is null or IMessage)
            SetOrClear(message, field, field.MessageType?.Parser.ParseFrom(ByteString.Empty));
        else
            SetOrClear(message, field, Other(field, value));
    }

    private void Item(FieldDescriptor field, IList list)
    {
        int at = list.Count == 0 ? 0 : _random.Next(list.Count);
        switch (_random.Next(6))
        {
            case 0 when list.Count > 0:
                list.RemoveAt(at);
                break;
            case 1 when list.Count > 0:
                list.Add(list[at] is IMessage message ? message.Descriptor.Parser.ParseFrom(message.ToByteArray()) : list[at]);
                break;
            case 2:
                list.Clear();
                break;
            default:
                if (list.Count > 0 && list[at] is IMessage item)
                    Field(item);
                else if (list.Count > 0)
                    list[at] = Other(field, list[at]!);
                break;
        }
    }

    private void SetOrClear(IMessage message, FieldDescriptor field, object? value)
    {
        if (value is null || _random.Next(6) == 0)
            field.Accessor.Clear(message);
        else
            field.Accessor.SetValue(message, value);
    }

    private object? Other(FieldDescriptor field, object value) => value switch
    {
        ByteString bytes => Other(bytes),
        string text => Any<string>(["", text + text, "numeric", "\0", new string('a', 64), new string('b', 300)]),
        bool flag => !flag,
        uint => (uint)Any(Numbers),
        ulong number => Any([.. Numbers, number + 1, number - 1]),
        int => (int)Any(Numbers),
        long => (long)Any(Numbers),
        _ when field.FieldType == FieldType.Enum => Enum.ToObject(value.GetType(), _random.Next(5)),
        _ => null,
    };

    private ByteString Other(ByteString bytes)
    {
        byte[] copy = bytes.ToByteArray();
        switch (_random.Next(5))
        {
            case 0:
                return ByteString.CopyFrom([.. copy, .. copy]);
            case 1:
                return ByteString.CopyFrom(copy[..(copy.Length / 2)]);
            case 2:
                return ByteString.CopyFrom(new byte[_random.Next(40)]);
            default:
                // A whole number of 4 bytes, or the upper half of a value: what lengths and indices, infinities and NaN are made of.
                if (copy.Length < 8)
                    return ByteString.CopyFrom([.. copy, 0xFF]);
                BitConverter.TryWriteBytes(copy.AsSpan(_random.Next(copy.Length / 4) * 4), Any<uint>([0, 1, 2, 3, 0x7FF00000, 0x7FF80000, 0x40000000, 0x80000000, 0xFFFFFFFF]));
                return ByteString.CopyFrom(copy);
        }
    }

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
