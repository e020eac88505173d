namespace AemloBridge.Server.Tests.Services.Fuzz;

/// <summary>Damage to bytes, whatever they mean.</summary>
internal static class ByteMutations
{
    /// <summary>The bytes with something done to them.</summary>
    public static byte[] Of(byte[] bytes, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                return Random(random, random.Next(200));
            case 1:
                return bytes[..random.Next(bytes.Length + 1)];
            case 2:
                return [.. bytes, .. Random(random, random.Next(1, 50))];
            case 3:
                return [.. bytes, .. bytes];
            case 4:
                // The beginning of a group, over and over: what is nested without end.
                return [.. bytes, .. Enumerable.Repeat((byte)0x7b, random.Next(1, 20_000))];
            case 5:
                // A length or number as large as can be written.
                int at = random.Next(bytes.Length + 1);
                return [.. bytes[..at], 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, .. bytes[at..]];
            default:
                byte[] changed = [.. bytes];
                for (int change = random.Next(1, 6); change > 0 && changed.Length > 0; change--)
                    changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
        }
    }

    /// <summary>Bytes that mean nothing.</summary>
    public static byte[] Random(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
