using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Data;
using CsCheck;

namespace AemloBridge.Cli.Tests.Batch.Plans;

public class PlanReaderTests
{
    [Fact]
    public void Read_WholePlan_KnowsEveryPart()
    {
        using var folder = new BatchFolder(folds: 3);
        folder.WritePlan("""
            # folds of one data set
            data:
              - path: f{fold}.arff
                folds: [1..2, 3]
                name: small-{fold}
                labels: [A, B, C]
                positive: "1"
                missing-labels: zero
              - f*.arff
            sets:
              standard:
              paper:
                preset: paper
                epochs: 7
                round: true
            rates: [0.1, 0.50]
            seeds: 1..3
            training-seed: 9
            output: out/{data}/{set}-{rate}-{seed}.arff
            """);

        BatchPlan plan = PlanReader.Read(folder.Plan);

        Assert.Equal(["small-1", "small-2", "small-3", "f1", "f2", "f3"], plan.Data.Select(data => data.Name));
        Assert.Equal(["1", "2", "3", null, null, null], plan.Data.Select(data => data.Fold));
        Assert.Equal(folder.File("f2.arff"), plan.Data[1].Path);
        Assert.Equal(["A", "B", "C"], plan.Data[0].Labels.LabelNames);
        Assert.Equal(("1", true), (plan.Data[0].Reading.PositiveValue, plan.Data[0].Reading.MissingLabelsAsZero));
        Assert.Equal(LabelSelectionKind.Automatic, plan.Data[3].Labels.Kind);
        Assert.Equal(AemloPresets.Default, plan.Sets[0].Options);
        Assert.Equal(AemloPresets.Paper with { Epochs = 7, Round = true }, plan.Sets[1].Options);
        Assert.Equal([new Amount("rate", "0.1"), new Amount("rate", "0.5")], plan.Amounts);
        Assert.Equal([1L, 2, 3], plan.Seeds);
        Assert.Equal(9, plan.TrainingSeed);
    }

    [Fact]
    public void Read_SmallestPlan_TakesDefaults()
    {
        using var folder = new BatchFolder();
        folder.WritePlan("data: f1.arff\noutput: out.arff\n");

        BatchPlan plan = PlanReader.Read(folder.Plan);

        Assert.Equal("f1", Assert.Single(plan.Data).Name);
        Assert.Equal("default", Assert.Single(plan.Sets).Name);
        Assert.Equal([1L], plan.Seeds);
        Assert.Empty(plan.Amounts);
        Assert.Null(plan.TrainingSeed);
    }

    [Theory]
    [InlineData("data: f1.arff\noutptu: o\n", "plan.yaml:2:1: outptu: there is no such key (did you mean 'output'?)")]
    [InlineData("data: f1.arff\n", "plan.yaml:1:1: the plan has no 'output'")]
    [InlineData("output: o.arff\n", "the plan has no 'data'")]
    [InlineData("", "the plan is empty")]
    [InlineData("- a\n", "plan.yaml:1:1: expected keys with values: data, sets")]
    [InlineData("data: [f1.arff\noutput: o", "this is no YAML")]
    [InlineData("data: f1.arff\ndata: f2.arff\noutput: o", "plan.yaml:2:1: this is no YAML: Duplicate key")]
    [InlineData("data: []\noutput: o", "plan.yaml:1:7: data: the list is empty")]
    [InlineData("data: gone.arff\noutput: o", "data: there is no file")]
    [InlineData("data: g*.arff\noutput: o", "data: no file matches")]
    [InlineData("data:\n  - f1.arff\n  - {path: f2.arff, label: x}\noutput: o", "plan.yaml:3:21: data[2].label: there is no such key (did you mean 'labels'?)")]
    [InlineData("data: {path: 'f{fold}.arff'}\noutput: o", "'{fold}' stands for nothing")]
    [InlineData("data: {path: f1.arff, folds: 1..2}\noutput: o", "the path has no '{fold}'")]
    [InlineData("data: {path: 'f{fold}.arff', folds: 1..3}\noutput: o", "there is no file")]
    [InlineData("data: {path: f1.arff, labels: gone.xml}\noutput: o", "plan.yaml:1:31: data.labels: ")]
    [InlineData("data: {path: f1.arff, labels: [A, A]}\noutput: o", "data.labels: the label 'A' is named twice")]
    [InlineData("data: {path: f1.arff, name: a/b}\noutput: o", "'a/b' cannot be a part of a file name")]
    [InlineData("data: {path: f1.arff, missing-labels: drop}\noutput: o", "allowed: refuse | zero")]
    [InlineData("data: f1.arff\nsets: {a: {epochs: 0}}\noutput: o", "plan.yaml:2:20: sets.a.epochs: 0 is out of range; allowed: [1, 1000000]")]
    [InlineData("data: f1.arff\nsets: {a: {epoch: 3}}\noutput: o", "sets.a.epoch: there is no such key (did you mean 'epochs'?)")]
    [InlineData("data: f1.arff\nsets: {a: {preset: papr}}\noutput: o", "sets.a.preset: 'papr' is not a preset (did you mean 'paper'?)")]
    [InlineData("data: f1.arff\nsets: {a: {seed: 3}}\noutput: o", "sets.a.seed: seeds stand in 'seeds'")]
    [InlineData("data: f1.arff\nsets: {a: {rate: 3}}\nrates: 0.2\noutput: o", "sets.a.rate: 'rates' or 'nums' of the plan")]
    [InlineData("data: f1.arff\nsets: {a/b: {}}\noutput: o", "cannot be a part of a file name")]
    [InlineData("data: f1.arff\nrates: [0.1, 0.10]\noutput: o", "plan.yaml:2:14: rates[2]: 0.1 stands there twice")]
    [InlineData("data: f1.arff\nrates: -1\noutput: o", "rates: -1 is out of range")]
    [InlineData("data: f1.arff\nrates: 1\nnums: 5\noutput: o", "plan.yaml:3:7: nums: either rates or nums")]
    [InlineData("data: f1.arff\nseeds: [1, 1..3]\noutput: o", "seeds[2]: 1 stands there twice")]
    [InlineData("data: f1.arff\nseeds: 3..1\noutput: o", "'3..1' holds no number")]
    [InlineData("data: f1.arff\nseeds: x\noutput: o", "seeds: 'x' is not a whole number")]
    [InlineData("data: f1.arff\nseeds: 1..999999999\noutput: o", "more than 100000 numbers")]
    [InlineData("data: f1.arff\ntraining-seed: 1..2\noutput: o", "training-seed: expected one number")]
    [InlineData("data: f1.arff\noutput: 'o{dat}.arff'", "plan.yaml:2:9: output: '{dat}' stands for nothing here; known are {data}")]
    [InlineData("data: f1.arff\noutput: 'o{data.arff'", "a '{' has no '}' after it")]
    [InlineData("data: f1.arff\noutput:\n", "output: expected a single value")]
    [InlineData("data: f1.arff\nsets:\n : a: {preset: paper}\noutput: o", "this is no YAML: a ':' or '-' stands where no key or value is")]
    public void Read_WrongPlan_NamesFileLineAndKey(string text, string expected)
    {
        using var folder = new BatchFolder();
        folder.WritePlan(text);

        string message = Assert.Throws<AemloInputException>(() => PlanReader.Read(folder.Plan)).Message;

        Assert.Contains(expected, message);
        Assert.StartsWith(folder.Plan, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedPlan_IsReadOrRefusedWithItsPlace()
    {
        const string Whole = "data:\n  - {path: 'f{fold}.arff', folds: 1..2, name: '{file}'}\nsets:\n  a: {preset: paper, epochs: 3}\nrates: [0.1, 0.2]\nseeds: 1..3\noutput: 'o{data}{set}{rate}{seed}'\n";
        using var folder = new BatchFolder();
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Char["{}[]:,-'\"#&*!|>%@` \n\t0a.\0\u00e9"], Gen.Int[0, 2]).Array[1, 4].Sample(
            changes =>
            {
                string text = Whole;
                foreach ((int at, char letter, int kind) in changes)
                {
                    int place = Math.Min(at, text.Length - 1);
                    text = kind switch
                    {
                        0 => text[..place] + letter + text[place..],
                        1 => text[..place] + letter + text[(place + 1)..],
                        _ => text.Remove(place, 1),
                    };
                }

                folder.WritePlan(text);
                try
                {
                    PlanReader.Read(folder.Plan);
                }
                catch (AemloInputException exception)
                {
                    Assert.StartsWith(folder.Plan, exception.Message, StringComparison.Ordinal);
                }
            },
            iter: 3000,
            threads: 1);
    }

    [Fact]
    public void Read_NoFile_SaysSo()
    {
        using var folder = new BatchFolder();

        Assert.Contains("the plan cannot be read", Assert.Throws<AemloInputException>(() => PlanReader.Read(folder.Plan)).Message);
    }
}
