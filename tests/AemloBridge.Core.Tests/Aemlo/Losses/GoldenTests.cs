using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

/// <summary>Terms, gradients and Adam steps against golden values of independent implementations, in float64.</summary>
[Collection(TorchCollection.Name)]
public class GoldenTests
{
    private const double Relative = 1e-9;
    private const double Absolute = 1e-12;

    private static readonly Dictionary<string, string> PublishedNames = new()
    {
        ["fex1"] = "Fx.fc1",
        ["fex2"] = "Fx.fc2",
        ["fex3"] = "Fx.fc3",
        ["fey1"] = "Fy.fc1",
        ["fey.gate"] = "Fy.attention1.attention_weights",
        ["fey2"] = "Fy.fc2",
        ["fdx1"] = "Fd_x.fc1",
        ["fdx2"] = "Fd_x.fc2",
        ["fdy1"] = "Fd_y.fc1",
        ["fdy2"] = "Fd_y.fc2",
    };

    [Fact]
    public void Step_PaperBatch_MatchesGoldenTermsGradientsAndUpdates()
    {
        var golden = new GoldenBatch("paper.json");
        var shape = new NetworkShape(NetworkKind.Paper, golden.Int("d"), golden.Int("q"), 3, 1, 4, 2, 0.01);
        AemloOptions options = AemloPresets.Paper with { Alpha = 0.5, Beta = 2 };
        Check(golden, shape, options, name => name, Compare);

        static void Compare(LossTerms terms, Func<string, double> expected)
        {
            Near(expected("correlation"), terms.Correlation, "correlation");
            Near(expected("orthonormal_x"), terms.OrthonormalityX, "orthonormal_x");
            Near(expected("orthonormal_y"), terms.OrthonormalityY, "orthonormal_y");
            Near(expected("m"), terms.Reconstruction, "m");
            Near(expected("s"), terms.Structure, "s");
            Near(expected("gamma"), terms.Ranking, "gamma");
            Near(expected("total"), terms.Total, "total");
        }
    }

    [Fact]
    public void Step_PublishedBatch_MatchesGoldenTermsGradientsAndUpdates()
    {
        var golden = new GoldenBatch("published.json");
        int rows = golden.Int("n");
        var shape = new NetworkShape(NetworkKind.Published, golden.Int("d"), golden.Int("q"), 3, 3, 4, 3, 0.01);
        Check(golden, shape, AemloPresets.Published, GoldenName, Compare);

        // This file gives each term divided by the batch's rows.
        void Compare(LossTerms terms, Func<string, double> expected)
        {
            Near(expected("latent"), (terms.Correlation + 0.1 * (terms.OrthonormalityX + terms.OrthonormalityY)) / rows, "latent");
            Near(expected("reconstruction"), (terms.Reconstruction + terms.Structure) / rows, "reconstruction");
            Near(expected("ranking"), terms.Ranking / rows, "ranking");
            Near(expected("total"), terms.Total, "total");
        }

        static string GoldenName(string name)
        {
            int dot = name.LastIndexOf('.');
            return PublishedNames[name[..dot]] + name[dot..];
        }
    }

    private static void Check(
        GoldenBatch golden,
        NetworkShape shape,
        AemloOptions options,
        Func<string, string> goldenName,
        Action<LossTerms, Func<string, double>> compare)
    {
        using var scope = NewDisposeScope();
        using AemloNetwork network = golden.Network(shape, goldenName);
        var objective = new AemloObjective(network, LossWeights.Of(options));
        using var adam = new FlatAdam(network.Parameters.Values, network.Parameters.Gradients, golden.LearningRate);
        for (int step = 0; step < 3; step++)
        {
            int at = step;
            LossTerms terms = LossTermsReader.Read(objective.Step(golden.X, golden.Y));
            compare(terms, name => golden.TermAtStep(at, name));
            if (step == 0)
            {
                foreach (ParameterSpec spec in network.Parameters.Specs)
                    GoldenBatch.AssertClose(golden.Values("gradients", goldenName(spec.Name)), Doubles(network.Parameters.Gradient(spec.Name)), Relative, Absolute, spec.Name);
            }

            adam.Step(threads: 1);
        }

        foreach (ParameterSpec spec in network.Parameters.Specs)
            GoldenBatch.AssertClose(golden.Values("parameters_after_3_steps", goldenName(spec.Name)), Doubles(network.Parameters.Value(spec.Name)), 1e-8, 1e-8, spec.Name);
    }

    private static void Near(double expected, double actual, string what) =>
        GoldenBatch.AssertClose(expected, actual, Relative, Absolute, what);

    private static double[] Doubles(Tensor values) => values.clone().data<double>().ToArray();
}
