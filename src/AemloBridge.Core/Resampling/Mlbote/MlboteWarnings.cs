namespace AemloBridge.Resampling.Mlbote;

/// <summary>What a run says about its stages.</summary>
internal static class MlboteWarnings
{
    /// <summary>The sentences.</summary>
    /// <param name="stages">What they were asked for and made.</param>
    /// <param name="cleared">How many labels were cleared as noise.</param>
    public static IReadOnlyList<string> Of(StageCount[] stages, int cleared)
    {
        if (stages.Any(stage => stage.Asked > 0))
        {
            string why = stages.Any(stage => stage.Made < stage.Asked) ? "; the others' seeds have a label set that no other row has" : "";
            return [$"rows made: {string.Join(", ", stages.Select(stage => stage.ToString()))}{why}"];
        }

        string nothing = cleared == 0 ? "nothing was done" : FormattableString.Invariant($"no row was made, only {cleared} noisy labels were cleared");
        return [$"{nothing}: no label is rare enough, and no border uneven enough, to ask for a row; lower imbalance-threshold or cross-threshold, or raise self-ratio"];
    }
}
