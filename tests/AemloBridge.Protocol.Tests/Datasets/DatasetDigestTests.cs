using AemloBridge.Protocol.Tests.TestSupport;

namespace AemloBridge.Protocol.Tests.Datasets;

public sealed class DatasetDigestTests
{
    /// <summary>Digests that Python's struct and hashlib give for the same content; they name stored data sets and never change.</summary>
    [Theory]
    [InlineData(false, false, "053ac76be50da05849b60c14e30061b5f8d32ccd39661ae4d14d8bc57338518a")]
    [InlineData(true, true, "f09e58ace8ec296cf3ed7b810a83aaa6f37290291581abe4b0dbaa07952d4a8b")]
    public void Of_KnownDataset_IsTheKnownDigest(bool sparse, bool weights, string digest)
    {
        Assert.Equal(digest, DatasetDigest.Of(Valid.Dataset(sparse, weights)));
        Assert.True(DatasetDigest.IsDigest(digest));
        Assert.False(DatasetDigest.IsDigest(digest.ToUpperInvariant()));
    }
}
