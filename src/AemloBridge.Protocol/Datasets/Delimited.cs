using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>Reads messages that are each preceded by their length, from files that may be damaged.</summary>
internal sealed class Delimited(Stream stream)
{
    private const int Step = 1 << 16;

    private byte[] _buffer = [];

    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="ContractException">The file ends inside a message, or a length is none.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    public T? Read<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        int length = ReadLength();
        if (length < 0)
            return null;
        // In steps, so that a damaged length takes no more memory than the file has bytes.
        for (int have = 0; have < length;)
        {
            int wanted = Math.Min(length, have + Math.Max(Step, have));
            if (_buffer.Length < wanted)
                Array.Resize(ref _buffer, wanted);
            if (stream.ReadAtLeast(_buffer.AsSpan(have, wanted - have), wanted - have, throwOnEndOfStream: false) < wanted - have)
                throw new ContractException("file", "ends in the middle of a message; it is damaged");
            have = wanted;
        }

        return parser.ParseFrom(_buffer.AsSpan(0, length));
    }

    private int ReadLength()
    {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            int next = stream.ReadByte();
            if (next < 0 && shift == 0)
                return -1;
            if (next < 0)
                break;
            length |= (long)(next & 0x7F) << shift;
            if (next < 0x80 && length <= int.MaxValue)
                return (int)length;
        }

        throw new ContractException("file", "the length of a message cannot be read; it is damaged");
    }
}
