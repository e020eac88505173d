using AemloBridge.Aemlo.Models;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

public class CheckpointTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    [Fact]
    public void Train_FoundCheckpoint_GoesOnToTheModelOfAnUnbrokenTraining()
    {
        using var folder = new TempFolder();
        string checkpoint = folder.File("state.checkpoint");

        CliResult whole = InProcess.Run(Train(folder.File("whole.safetensors"), 4));
        CliResult part = InProcess.Run([.. Train(folder.File("part.safetensors"), 2), "--checkpoint", checkpoint]);
        CliResult rest = InProcess.Run([.. Train(folder.File("rest.safetensors"), 4), "--checkpoint", checkpoint, "--progress", "lines"]);

        Assert.All([whole, part, rest], result => Assert.True(result.ExitCode == ExitCodes.Ok, result.Error));
        Assert.DoesNotContain("epoch 2/4", rest.Error, StringComparison.Ordinal);
        Assert.Contains("epoch 3/4", rest.Error, StringComparison.Ordinal);
        Assert.Equal(
            ModelFile.Describe(folder.File("whole.safetensors")).Training.Epochs,
            ModelFile.Describe(folder.File("rest.safetensors")).Training.Epochs);
    }

    [Fact]
    public void Train_CheckpointOfOtherOptions_IsRefusedAndKept()
    {
        using var folder = new TempFolder();
        string checkpoint = folder.File("state.checkpoint");
        Assert.Equal(ExitCodes.Ok, InProcess.Run([.. Train(folder.File("first.safetensors"), 2), "--checkpoint", checkpoint]).ExitCode);
        byte[] kept = File.ReadAllBytes(checkpoint);

        CliResult refused = InProcess.Run([.. Train(folder.File("second.safetensors"), 2), "--alpha", "3", "--checkpoint", checkpoint]);

        Assert.Equal(ExitCodes.Input, refused.ExitCode);
        Assert.Contains("--alpha 1, not 3", refused.Error, StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllBytes(checkpoint));
        Assert.False(File.Exists(folder.File("second.safetensors")));
    }

    [Fact]
    public void Train_CheckpointThatCannotBeWritten_EndsWithOutputCodeBeforeAnyEpoch()
    {
        using var folder = new TempFolder();
        string checkpoint = Path.Combine(folder.Path, "missing", "state.checkpoint");

        CliResult refused = InProcess.Run([.. Train(folder.File("model.safetensors"), 2), "--checkpoint", checkpoint, "--progress", "lines"]);

        Assert.Equal(ExitCodes.Output, refused.ExitCode);
        Assert.Equal($"aemlo: error: {checkpoint}: its folder does not exist; create it first", refused.Error.Trim());
        Assert.Empty(folder.Files);
    }

    private string[] Train(string model, int epochs) =>
        ["train", sample.Data, "-o", model, "--seed", "5", "--epochs", $"{epochs}", .. SampleFixture.SmallNetwork[2..]];
}
