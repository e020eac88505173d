using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling.Options;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Services.Datasets;
using AemloBridge.Server.Services.Models;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>What a generation with a stored model may ask for.</summary>
internal sealed class ModelOptions(IDatasetStore datasets, IModelStore models)
{
    /// <summary>Options that change a training, and that every run sets for itself all the same.</summary>
    private static readonly string[] PerRun = ["seed", "threads", "device"];

    /// <summary>The model's own options, but for what belongs to this run and what the request asks for.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT: the model was trained with another value.</exception>
    /// <exception cref="ContractException">There is no such option, or a value is not allowed.</exception>
    public AemloOptions Resolve(ModelRecord model, MethodSpec asked)
    {
        AemloOptions trained = MethodContract.FromValues(model.Options);
        AemloOptions wanted = MethodContract.ResolveTraining(asked);
        if (asked.Preset.Length > 0 && asked.Preset != trained.Preset)
            throw RequestException.Invalid("method.preset", $"the model was trained with '{trained.Preset}', and a generation starts from the model's options; leave it empty");
        AemloOptions options = trained with { Num = null, Seed = null, Threads = 0, Device = DeviceKind.Auto };
        foreach (string name in asked.Options.Keys.Order(StringComparer.Ordinal))
        {
            MethodOption<AemloOptions> option = AemloOptionCatalog.Get(name);
            string value = option.Format(wanted)!;
            if (option.AffectsTraining && !PerRun.Contains(name) && value != option.Format(trained))
                throw RequestException.Invalid($"method.options[{name}]", $"'{value}', but the model was trained with '{option.Format(trained)}'; leave it unset, or train another model");
            options = option.Apply(options, value);
        }

        return options;
    }

    /// <summary>Requires that the data set has the columns that the model was trained on.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT; the first difference is named.</exception>
    public void RequireSameColumns(ModelRecord model, DatasetRecord dataset)
    {
        Data.DatasetSchema expected = StoredModels.Describe(models, model).Schema;
        Data.DatasetSchema found = StoredDatasets.ReadSchema(datasets, dataset);
        try
        {
            SchemaMatch.Require(expected, found);
        }
        catch (AemloInputException exception)
        {
            throw RequestException.Invalid("dataset_digest", exception.Message);
        }
    }
}
