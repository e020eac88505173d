namespace AemloBridge.Tests.TestSupport;

/// <summary>The public data sets, which lie outside the project in the folder that AEMLO_DATASETS names.</summary>
public static class RealData
{
    private const string Variable = "AEMLO_DATASETS";

    /// <summary>
    /// The path of a data file. Without the folder the test is skipped, but on a build server (CI=true) it fails: there
    /// the data must be present.
    /// </summary>
    public static string Path(string fileName)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            string reason = $"{Variable} is not set: name the folder that holds {fileName} in it";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(reason);
            Assert.Skip(reason);
        }

        string path = System.IO.Path.Combine(folder, fileName);
        Assert.True(File.Exists(path), $"{Variable} names {folder}, which has no file {fileName}");
        return path;
    }
}
