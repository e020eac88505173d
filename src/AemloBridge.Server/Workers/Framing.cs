using Google.Protobuf;

namespace AemloBridge.Server.Workers;

/// <summary>Messages over a pipe, each preceded by its length as a varint.</summary>
internal static class Framing
{
    /// <summary>Nothing that front end and worker say is longer; a longer length means that something else was written.</summary>
    private const int Longest = 16 << 20;

    /// <summary>The bytes of a message.</summary>
    public static byte[] Bytes(IMessage message)
    {
        using var buffer = new MemoryStream();
        message.WriteDelimitedTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">What comes is no message.</exception>
    /// <exception cref="IOException">The stream ends within a message, or fails.</exception>
    public static async Task<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        int length = 0;
        byte[] one = new byte[1];
        for (int shift = 0; ; shift += 7)
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
                return shift == 0 ? null : throw new EndOfStreamException("the stream ends within a length");
            length |= (one[0] & 0x7F) << shift;
            if (length is < 0 or > Longest || shift > 21)
                throw new InvalidDataException(FormattableString.Invariant($"a message longer than {Longest} bytes is announced: this is not the protocol"));
            if (one[0] < 0x80)
                break;
        }

        byte[] bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException("what comes is no message of the protocol", error);
        }
    }
}
