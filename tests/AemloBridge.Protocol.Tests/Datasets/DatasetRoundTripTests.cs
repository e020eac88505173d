using AemloBridge.Data;
using AemloBridge.Protocol.Tests.TestSupport;
using CsCheck;

namespace AemloBridge.Protocol.Tests.Datasets;

/// <summary>Whatever is sent arrives equal, and has the digest that dataset.proto defines.</summary>
public sealed class DatasetRoundTripTests
{
    [Fact]
    public void Assembler_AnyDatasetInAnyBlocks_GivesItBackWithItsDigest() =>
        Gen.Select(AnyData.Dataset, Gen.Int[1, 3000]).Sample(
            (data, maxBytes) =>
            {
                (MultiLabelDataset received, string digest) = Transfer.Dataset(data, maxBytes: maxBytes);
                Same.Dataset(data, received);
                Assert.Equal(LiteralDigest.Of(data), digest);
                Assert.Equal(digest, DatasetDigest.Of(data));
                Assert.Equal(digest, DatasetDigest.Of(received));
            },
            iter: 1000,
            threads: 1);
}
